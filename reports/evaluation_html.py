"""Texts beside their truths, aligned letter by letter, every difference marked, with the pictures of the lines where
the text was read from a scan. One file, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from model.alignment import AlignedBlock, blocks
from model.decision import PAGE_BREAK
from model.edit import Span
from model.thai import compose_sara_am, is_mark
from reports.crops import Crop
from reports.diff_words import DiffWords
from reports.evaluate import Evaluation, PageEvaluation
from reports.evaluation_batch import BatchEvaluation, figures
from reports.evaluation_json import evaluation_object
from reports.evaluation_pictures import PicturesOf, no_pictures
from reports.evaluation_words import EVALUATION_WORDS
from reports.evidence_text import Language
from reports.letters import DOTTED_CIRCLE, code_points, safe_text, visible, without_white_space
from reports.rendering import environment, style

TOP_CONFUSIONS = 40

_ENGLISH = DiffWords("en", EVALUATION_WORDS)


class Difference(StrEnum):
    """What kind of difference a stretch is."""

    NONE = "same"
    FORM = "form"  # the same once sara am is composed
    SPACE = "space"  # the same but for white space (and the form of sara am)
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of both texts that belongs together. `truth` and `candidate` are ready to be shown."""

    difference: Difference
    truth: str
    candidate: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """One line of the truth, or several where the difference runs over line ends.

    `place` is where its letters stand in the candidate's page, white space at its ends left out; empty where the
    candidate has none.
    """

    number: int
    stretches: tuple[Stretch, ...]
    place: Span

    @property
    def worst(self) -> Difference:
        """The gravest kind of difference in the row."""
        order = list(Difference)
        return max((stretch.difference for stretch in self.stretches), key=order.index)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row and the pictures of the printed lines that its candidate was read from."""

    row: AlignedRow
    crops: tuple[Crop, ...]


@dataclass(frozen=True, slots=True)
class AlignedPage:
    """One page of the view."""

    number: int
    cer: float | None
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class EvaluatedText:
    """A text that was measured, as the view calls it, and where the pictures of its lines come from."""

    candidate_name: str
    truth_name: str
    evaluation: Evaluation
    pictures: PicturesOf = no_pictures


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A text in the view: its name where there are several, its figures by the names of `figures`, its pages."""

    name: str
    letters: int
    figures: Mapping[str, float | None]
    by_page: bool
    pages: Iterator[AlignedPage]


def evaluation_html(found: EvaluatedText, language: Language = "en") -> Iterator[str]:
    """The aligned view with the measures on top, in pieces of one self-contained HTML page.

    Raises:
        DamagedBlob: a page image that `pictures` needs is not a picture.
    """
    numbers = evaluation_object(found.evaluation)
    t = DiffWords(language, EVALUATION_WORDS)
    return _pieces(t, numbers, [_shown_file("", found, t)], None, found.candidate_name, found.truth_name)


def batch_html(
    batch: BatchEvaluation, candidate_name: str, truth_name: str, language: Language = "en"
) -> Iterator[str]:
    """The same of many texts: all letters together and the mean of the files on top, then a line for each file with
    what was not measured, then the files one after the other."""
    t = DiffWords(language, EVALUATION_WORDS)
    texts = [
        _shown_file(
            one.pair.name, EvaluatedText(str(one.pair.candidate), str(one.pair.truth), one.evaluation), t
        )
        for one in batch.files
    ]
    return _pieces(t, evaluation_object(batch.micro), texts, batch, candidate_name, truth_name)


def _shown_file(name: str, text: EvaluatedText, t: DiffWords) -> ShownFile:
    found = text.evaluation
    return ShownFile(
        safe_text(name),
        found.measures["strict"].size,
        figures(found),
        found.by_page,
        _pages(found, text.pictures, t),
    )


