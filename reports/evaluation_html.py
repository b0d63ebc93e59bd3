"""Two texts beside each other, aligned letter by letter, every difference marked. One file, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from model.alignment import AlignedBlock, blocks
from model.thai import compose_sara_am, is_mark
from reports.evaluate import COMPARED, Evaluation
from reports.evaluation_json import evaluation_object
from reports.letters import DOTTED_CIRCLE, code_points, safe_text, visible, without_white_space
from reports.rendering import environment, style

TOP_CONFUSIONS = 40


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
    """One line of the truth, or several where the difference runs over line ends."""

    number: int
    stretches: tuple[Stretch, ...]

    @property
    def worst(self) -> Difference:
        """The gravest kind of difference in the row."""
        order = list(Difference)
        return max((stretch.difference for stretch in self.stretches), key=order.index)


@dataclass(frozen=True, slots=True)
class AlignedPage:
    """One page of the view."""

    number: int
    cer: float | None
    rows: tuple[AlignedRow, ...]


def render_evaluation_html(
    evaluation: Evaluation, *, candidate_name: str = "candidate", truth_name: str = "truth"
) -> str:
    """The aligned view with the measures on top, as one self-contained HTML page."""
    template = environment().get_template("evaluation.html.j2")
    numbers = evaluation_object(evaluation)
    return template.render(
        css=style("base.css", "evaluation.css"),
        candidate_name=safe_text(candidate_name),
        truth_name=safe_text(truth_name),
        numbers=numbers,
        compared=COMPARED,
        confusions=[_confusion(row) for row in numbers["confusions"][:TOP_CONFUSIONS]],
        more_confusions=max(0, len(numbers["confusions"]) - TOP_CONFUSIONS),
        pages=_pages(evaluation),
    )


def _confusion(row: dict[str, Any]) -> dict[str, Any]:
    truth, candidate = row["truth"], row["candidate"]
    return {
        "truth": visible(truth),
        "candidate": visible(candidate),
        "count": row["count"],
        "note": f"{code_points(truth) or 'nothing'} → {code_points(candidate) or 'nothing'}",
    }


def _pages(evaluation: Evaluation) -> Iterator[AlignedPage]:
    for page in evaluation.pages:
        yield AlignedPage(
            page.number,
            page.measures["composed_without_space"].rate,
            aligned_rows(page.truth, page.candidate),
        )


def aligned_rows(truth: str, candidate: str) -> tuple[AlignedRow, ...]:
    """Both texts cut at the truth's line ends; a difference that runs over a line end is never cut."""
    rows: list[AlignedRow] = []
    current: list[Stretch] = []
    line, first = 1, 1

    def end_row() -> None:
        nonlocal current, first
        if any(stretch.truth.strip() or stretch.candidate.strip() for stretch in current):
            rows.append(AlignedRow(first, tuple(current)))
        current = []
        first = line

    for block in blocks(truth, candidate):
        wanted = truth[block.start : block.end]
        if not block.equal:
            current.append(_difference(wanted, candidate, block))
            line += wanted.count("\n")
            if "\n" in wanted:
                end_row()
            continue
        for part in re.findall(r"[^\n]*\n|[^\n]+", wanted):
            text = part.rstrip("\n")
            if text:
                lead = DOTTED_CIRCLE if current and is_mark(text[0]) else ""
                current.append(Stretch(Difference.NONE, lead + safe_text(text), lead + safe_text(text)))
            if part.endswith("\n"):
                line += 1
                end_row()
    end_row()
    return tuple(rows)


def _difference(wanted: str, candidate: str, block: AlignedBlock) -> Stretch:
    given = candidate[block.other_start : block.other_end]
    note = f"truth: {code_points(wanted) or 'nothing'}; candidate: {code_points(given) or 'nothing'}"
    return Stretch(_kind(wanted, given), visible(wanted), visible(given), note)


def _kind(wanted: str, given: str) -> Difference:
    if compose_sara_am(wanted) == compose_sara_am(given):
        return Difference.FORM
    bare = (compose_sara_am(without_white_space(text)) for text in (wanted, given))
    return Difference.SPACE if next(bare) == next(bare) else Difference.LETTERS
