"""The account of a page as canonical JSON, a part of the page's form."""

from __future__ import annotations

import hashlib
from typing import Any

from ledger.canonical import canonical_json
from model.account import Account, InkKind, InkPlace, SignPlace, UnseenKind, UnseenPlace
from model.box import Box
from model.edit import Span
from workspace import checked

JSON = dict[str, Any]


def account_out(account: Account | None) -> JSON | None:
    """An account ready for JSON."""
    if account is None:
        return None
    return {
        "located": account.located,
        "covered": account.covered,
        "missing": [_ink_out(place) for place in account.missing],
        "named": [_ink_out(place) for place in account.named],
        "unseen": [_unseen_out(place) for place in account.unseen],
        "signs": [
            {"start": one.span.start, "end": one.span.end, "shown": one.shown} for one in account.signs
        ],
    }


def account_sha256(account: Account | None) -> str | None:
    """The SHA-256 of an account as canonical JSON; None for none."""
    return None if account is None else hashlib.sha256(canonical_json(account_out(account))).hexdigest()


def account_in(body: JSON | None) -> Account | None:
    """The account of a page's JSON; None for one of a page that has none.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    if body is None:
        return None
    return Account(
        located=checked.truth(body["located"]),
        covered=checked.whole(body["covered"]),
        missing=tuple(_ink_in(place) for place in checked.rows(body["missing"])),
        named=tuple(_ink_in(place) for place in checked.rows(body["named"])),
        unseen=tuple(_unseen_in(place) for place in checked.rows(body["unseen"])),
        signs=tuple(_sign_in(place) for place in checked.rows(body.get("signs", []))),
    )


def _ink_out(place: InkPlace) -> JSON:
    return {"kind": str(place.kind), "box": _box_out(place.box), "ink": place.ink, "beside": place.beside}


def _ink_in(body: JSON) -> InkPlace:
    beside = body["beside"]
    return InkPlace(
        InkKind(checked.text(body["kind"])),
        _box_in(body["box"]),
        checked.whole(body["ink"]),
        None if beside is None else checked.whole(beside),
    )


def _sign_in(body: JSON) -> SignPlace:
    span = Span(checked.whole(body["start"]), checked.whole(body["end"]))
    return SignPlace(span, checked.text(body["shown"]))


def _unseen_out(place: UnseenPlace) -> JSON:
    box = None if place.box is None else _box_out(place.box)
    return {"kind": str(place.kind), "start": place.span.start, "end": place.span.end, "box": box}


def _unseen_in(body: JSON) -> UnseenPlace:
    box = None if body["box"] is None else _box_in(body["box"])
    span = Span(checked.whole(body["start"]), checked.whole(body["end"]))
    return UnseenPlace(UnseenKind(checked.text(body["kind"])), span, box)


def _box_out(box: Box) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def _box_in(value: object) -> Box:
    left, top, right, bottom = (checked.whole(edge) for edge in checked.rows(value))
    return Box(left, top, right, bottom)
