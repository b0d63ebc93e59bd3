"""What an event of the ledger is: a frozen dataclass whose fields are the payload of its record.

The fields alone say how an event is written, read and described; nothing else knows a payload's form. Kinds are for
ever: what stands in a ledger must be readable by every later version. A kind may gain fields that are None in records
from before (those have None as their default, and are left out where they are None) and then has the next `VERSION`;
what else is needed later is a kind of its own (`docs/decisions`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Generic,
    Protocol,
    Self,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
    runtime_checkable,
)

from model.decision import Who
from model.errors import LedgerError
from model.quoted import quoted

Payload = Mapping[str, Any]
Plain = Any
"""What JSON holds: text, whole number, truth value, None, list, mapping."""
Hint = Any
"""The type of a field, as `get_type_hints` gives it."""
FromJson = Callable[[Plain], Plain]

Sha256 = Annotated[str, {"pattern": "^[0-9a-f]{64}$"}]
"""The SHA-256 of something, 64 lower-case hexadecimal digits."""

PageNumber = Annotated[int, {"minimum": 1}]
"""A page of a document, counted from 1."""

VERSION_KEY = "version"
"""Where a payload says its version; one that says none has the first."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What an event may have changed the state of: pages of a document; no document for events that change none."""

    document: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all events. A subclass names its kind, its version and, in a sentence, what it says."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1
    SAYS: ClassVar[str]

    def touches(self) -> Touched:
        """The document and pages whose state this may have changed: by default those that it names."""
        return Touched(getattr(self, "document", ""), (self.page,) if hasattr(self, "page") else ())

    def encode(self) -> Payload:
        """The payload of this event's record."""
        version = {VERSION_KEY: self.VERSION} if self.VERSION > 1 else {}
        return {**_encoded(self), **version}

    @classmethod
    def decode(cls, payload: Payload) -> Self:
        """The event of a payload.

        Raises:
            ValueError, TypeError, KeyError: the payload is none of this kind and version.
        """
        return _decoded(cls, {key: value for key, value in payload.items() if key != VERSION_KEY})

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of the payload."""
        found = _object_schema(cls)
        found["description"] = cls.SAYS
        if cls.VERSION > 1:
            # A record from before the second version names none.
            found["properties"][VERSION_KEY] = {"enum": list(range(2, cls.VERSION + 1))}
        return found


@runtime_checkable
class Made(Protocol):
    """An event that somebody made."""

    @property
    def who(self) -> Who:
        """The person."""


E_co = TypeVar("E_co", bound=Event, covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[E_co]):
    """An event as it stands in the ledger: its record's number, time (UTC, ISO 8601) and hash."""

    event: E_co
    seq: int
    when: str
    sha256: str


def not_sound(seq: int, kind: str) -> LedgerError:
    """The record with this number cannot be what its kind says."""
    return LedgerError(
        f"Record {seq} of the ledger is no sound {kind}.",
        remedy="Run `chamra audit` to see what is damaged; restore the ledger from a backup.",
    )


_TYPES: dict[type, dict[str, Hint]] = {}
_MAY_LACK: dict[type, frozenset[str]] = {}


def _types(cls: type) -> dict[str, Hint]:
    """The types of a dataclass's fields, by name."""
    if cls not in _TYPES:
        hints = get_type_hints(cls, include_extras=True)
        _TYPES[cls] = {one.name: hints[one.name] for one in fields(cls)}
    return _TYPES[cls]


def _may_lack(cls: type) -> frozenset[str]:
    """Fields that are left out where they are None: those with None as their default."""
    if cls not in _MAY_LACK:
        _MAY_LACK[cls] = frozenset(one.name for one in fields(cls) if one.default is None)
    return _MAY_LACK[cls]


def _encoded(value: object) -> dict[str, Any]:
    lacking = _may_lack(type(value))
    found = {name: getattr(value, name) for name in _types(type(value))}
    return {name: _plain(one) for name, one in found.items() if one is not None or name not in lacking}


def _plain(value: object) -> Plain:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return _encoded(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _decoded(cls: type[T], payload: Payload) -> T:
    readers, lacking = _readers(cls), _may_lack(cls)
    unknown = payload.keys() - readers.keys()
    if unknown:
        raise ValueError(f"{cls.__name__} has no {sorted(unknown)[0]}")
    return cls(
        **{
            name: read(payload[name])
            for name, read in readers.items()
            if name in payload or name not in lacking
        }
    )


_READERS: dict[type, dict[str, FromJson]] = {}


def _readers(cls: type) -> dict[str, FromJson]:
    """What makes each field of a dataclass out of what JSON holds; put together once, for ledgers are long."""
    if cls not in _READERS:
        _READERS[cls] = {name: _reader(hint) for name, hint in _types(cls).items()}
    return _READERS[cls]


def _reader(hint: Hint) -> FromJson:
    """What gives a value as the type says, and raises where it is none."""
    origin: Hint = get_origin(hint)
    arguments = get_args(hint)
    if origin is Annotated:
        return _reader(arguments[0])
    if origin in (Union, UnionType):
        (chosen,) = (_reader(one) for one in arguments if one is not NoneType)
        return lambda value: None if value is None else chosen(value)
    if origin is tuple:
        each = tuple(_reader(one) for one in arguments if one is not ...)
        return _list_reader(each[0], None) if arguments[-1] is ... else _list_reader(each[0], len(each))
    if issubclass(hint, Enum):
        return cast("FromJson", hint)
    if is_dataclass(hint):
        return lambda value: _decoded(cast("type[object]", hint), _object(value))

    def plain(value: Plain) -> Plain:
        if type(value) is not hint:
            raise TypeError(f"{quoted(value)} is no {hint.__name__}")
        return value

    return plain


def _list_reader(each: FromJson, length: int | None) -> FromJson:
    def read(value: Plain) -> Plain:
        if type(value) is not list or length not in (None, len(value)):
            raise TypeError(f"{quoted(value)} is no list of this length")
        return tuple(map(each, value))

    return read


def _object(value: Plain) -> Payload:
    if not isinstance(value, Mapping):
        raise TypeError(f"{quoted(value)} is no object")
    return value


_JSON = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def _object_schema(cls: type) -> dict[str, Any]:
    types, lacking = _types(cls), _may_lack(cls)
    return {
        "type": "object",
        "properties": {name: _schema(hint) for name, hint in types.items()},
        "required": [name for name in types if name not in lacking],
        "additionalProperties": False,
    }


def _schema(hint: Hint) -> dict[str, Any]:
    origin: Hint = get_origin(hint)
    arguments = get_args(hint)
    if origin is Annotated:
        return {**_schema(arguments[0]), **arguments[1]}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one) for one in arguments]}
    if origin is tuple:
        if arguments[-1] is ...:
            return {"type": "array", "items": _schema(arguments[0])}
        size = len(arguments)
        return {"type": "array", "items": _schema(arguments[0]), "minItems": size, "maxItems": size}
    if hint in _JSON:
        return {"type": _JSON[hint]}
    if issubclass(hint, Enum):
        return {"enum": [one.value for one in hint]}
    return _object_schema(hint)
