"""The scorecard of a document as JSON: what was read, what is to be expected, what waits, where each page goes next."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from model.edit import Expectation
from model.errors import UsageError
from model.publication import Edition
from model.state import DocumentState, Stage
from reports.export_format import ExportFormat
from reports.keying_agreement import agreement_object
from reports.reading_trust import trust_object
from reports.scorecard import FamilyScore, PageScore, Scorecard
from reports.scorecard import scorecard as count

SCHEMA = "chamra/scorecard/1"
UNREADABLE = "CHAMRA_UNREADABLE"
"""Variable of the environment: the gate that a run holds pages to (`pipeline/settings.py`). Of a page that was read
under another one it says what the run would say now."""

DEFAULT_UNREADABLE = 0.25


class Route(StrEnum):
    """Where a page goes next."""

    READ = "read"  # it was asked for and not read yet
    RESCAN = "rescan"  # it could not be read, or too much of it is thought to be wrong
    REVIEW = "review"  # something waits for a person
    SIGN = "sign"  # nothing is open
    PASS = "pass"  # signed, published, or left out by a person


def pieces(edition: Edition) -> Iterator[str]:
    """One JSON object (docs/schemas/scorecard.json), for a document at any stage.

    Raises:
        UsageError: the environment does not give a rate.
    """
    yield json.dumps(scorecard_object(edition.state, rescan_rate()), ensure_ascii=False, indent=1) + "\n"


def rescan_rate() -> float:
    """The rate that the environment asks for, else the default.

    Raises:
        UsageError: it is none.
    """
    given = os.environ.get(UNREADABLE)
    try:
        rate = DEFAULT_UNREADABLE if given is None else float(given)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 1:
        raise UsageError(
            f"{UNREADABLE} is {given!r} and no share of letters.", remedy="Give one from 0 to 1."
        )
    return rate


def scorecard_object(state: DocumentState, rate: float) -> dict[str, Any]:
    """A document's numbers; `rate` is the share of wrong letters from which a page is to be scanned again."""
    found = count(state)
    pages = [_page(page, rate) for page in found.pages]
    routes = [page["route"] for page in pages]
    return {
        "schema": SCHEMA,
        "document": {"id": state.id, "name": state.name},
        "rescan_rate": rate,
        "routes": {str(route): routes.count(str(route)) for route in Route},
        "stages": {str(stage): found.stages[stage] for stage in Stage},
        "letters": found.letters,
        "proposals": found.proposals,
        "flags": found.flags,
        "waiting": found.waiting,
        "expected": _expected_of_all(found),
        "mean_confidence": found.mean_confidence,
        "families": [_family(one) for one in found.families],
        "keying": agreement_object(found.keying),
        "reviewers": [trust_object(one) for one in found.trust],
        "pages": pages,
    }


def route_of(page: PageScore, rate: float) -> Route:
    """Where a page goes next."""
    if page.stage in (Stage.SIGNED, Stage.PUBLISHED, Stage.WAIVED):
        return Route.PASS
    if page.stage is Stage.MISSING:
        return Route.READ
    too_bad = page.expected is not None and page.expected.rate > rate
    if page.stage is Stage.FAILED or too_bad:
        return Route.RESCAN
    return Route.REVIEW if page.waiting else Route.SIGN


def _page(page: PageScore, rate: float) -> dict[str, Any]:
    quality = page.quality
    return {
        "page": page.number,
        "stage": str(page.stage),
        "route": str(route_of(page, rate)),
        "reason": page.reason,
        "letters": page.letters,
        "lines": page.lines,
        "blank": page.blank,
        "proposals": page.proposals,
        "flags": page.flags,
        "waiting": page.waiting,
        "expected": _expected(page.expected),
        "accounted": None if page.account is None or page.account.share is None else round(page.account.share, 6),
        "unaccounted_places": None if page.account is None else page.account.open_places,
        "mean_confidence": page.mean_confidence,
        "low_share": page.low_share,
        "quality": None if quality is None else {
            "x_height": quality.x_height, "contrast": quality.contrast, "noise": quality.noise,
            "sharpness": quality.sharpness, "ink": quality.ink,
        },
    }  # fmt: skip


def _family(one: FamilyScore) -> dict[str, Any]:
    return {
        "family": one.family,
        "findings": one.findings,
        "by_safety": {safety.name: number for safety, number in sorted(one.by_safety.items())},
        "by_outcome": {str(outcome): number for outcome, number in sorted(one.by_outcome.items())},
    }


def _expected(found: Expectation | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {"letters": found.letters, "errors": found.errors, "low": found.low, "high": found.high}


def _expected_of_all(found: Scorecard) -> dict[str, float] | None:
    """The sums over the pages that were read; None where one of them tells nothing."""
    known = [page.expected for page in found.pages if page.quality is not None and not page.blank]
    if not known or None in known:
        return None
    each = [one for one in known if one is not None]
    return {
        "letters": sum(one.letters for one in each), "errors": sum(one.errors for one in each),
        "low": sum(one.low for one in each), "high": sum(one.high for one in each),
    }  # fmt: skip


EXPORT = ExportFormat(
    name="scorecard",
    extension=".scorecard.json",
    description="The scorecard as JSON: what was read, what is to be expected, what waits, where each page goes next.",
    pieces=pieces,
)
