"""Changes of an OpenAPI document, one in each file: those that callers would notice, and those that they would not.

scripts/openapi-additive.sh must refuse the first and let the second pass; that is how it is known to work.

usage: openapi-changes.py DOCUMENT FOLDER      writes FOLDER/refused/*.json and FOLDER/allowed/*.json
"""

import json
import pathlib
import sys
from copy import deepcopy


def schema(document, name):
    return document["components"]["schemas"][name]


def forget(document, name, member):
    found = schema(document, name)
    del found["properties"][member]
    found["required"] = [one for one in found["required"] if one != member]


def a_field_of_an_answer_is_gone(document):
    forget(document, "Lot", "held")


def an_optional_field_of_an_answer_is_gone(document):
    forget(document, "Entry", "variant")


def a_field_of_a_request_is_gone(document):
    forget(document, "NewDebit", "variant")


def a_field_has_another_type(document):
    schema(document, "Lot")["properties"]["granted_at"] = {"type": "integer"}


def a_request_needs_another_field(document):
    schema(document, "NewDebit")["properties"]["team"] = {"type": "string"}
    schema(document, "NewDebit")["required"].append("team")


def a_request_takes_fewer_values(document):
    schema(document, "Overage")["enum"].remove("cap")


def a_value_of_an_answer_is_called_otherwise(document):
    kinds = schema(document, "EntryKind")["enum"]
    kinds[kinds.index("expiry")] = "lapse"


def an_operation_is_gone(document):
    del document["paths"]["/v1/lots"]


def an_operation_is_called_otherwise(document):
    document["paths"]["/v1/debits"]["post"]["operationId"] = "make_debit"


def a_parameter_is_gone(document):
    operation = document["paths"]["/v1/usage-history"]["get"]
    operation["parameters"] = [one for one in operation["parameters"] if one["name"] != "reference"]


def a_model_is_called_otherwise(document):
    text = json.dumps(document).replace('schemas/LotChange"', 'schemas/LotMove"')
    document.update(json.loads(text))
    schemas = document["components"]["schemas"]
    schemas["LotMove"] = schemas.pop("LotChange")


def a_webhook_is_gone(document):
    del document["webhooks"]["balance.low"]


def an_optional_field_is_new(document):
    schema(document, "NewDebit")["properties"]["team"] = {"type": "string"}
    schema(document, "Entry")["properties"]["team"] = {"type": "string"}


def a_field_of_an_answer_is_new(document):
    schema(document, "Lot")["properties"]["label"] = {"type": "string"}
    schema(document, "Lot")["required"].append("label")


def an_operation_is_new(document):
    operation = deepcopy(document["paths"]["/v1/lots"])
    operation["get"]["operationId"] = "list_baskets"
    document["paths"]["/v1/baskets"] = operation


def an_answer_has_a_new_value(document):
    schema(document, "EntryKind")["enum"].append("transfer")


def texts_are_said_better(document):
    schema(document, "Lot")["description"] = "Better said."
    document["paths"]["/v1/lots"]["get"]["summary"] = "Better said"


REFUSED = [
    a_field_of_an_answer_is_gone,
    an_optional_field_of_an_answer_is_gone,
    a_field_of_a_request_is_gone,
    a_field_has_another_type,
    a_request_needs_another_field,
    a_request_takes_fewer_values,
    a_value_of_an_answer_is_called_otherwise,
    an_operation_is_gone,
    an_operation_is_called_otherwise,
    a_parameter_is_gone,
    a_model_is_called_otherwise,
    a_webhook_is_gone,
]
ALLOWED = [
    an_optional_field_is_new,
    a_field_of_an_answer_is_new,
    an_operation_is_new,
    an_answer_has_a_new_value,
    texts_are_said_better,
]

source, folder = sys.argv[1:]
document = json.loads(pathlib.Path(source).read_text(encoding="utf-8"))
for kind, changes in {"refused": REFUSED, "allowed": ALLOWED}.items():
    (pathlib.Path(folder) / kind).mkdir(parents=True)
    for change in changes:
        changed = deepcopy(document)
        change(changed)
        (pathlib.Path(folder) / kind / f"{change.__name__}.json").write_text(json.dumps(changed), encoding="utf-8")
