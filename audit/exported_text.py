"""A text that an auditor holds against the texts that were published: what it is, and where it first differs."""

from __future__ import annotations

from collections.abc import Mapping

from audit.report import About, AuditReport, Severity
from model.counted import counted
from model.decision import PAGE_BREAK, numbered_page

BYTE_ORDER_MARK = "\ufeff"
_AROUND = 12


def audit_text(document: str, published: Mapping[int, str], text: str, report: AuditReport) -> None:
    """Compare a text, page by page, with what was published of a document.

    What a program adds when it saves a text anew (a byte order mark, other line ends, a line end at the end) is a note,
    and so is a text that is only some of the pages; everything else is an error with its place.
    """
    plain = _plain(text, published, report, document)
    first = _first_line(published)
    if plain.startswith(first) and not "".join(published.values()).startswith(first):
        _by_number(document, published, plain, report)
        return
    given = plain.split(PAGE_BREAK)
    numbers = list(published)
    if len(given) != len(published):
        at = _part(list(published.values()), given)
        if at is None:
            were = "was" if len(published) == 1 else "were"
            message = f"the text has {counted(len(given), 'page')}, and {len(published)} {were} published or left out"
            report.add(Severity.ERROR, About.TEXT, message, document=document)
            return
        which = str(numbers[at]) if len(given) == 1 else f"{numbers[at]} to {numbers[at + len(given) - 1]}"
        message = f"the text is page {which} as published: {len(given)} of {counted(len(published), 'page')}"
        report.add(Severity.NOTE, About.TEXT, message, document=document)
        return
    for number, page in zip(numbers, given, strict=True):
        if published[number] != page:
            where = first_difference(published[number], page, "given", "published")
            message = f"the text is not what was published: {where}"
            report.add(Severity.ERROR, About.TEXT, message, document=document, page=number)


def _first_line(published: Mapping[int, str]) -> str:
    return numbered_page(min(published, default=0), "")


def _by_number(document: str, published: Mapping[int, str], text: str, report: AuditReport) -> None:
    """Compare a text of which each page begins with its number."""
    for number, page in published.items():
        expected = numbered_page(number, page)
        if not text.startswith(expected):
            where = first_difference(expected, text, "given", "published")
            message = f"the text is not what was published: {where}"
            report.add(Severity.ERROR, About.TEXT, message, document=document, page=number)
            return
        text = text[len(expected) :]
    if text:
        message = f"the text goes on behind its last page with {text[:_AROUND]!r}"
        report.add(Severity.ERROR, About.TEXT, message, document=document)


def _plain(text: str, published: Mapping[int, str], report: AuditReport, document: str) -> str:
    """The text without what saving it anew has added, each of which is noted."""
    whole = PAGE_BREAK.join(published.values())
    added = []
    if text.startswith(BYTE_ORDER_MARK) and not whole.startswith(BYTE_ORDER_MARK):
        text = text.removeprefix(BYTE_ORDER_MARK)
        added.append("a byte order mark")
    if "\r" in text and "\r" not in whole:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        added.append("line ends of another system")
    if text == f"{whole}\n":
        text = whole
        added.append("a line end at its end")
    if added:
        message = f"the text has {' and '.join(added)}, which what was published has not; that was left out of account"
        report.add(Severity.NOTE, About.TEXT, message, document=document)
    return text


def _part(published: list[str], given: list[str]) -> int | None:
    """Where some pages in a row are what was given, letter for letter; None where nowhere."""
    if not any(page.strip() for page in given):
        return None
    ends = [given, [*given[:-1], given[-1].removesuffix("\n")]]
    spots = range(len(published) - len(given) + 1)
    return next((at for at in spots if published[at : at + len(given)] in ends), None)


def first_difference(expected: str, given: str, given_is: str, expected_is: str) -> str:
    """Where two texts part, with what each has there and what each is called."""
    pairs = enumerate(zip(expected, given, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(expected), len(given)))
    line = expected.count("\n", 0, at) + 1
    start = max(0, at - _AROUND)
    one, other = expected[start : at + _AROUND], given[start : at + _AROUND]
    return f"from character {at} (line {line}) on {other!r} is {given_is}, {one!r} {expected_is}"
