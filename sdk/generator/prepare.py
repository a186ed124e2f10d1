"""Makes of the OpenAPI document what the generators of the clients read: the same operations and models, said plainly.

What the document can say and some generator would make something ugly of is rewritten here, so that every client has the
same names: one group of operations, query parameters as a model of their own, no aliases of strings, no defaults that a
client would send, one model for all webhooks. Errors are left out: every client has one exception for all problems.

usage: prepare.py DOCUMENT >PREPARED
"""

import json
import re
import sys

# Not for programs: the probes of the service, and Stripe's own door. The live stream is no single answer.
LEFT_OUT = {"get_liveness", "get_readiness", "receive_stripe_event", "stream_events"}
SCHEMA = "#/components/schemas/"
METHODS = {"get", "put", "post", "delete", "patch"}
# As Go spells them.
INITIALISMS = {"id": "ID", "url": "URL"}


def words(name):
    """`next_cursor`, `nextCursor` and `NextCursor` are all next, cursor."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)]


def pascal(name):
    return "".join(word.capitalize() for word in words(name))


def plain(text):
    """A description on one line: generators put it into comments of theirs."""
    return " ".join(text.split())


class Plain:
    """Rewrites schemas; knows all of them by name."""

    def __init__(self, schemas):
        self.schemas = schemas

    def resolve(self, schema):
        return self.schemas[schema["$ref"].removeprefix(SCHEMA)] if "$ref" in schema else schema

    def rewrite(self, schema):
        schema = dict(schema)
        # `null` as an answer is an optional value in every language.
        if "oneOf" in schema and {"type": "null"} in schema["oneOf"]:
            (other,) = [one for one in schema.pop("oneOf") if one != {"type": "null"}]
            return self.rewrite({**other, **schema}) | {"nullable": True}
        if isinstance(schema.get("type"), list):
            (schema["type"],) = [kind for kind in schema["type"] if kind != "null"]
            schema["nullable"] = True
        for dropped in ("default", "examples", "example", "pattern", "propertyNames", "maxProperties", "multipleOf"):
            schema.pop(dropped, None)
        if "description" in schema:
            schema["description"] = plain(schema["description"])
        if "$ref" not in schema and "enum" in schema:
            schema = self.enumeration(schema)
        if "$ref" in schema:
            return self.reference(schema)
        if schema.get("format") in ("decimal", "uri", "uuid"):
            del schema["format"]  # digits, addresses and ids stay as they were written
        if "allOf" in schema:
            schema = self.flatten(schema)
        if schema.get("type") == "object" and "properties" in schema:
            schema["properties"] = {name: self.member(name, value) for name, value in schema["properties"].items()}
        if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
            schema["additionalProperties"] = self.rewrite(schema["additionalProperties"])
        if "items" in schema:
            schema["items"] = self.rewrite(schema["items"])
        return schema

    def member(self, name, schema):
        """A member of a model. Where 0 is no value, Go needs no pointer to tell that there is none."""
        schema = self.rewrite(schema)
        schema = {"allOf": [schema]} if "$ref" in schema else schema
        zero_is_none = schema.get("minimum", 0) >= 1 and not schema.get("nullable")
        return schema | {"x-go-name": self.go_name(name), "x-go-zero-is-none": zero_is_none}

    def reference(self, schema):
        """Models and enums are referred to; anything else has no name of its own in a program."""
        target = self.resolve(schema)
        if "properties" in target or "enum" in target or "allOf" in target:
            reference = {"$ref": schema["$ref"].removesuffix("View")}
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            return {"allOf": [reference], **beside} if beside else reference
        if target.get("format") in ("decimal", "date-time"):
            target = {key: value for key, value in target.items() if key != "description"}  # every other member has it
        return self.rewrite({**target, **{key: value for key, value in schema.items() if key != "$ref"}})

    def enumeration(self, schema):
        """An enum that has a name elsewhere goes by it; one that has none is a text."""
        for name, named in self.schemas.items():
            if named is not schema and named.get("enum") == schema["enum"]:
                return {"$ref": SCHEMA + name}
        values = ", ".join(f"`{value}`" for value in schema["enum"])
        return {"type": "string", "description": f"{schema['description']} One of {values}."}

    def flatten(self, schema):
        """What is made of several models becomes one with all of their members."""
        properties, required = {}, []
        for part in map(self.resolve, schema.pop("allOf")):
            part = self.flatten(dict(part)) if "allOf" in part else part
            properties |= part.get("properties", {})
            required += part.get("required", [])
        return {**schema, "type": "object", "properties": properties, "required": required}

    @staticmethod
    def go_name(name, as_argument=False):
        first, *others = words(name)
        spelled = [INITIALISMS.get(word, word.capitalize()) for word in others]
        return "".join([first if as_argument else INITIALISMS.get(first, first.capitalize()), *spelled])


def named_values(schema):
    """An enum, with the names that its values have in programs."""
    names = [pascal(value) for value in schema["enum"]]
    return {**schema, "description": plain(schema.get("description", "")), "x-enum-varnames": names}


def webhook_event(document):
    """One model for all that is sent to webhook endpoints: what is not common to all kinds is optional."""
    schemas = document["components"]["schemas"]
    names, properties, required, kinds = set(), {}, None, []
    for kind, item in document["webhooks"].items():
        name = item["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].removeprefix(SCHEMA)
        data = schemas[name]["properties"]["data"]
        names.add(name)
        kinds.append(kind)
        properties |= data["properties"]
        required = [member for member in data["required"] if required is None or member in required]
    for name in names:
        del schemas[name]
    schemas["WebhookEvent"] = {
        "type": "object",
        "description": "What is sent to webhook endpoints.",
        "properties": {
            "type": {"type": "string", "description": f"One of {', '.join(sorted(kinds))}; more may come."},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened."},
            "data": {"$ref": SCHEMA + "WebhookEventData"},
        },
        "required": ["type", "timestamp", "data"],
    }
    schemas["WebhookEventData"] = {
        "type": "object",
        "description": "What happened; which members there are depends on the event's type.",
        "properties": properties,
        "required": required,
    }


def nothing_to_say(body, schemas):
    """Whether the body is an object without members: clients send it by themselves."""
    schema = body["content"]["application/json"]["schema"]
    return not schemas[schema["$ref"].removeprefix(SCHEMA)].get("properties")


def query_model(operation, schemas):
    """The query of an operation as a model, for languages without named arguments."""
    query = [parameter for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
    if not query:
        return
    name = pascal(operation["operationId"]) + "Params"
    schemas[name] = {
        "type": "object",
        "description": f"What `{operation['operationId']}` takes.",
        "properties": {p["name"]: {**p["schema"], "description": p["description"]} for p in query},
        "required": [p["name"] for p in query if p["required"]],
    }
    operation["x-query-model"] = name


def used(start, schemas):
    """The names of the schemas that are reached from a part of the document."""
    names, waiting = set(), [start]
    while waiting:
        for name in set(re.findall(f'"{SCHEMA}([A-Za-z]+)"', json.dumps(waiting.pop()))) - names:
            names.add(name)
            waiting.append(schemas[name])
    return names


def main(path):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    schemas = document["components"]["schemas"]
    webhook_event(document)
    del document["webhooks"], document["tags"]
    document["openapi"] = "3.0.3"
    document["info"]["license"].pop("identifier", None)

    for address, item in list(document["paths"].items()):
        for method in METHODS & item.keys():
            operation = item[method]
            if operation["operationId"] in LEFT_OUT:
                del item[method]
                continue
            operation["tags"] = ["operations"]
            operation["description"] = plain(operation.get("description", ""))
            query_model(operation, schemas)
            if "requestBody" in operation and nothing_to_say(operation["requestBody"], schemas):
                del operation["requestBody"]
            operation["responses"] = {
                code: {key: value for key, value in answer.items() if key != "headers"}
                for code, answer in operation["responses"].items()
                if code.startswith("2")
            }
        if not METHODS & item.keys():
            del document["paths"][address]

    rewriter = Plain(schemas)
    document["components"]["schemas"] = {
        name.removesuffix("View"): named_values(schema) if "enum" in schema else rewriter.rewrite(schema)
        for name, schema in schemas.items()
        if "properties" in schema or "enum" in schema or "allOf" in schema
    }
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                parameter["x-go-name"] = rewriter.go_name(parameter["name"], as_argument=True)
                parameter["schema"] = rewriter.rewrite({**parameter["schema"], "description": parameter["description"]})
            bodies = [operation["requestBody"]] if "requestBody" in operation else []
            for content in [
                c for part in [*bodies, *operation["responses"].values()] for c in part.get("content", {}).values()
            ]:
                content.pop("example", None)
                content.pop("examples", None)
                content["schema"] = rewriter.rewrite(content["schema"])
    schemas = document["components"]["schemas"]
    kept = used([document["paths"], *({"$ref": SCHEMA + name} for name in ("Problem", "WebhookEvent"))], schemas)
    kept |= {
        operation["x-query-model"]
        for item in document["paths"].values()
        for operation in item.values()
        if "x-query-model" in operation
    }
    document["components"]["schemas"] = {name: schemas[name] for name in sorted(kept)}
    json.dump(document, sys.stdout, indent=1, sort_keys=True)


main(sys.argv[1])