def _pieces(
    t: DiffWords,
    numbers: dict[str, Any],
    files: Sequence[ShownFile],
    batch: BatchEvaluation | None,
    candidate_name: str,
    truth_name: str,
) -> Iterator[str]:
    template = environment().get_template("evaluation.html.j2")
    for piece in template.generate(
        t=t,
        css=style("base.css", "evaluation.css"),
        candidate_name=safe_text(candidate_name),
        truth_name=safe_text(truth_name),
        numbers=numbers,
        files=files,
        batch=batch,
        macro=batch.macro if batch is not None else None,
        confusions=[_confusion(row, t) for row in numbers["confusions"][:TOP_CONFUSIONS]],
        more_confusions=max(0, len(numbers["confusions"]) - TOP_CONFUSIONS),
    ):
        yield str(piece)  # plain text: a caller's `+=` with markup would escape all that came before


def _confusion(row: dict[str, Any], t: DiffWords) -> dict[str, Any]:
    truth, candidate = row["truth"], row["candidate"]
    return {
        "truth": visible(truth),
        "candidate": visible(candidate),
        "count": row["count"],
        "note": f"{code_points(truth) or t('nothing')} → {code_points(candidate) or t('nothing')}",
    }


def _pages(evaluation: Evaluation, pictures: PicturesOf, t: DiffWords) -> Iterator[AlignedPage]:
    start = 0
    for page in evaluation.pages:
        yield AlignedPage(
            page.number,
            page.measures["composed_without_space"].rate,
            tuple(_shown_rows(page, start, pictures, t)),
        )
        start += len(page.candidate) + len(PAGE_BREAK)


def _shown_rows(page: PageEvaluation, start: int, pictures: PicturesOf, t: DiffWords) -> Iterator[ShownRow]:
    """The rows of a page that begins at `start` of the whole candidate."""
    for row in aligned_rows(page.truth, page.candidate, t):
        place = Span(start + row.place.start, start + row.place.end)
        yield ShownRow(row, pictures(place) if len(place) else ())


def aligned_rows(truth: str, candidate: str, t: DiffWords = _ENGLISH) -> tuple[AlignedRow, ...]:
    """Both texts cut at the truth's line ends; a difference that runs over a line end is never cut."""
    rows: list[AlignedRow] = []
    current: list[Stretch] = []
    line, first = 1, 1
    begin = 0

    def end_row(end: int) -> None:
        nonlocal current, first, begin
        if any(stretch.truth.strip() or stretch.candidate.strip() for stretch in current):
            rows.append(AlignedRow(first, tuple(current), _bare(candidate, begin, end)))
        current = []
        first, begin = line, end

    for block in blocks(truth, candidate):
        wanted = truth[block.start : block.end]
        if not block.equal:
            current.append(_difference(wanted, candidate, block, t))
            line += wanted.count("\n")
            if "\n" in wanted:
                end_row(block.other_end)
            continue
        at = block.other_start
        for part in re.findall(r"[^\n]*\n|[^\n]+", wanted):
            at += len(part)
            text = part.rstrip("\n")
            if text:
                lead = DOTTED_CIRCLE if current and is_mark(text[0]) else ""
                current.append(Stretch(Difference.NONE, lead + safe_text(text), lead + safe_text(text)))
            if part.endswith("\n"):
                line += 1
                end_row(at)
    end_row(len(candidate))
    return tuple(rows)


def _bare(text: str, start: int, end: int) -> Span:
    """A stretch of a text without the white space at its ends."""
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return Span(start, start + len(inside.strip()))


def _difference(wanted: str, candidate: str, block: AlignedBlock, t: DiffWords) -> Stretch:
    given = candidate[block.other_start : block.other_end]
    told = {"truth": wanted, "candidate": given}
    note = t("note", **{name: code_points(text) or t("nothing") for name, text in told.items()})
    return Stretch(_kind(wanted, given), visible(wanted), visible(given), note)


def _kind(wanted: str, given: str) -> Difference:
    if compose_sara_am(wanted) == compose_sara_am(given):
        return Difference.FORM
    bare = (compose_sara_am(without_white_space(text)) for text in (wanted, given))
    return Difference.SPACE if next(bare) == next(bare) else Difference.LETTERS
