"""Models to JSON and back: dataclasses, instants, enums, lists and maps, by their type hints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class OpenEnum(StrEnum):
    """An enum that takes values it does not know: a newer service may have some."""

    @classmethod
    def _missing_(cls, value: object) -> OpenEnum:
        unknown = str.__new__(cls, str(value))
        unknown._name_, unknown._value_ = "UNKNOWN", str(value)
        return unknown


@cache
def _members(model: Any) -> list[tuple[str, str, Any, bool]]:
    """Of each member: its name in the model and on the wire, its type, and whether it may be left out."""
    types = get_type_hints(model)
    return [(f.name, f.name.rstrip("_"), types[f.name], f.default is not MISSING) for f in fields(model)]


def to_json(value: Any) -> Any:
    """What is None is left out, unless the API wants it named."""
    if is_dataclass(value) and not isinstance(value, type):
        members = [(wire, getattr(value, name), optional) for name, wire, _, optional in _members(type(value))]
        return {name: to_json(member) for name, member, optional in members if not (optional and member is None)}
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone: datetime.now(timezone.utc)")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: to_json(member) for name, member in value.items()}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], value: Any) -> T:
    """Members that the model does not know are passed over."""
    read: T = _read(kind, value)
    return read


def _read(kind: Any, value: Any) -> Any:
    arguments = get_args(kind)
    if value is None:
        return None
    if NoneType in arguments:
        return _read(next(one for one in arguments if one is not NoneType), value)
    if get_origin(kind) is list:
        return [_read(arguments[0], item) for item in value]
    if get_origin(kind) is Mapping:
        return {name: _read(arguments[1], member) for name, member in value.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        present = [(name, value.get(wire), hint, optional) for name, wire, hint, optional in _members(kind)]
        model: Any = kind
        return model(**{name: _read(hint, member) for name, member, hint, _ in present})
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value
