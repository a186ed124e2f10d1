"""Renders a template with the prepared document, for TypeScript: its generator makes types, and no methods.

usage: render.py PREPARED TEMPLATE >SOURCE
"""

import json
import sys
import textwrap

import jinja2


def camel(name):
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def model(content):
    """The name of the model that a body or an answer is, `string` for a text, and nothing for nothing."""
    for media in content.values():
        return media["schema"].get("$ref", media["schema"].get("type")).rpartition("/")[2]
    return None


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            (answer,) = operation["responses"].values()
            yield {
                "id": operation["operationId"],
                "method": method.upper(),
                "path": path,
                "summary": operation["summary"],
                "description": operation["description"],
                "arguments": [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"],
                "query": [p for p in operation.get("parameters", []) if p["in"] == "query"],
                "idempotent": any(p["in"] == "header" for p in operation.get("parameters", [])),
                "body": model(operation.get("requestBody", {}).get("content", {})),
                "answer": model(answer.get("content", {})),
            }


with open(sys.argv[1], encoding="utf-8") as prepared:
    found = sorted(operations(json.load(prepared)), key=lambda operation: operation["id"])
with open(sys.argv[2], encoding="utf-8") as file:
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {"camel": camel, "wrapped": lambda text: textwrap.wrap(text, 110)}
    print(environment.from_string(file.read()).render(operations=found))
