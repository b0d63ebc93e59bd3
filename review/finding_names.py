"""Findings as people name them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from model.edit import Finding
from model.errors import UsageError
from model.state import PageState

Found = tuple[PageState, Finding]

LOOK_IT_UP = "`chamra status DOCUMENT` lists pages and findings."


def find(name: str, pages: Sequence[PageState], reference: str) -> Found:
    """The one finding of these pages that is meant by an id, the unique beginning of one, or `PAGE:ID`.

    Raises:
        UsageError: it means none or several; the message names what is near.
    """
    number, colon, start = reference.rpartition(":")
    here = [
        (page, finding)
        for page in pages
        if page.findings is not None and (not colon or str(page.number) == number)
        for finding in page.findings.all
    ]
    exact = [found for found in here if found[1].id == start]
    matches = exact or [found for found in here if start and found[1].id.startswith(start)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UsageError(
            f"{reference} may mean {_listed(matches)}.", remedy="Give more of the id, or PAGE:ID."
        )
    near = set(difflib.get_close_matches(start, [finding.id for _, finding in here], n=3, cutoff=0.5))
    hint = _listed([found for found in here if found[1].id in near])
    raise UsageError(
        f"{name} has no finding {reference}; nothing was recorded.",
        remedy=f"Near it are {hint}." if near else LOOK_IT_UP,
    )


def _listed(found: Sequence[Found]) -> str:
    shown = [f"{page.number}:{finding.id} ({finding.rule})" for page, finding in found[:5]]
    return ", ".join(shown) + (", ..." if len(found) > len(shown) else "")
