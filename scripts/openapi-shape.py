"""What programs depend on of an OpenAPI document: all of it but its texts and examples.

Kept as openapi/released.json it says what the last release promised, and is small enough to be read.

usage: openapi-shape.py DOCUMENT >SHAPE
"""

import json
import sys

TEXTS = {"description", "summary", "example", "examples"}
NAMED = {"properties", "schemas", "headers", "responses", "paths", "webhooks", "content"}


def shape(node, named=False):
    """`named` is a node whose members are names of the API's own: one of them may well be `description`."""
    if isinstance(node, dict):
        return {
            key: shape(value, key in NAMED and not named) for key, value in node.items() if named or key not in TEXTS
        }
    return [shape(item) for item in node] if isinstance(node, list) else node


with open(sys.argv[1], encoding="utf-8") as file:
    document = shape(json.load(file))
for answer in [
    answer
    for item in [*document["paths"].values(), *document["webhooks"].values()]
    for operation in item.values()
    for answer in operation["responses"].values()
]:
    answer["description"] = ""  # OpenAPI wants one
json.dump(document, sys.stdout, indent=1, sort_keys=True)
print()
