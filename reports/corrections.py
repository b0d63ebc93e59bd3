"""The corrections of a document as flat rows, for tables: one row an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from model.decision import Decision
from model.publication import Edition
from reports.text_layers import layer_pages


@dataclass(frozen=True, slots=True)
class Correction:
    """An edit of the text, where it stands, and who is behind it.

    `start` and `end` are code points of the raw text, `line` counts its lines from 1; the box is in pixels of
    the page image, None where none is known. Of the decisions about the finding each person's newest one is named,
    parted by semicolons.
    """

    document: str
    page: int
    line: int
    start: int
    end: int
    before: str
    after: str
    context: str
    finding: str
    rule: str
    message: str
    verdict: str
    who: str
    account: str
    when: str
    how: str
    note: str
    left: int | None
    top: int | None
    right: int | None
    bottom: int | None


COLUMNS = tuple(Correction.__dataclass_fields__)


def values(correction: Correction) -> tuple[str | int | None, ...]:
    """A row's values in the order of the columns."""
    return astuple(correction)


def corrections(edition: Edition) -> Iterator[Correction]:
    """The edits of the edition's layer in order of page and place.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    for page in layer_pages(edition, edition.layer):
        if page.page is None:
            continue
        reading = page.page.reading
        findings = {one.id: one for one in page.state.all_findings}
        for applied in sorted(page.edits, key=lambda one: one.edit.span):
            span, finding = applied.edit.span, findings.get(applied.finding)
            made = newest_by_person(page.state.decisions.get(applied.finding, ()))
            box = reading.box_of(span)
            start = reading.text.rfind("\n", 0, span.start) + 1
            end = reading.text.find("\n", span.end)
            yield Correction(
                document=edition.state.name, page=page.number, line=reading.text.count("\n", 0, span.start) + 1,
                start=span.start, end=span.end, before=applied.edit.before, after=applied.edit.after,
                context=reading.text[start : end if end >= 0 else None], finding=applied.finding,
                rule=finding.rule if finding else "", message=finding.message if finding else "",
                verdict="; ".join(str(one.verdict) for one in made),
                who="; ".join(one.who.name for one in made),
                account="; ".join(one.who.account for one in made),
                when="; ".join(one.when for one in made),
                how="; ".join(one.how for one in made),
                note="; ".join(one.note for one in made if one.note),
                left=box.left if box else None, top=box.top if box else None,
                right=box.right if box else None, bottom=box.bottom if box else None,
            )  # fmt: skip


def newest_by_person(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The newest decision of each account, in the order in which the accounts first decided."""
    return tuple({one.who.account: one for one in decisions}.values())
