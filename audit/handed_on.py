"""Whether each page was examined under what the page before it hands on, by what is on record of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model.edit import Findings


def not_handed_on(findings: Mapping[int, Findings]) -> Iterator[tuple[int, str]]:
    """Pages that were examined under something else, by number, and what is to be said of each.

    `findings` are those of the pages' newest readings. Nothing is said of pages that were examined by other rules than
    the page before.
    """
    for number, found in sorted(findings.items()):
        before = findings.get(number - 1)
        if before is not None and (before.ruleset, before.dictionaries) != (
            found.ruleset,
            found.dictionaries,
        ):
            continue
        handed = None if before is None else before.hands_on
        if found.under != handed:
            yield (
                number,
                f"its findings do not regard what page {number - 1} hands on: digitise the document again",
            )
