"""Every kind of event by its name and version, and how a record becomes an entry."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from ledger import events
from ledger.chain import Record
from ledger.event import VERSION_KEY, Entry, Event, not_sound
from model.errors import LedgerError

E = TypeVar("E", bound=Event)


def _found() -> dict[str, type[Event]]:
    found: dict[str, type[Event]] = {}
    for file in pkgutil.iter_modules(events.__path__):
        module = importlib.import_module(f"{events.__name__}.{file.name}")
        for cls in vars(module).values():
            if not (isinstance(cls, type) and issubclass(cls, Event) and cls.__module__ == module.__name__):
                continue
            other = found.setdefault(cls.KIND, cls)
            if other is not cls:
                raise TypeError(f"{cls.__name__} and {other.__name__} are both of the kind {cls.KIND!r}")
    return dict(sorted(found.items()))


CATALOGUE: Mapping[str, type[Event]] = MappingProxyType(_found())
"""The events by the kind that stands in the ledger, in alphabetical order."""


def event_type(record: Record) -> type[Event]:
    """The type of a record's event.

    Raises:
        LedgerError: this program does not know the record's kind, or its version of it.
    """
    known = CATALOGUE.get(record.kind)
    if known is None:
        raise _newer(record, f"the kind {record.kind!r}")
    version = record.payload.get(VERSION_KEY, 1)
    if type(version) is not int or not 1 <= version <= known.VERSION:
        raise _newer(record, f"version {version!r} of the kind {record.kind!r}")
    return known


def entry_of(record: Record) -> Entry[Event]:
    """The event of a record, with its number, time and hash.

    Raises:
        LedgerError: this program does not know the record's kind, or its payload is no sound one.
    """
    kind = event_type(record)
    try:
        event = kind.decode(record.payload)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise not_sound(record.seq, record.kind) from error
    return Entry(event, record.seq, record.when, record.sha256)


def entry_as(record: Record, kind: type[E]) -> Entry[E]:
    """The event of a record of this kind; raises as `entry_of` does, and for a record of another kind."""
    entry = entry_of(record)
    if not isinstance(entry.event, kind):
        raise not_sound(record.seq, kind.KIND)
    return Entry(entry.event, entry.seq, entry.when, entry.sha256)


def _newer(record: Record, what: str) -> LedgerError:
    return LedgerError(
        f"Record {record.seq} of the ledger is of {what}, which this program does not know.",
        remedy="Use the newer Chamra that wrote it; run `chamra audit` if none did.",
    )
