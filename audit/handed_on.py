"""Whether each page was examined under what the page before it hands on, by what is on record of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.audited_page import AuditedPage


def not_handed_on(pages: Mapping[int, AuditedPage]) -> Iterator[tuple[int, str]]:
    """Pages whose findings were made under something else, by number, and what is to be said of each.

    A signed page stays as it was, so another remedy is named for it. Nothing is said of pages that were examined by
    other rules than the page before.
    """
    for number, page in sorted(pages.items()):
        found, before = page.findings, pages[number - 1].findings if number - 1 in pages else None
        if found is None:
            continue
        rules = (found.ruleset, found.dictionaries)
        if before is not None and (before.ruleset, before.dictionaries) != rules:
            continue
        if found.under != (None if before is None else before.hands_on):
            unheard = f"its findings do not regard what page {number - 1} hands on"
            first = "it is signed, return it first, then " if page.signed and not page.returned else ""
            yield number, f"{unheard}: {first}digitise the document again"
