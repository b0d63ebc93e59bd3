"""What a page hands on to the next as JSON."""

from __future__ import annotations

from typing import Any

from model.carried import Carried, CarriedHeading, CarriedTable
from model.place import PlaceKind
from model.quoted import quoted
from workspace import checked

JSON = dict[str, Any]

_COLUMNS = frozenset({"", PlaceKind.PROVINCE, PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT})


def carried_out(carried: Carried | None) -> JSON | None:
    """What was handed on, ready for JSON."""
    if carried is None:
        return None
    table = carried.table
    return {
        "headings": [{"page": one.page, "text": one.text, "code": one.code} for one in carried.headings],
        "table": None if table is None else {"columns": list(table.columns), "wide": table.wide},
    }


def carried_in(value: object) -> Carried | None:
    """What was handed on; None for nothing.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError(f"{quoted(value)} is nothing that a page hands on")
    return Carried(tuple(map(_heading_in, checked.rows(value["headings"]))), _table_in(value["table"]))


def _heading_in(body: JSON) -> CarriedHeading:
    code = checked.text(body["code"])
    if len(code) not in (2, 4):
        raise ValueError(f"{quoted(code)} is no code of a province or district")
    return CarriedHeading(checked.whole(body["page"]), checked.text(body["text"]), code)


def _table_in(value: object) -> CarriedTable | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError(f"{quoted(value)} is no table")
    columns = checked.texts(value["columns"])
    if not set(columns) <= _COLUMNS:
        raise ValueError(f"{quoted(columns)} are no columns of places")
    return CarriedTable(columns, checked.truth(value["wide"]))
