"""A sample to inspect line by line: the printed lines in which characters were drawn, with these marked.

Everything is as of the record that drew the sample, whatever was read, decided or published since.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audit.sampling.draw import Sample, Stratum, Unit
from ledger.history import read_history, read_page_history
from model.edit import Span
from model.errors import DamagedBlob
from model.thai import is_mark
from reports.letters import code_points, safe_text, visible
from reports.lines import rows
from workspace.codec import decode_page, decode_published
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DrawnLetter:
    """A drawn character, or line: its number in the sample, counted from 1, how it is shown alone, and what a character
    is in full."""

    number: int
    shown: str
    code: str
    stratum: str


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A line of a published text with drawn letters: `pieces` are its clusters, letters with the marks on them, each
    with the numbers of the drawn characters in it. `page_blob` and `spans` say where it stands in the reading."""

    document: str
    name: str
    page: int
    pieces: tuple[tuple[str, tuple[int, ...]], ...]
    letters: tuple[DrawnLetter, ...]
    page_blob: str
    spans: tuple[Span, ...]


def sample_lines(ws: Workspace, sample: Sample) -> tuple[SampleLine, ...]:
    """The lines of a sample, by document and page.

    Raises:
        DamagedBlob, LedgerError: something that was kept is damaged.
    """
    numbered = enumerate(sample.units, start=1)
    found: list[SampleLine] = []
    for (document, page), group in itertools.groupby(
        numbered, key=lambda pair: (pair[1].document, pair[1].page)
    ):
        found += _of_page(ws, sample, document, page, {unit.offset: (number, unit) for number, unit in group})
    return tuple(found)


def _of_page(
    ws: Workspace, sample: Sample, document: str, page: int, drawn: Mapping[int, tuple[int, Unit]]
) -> Iterator[SampleLine]:
    past = read_page_history(ws.ledger, document, page, upto=sample.record)
    if past.published is None or past.page is None:
        raise DamagedBlob(
            f"Page {page} of {document[:16]} was drawn and was not published.", remedy="Run `chamra audit`."
        )
    name = safe_text(read_history(ws.ledger, document, page=page).name)
    published = decode_published(ws.store.get(past.published.event.blob))
    blob = published.page_blob or past.page.event.blob
    raw = decode_page(ws.store.get(blob)).reading.text
    at = 0
    for row in rows(raw, [one.edit for one in published.edits]):
        text = row.corrected
        here = {offset - at: drawn[offset] for offset in range(at, at + len(text)) if offset in drawn}
        at += len(text)
        if any(unit.stratum is Stratum.LINE for _, unit in here.values()):
            for number, unit in here.values():
                shown = safe_text(unit.character)
                line = DrawnLetter(number, shown, "", unit.stratum.value)
                yield SampleLine(document, name, page, ((shown, (number,)),), (line,), blob, row.lines)
        elif here:
            letters = tuple(
                DrawnLetter(number, visible(unit.character), code_points(unit.character), unit.stratum.value)
                for number, unit in (here[offset] for offset in sorted(here))
            )
            pieces = tuple(_clusters(text.removesuffix("\n"), {at: one[0] for at, one in here.items()}))
            yield SampleLine(document, name, page, pieces, letters, blob, row.lines)


def _clusters(text: str, drawn: Mapping[int, int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Runs of the line: each cluster with drawn characters alone, what lies between in one."""
    quiet, start = 0, 0
    while start < len(text):
        end = start + 1
        while end < len(text) and is_mark(text[end]):
            end += 1
        numbers = tuple(drawn[index] for index in range(start, end) if index in drawn)
        if numbers:
            if quiet < start:
                yield safe_text(text[quiet:start]), ()
            shown = text[start:end]
            yield visible(shown) if shown.isspace() else safe_text(shown), numbers
            quiet = end
        start = end
    if quiet < len(text):
        yield safe_text(text[quiet:]), ()
