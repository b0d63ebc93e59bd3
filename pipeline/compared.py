"""A page on record against the one that was made anew: the text, and all else by which findings are made and people
decide."""

from __future__ import annotations

from collections.abc import Iterator

from audit.exported_text import first_difference
from audit.report import About, Severity
from model.page import Page
from workspace.codec import decode_page, encode_page

OTHER_CODE = "made by other code or settings than are at hand"

_AS_SURE = 0.01  # confidences of one reading differ by less, whatever processor reckons them


def compare_pages(read: Page, made: Page, *, same: bool) -> Iterator[tuple[Severity, About, str]]:
    """What of a page on record is not so in the one that was made anew; `same` says that the same code made both."""
    severity = Severity.ERROR if same else Severity.WARNING
    by = "" if same else f" (it was {OTHER_CODE})"
    base, anew = read.reading, made.reading
    if base.text != anew.text:
        where = first_difference(anew.text, base.text, "on record", "read again")
        yield severity, About.PAGE, f"read again it is another text{by}: {where}"
    elif same and [one.text for one in read.readings] != [one.text for one in made.readings]:
        yield Severity.WARNING, About.PAGE, "read again its witness readings are other texts"
    elif same and base.boxes != anew.boxes:
        yield Severity.WARNING, About.PAGE, "read again its letters have other places"
    elif same and (others := _other_parts(read, decode_page(encode_page(made)))):
        yield Severity.WARNING, About.PAGE, f"read again it has another {', another '.join(others)}"


def _other_parts(read: Page, made: Page) -> list[str]:
    """What a page says of itself that is not so when it is read again."""
    pairs = {
        "size": ((read.width, read.height, read.dpi), (made.width, made.height, made.dpi)),
        "preparation": (read.preparation, made.preparation),
        "quality": (read.quality, made.quality),
        "layout": (read.regions, made.regions),
        "account of ink": (read.account, made.account),
        "lines": ([one.lines for one in read.readings], [one.lines for one in made.readings]),
        "marks": ([one.marks for one in read.readings], [one.marks for one in made.readings]),
        "gaps": ([one.gaps for one in read.readings], [one.gaps for one in made.readings]),
        "reader": ([one.reader for one in read.readings], [one.reader for one in made.readings]),
    }
    found = [name for name, (one, other) in pairs.items() if one != other]
    sure = (
        (one, other)
        for mine, theirs in zip(read.readings, made.readings, strict=True)
        for one, other in zip(mine.confidences, theirs.confidences, strict=True)
    )
    if any(_otherwise_sure(one, other) for one, other in sure):
        found.append("confidence")
    return found


def _otherwise_sure(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > _AS_SURE
