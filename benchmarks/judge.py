"""Judging a page against its truth: errors by line, and what each proposal did for the text."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from correction.glyphs import drawn
from model.edit import Edit, Proposal, apply_edits
from model.thai import compose_sara_am
from reports.alignment import distance
from reports.letters import without_white_space

Form = Callable[[str], str]
SOURCE_ERRORS = Path(__file__).parent / "source_errors.csv"
"""Corrections of the printed sources' own errors, judged by eye."""


def _same(text: str) -> str:
    return text


def _composed_without_space(text: str) -> str:
    return compose_sara_am(without_white_space(text))


FORMS: dict[str, Form] = {
    "composed_without_space": _composed_without_space,
    "strict": _same,
}
"""The two character error rates that are reported: see `reports.evaluate.COMPARED` for what each compares."""


_LEFT_OUT = re.compile("[\ue000-\uf8ff☐☑☒■□✓✗●•\ufffd]|(?:[._·‥-][ \t]*){4,}")


def compared(text: str) -> str:
    """The form in which pages of any kind are compared: composed, without white space, and without what truths leave
    open, which are leader dots, rules and check boxes."""
    return _composed_without_space(_LEFT_OUT.sub("", text.replace("…", "....")))


def errors_by_line(candidate: str, truth: str, form: Form) -> list[tuple[int, int]]:
    """(errors, letters) for each line of the truth, in the form; an addition counts for the line it is in.

    The errors of all lines add up to the edit distance of the whole texts.
    """
    lines = [form(line) for line in re.findall(r"[^\n]*\n|[^\n]+", truth)]
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line)
    errors = [0] * len(lines)
    for op in Levenshtein.editops("".join(lines), form(candidate)):
        errors[max(0, bisect_right(starts, min(op.src_pos, max(0, at - 1))) - 1)] += 1
    return [(count, len(line)) for count, line in zip(errors, lines, strict=True) if line or count]


class Effect(StrEnum):
    """What applying a proposal to the raw text does to its distance from the truth."""

    RIGHT = "right"
    NEUTRAL = "neutral"
    HARM = "harm"


@dataclass(frozen=True, slots=True)
class JudgedProposal:
    """A proposal, its effect, and the words around it."""

    proposal: Proposal
    effect: Effect
    context: str


@dataclass(frozen=True, slots=True)
class SourceError:
    """A mistake of the printed source that a proposal corrects: the truth keeps it, so neither counts."""

    before: str
    after: str
    context: str


def source_errors(path: Path) -> tuple[SourceError, ...]:
    """Corrections that were judged by eye to mend the source: before, after, context (part of the line)."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(SourceError(row["before"], row["after"], row["context"]) for row in csv.DictReader(file))


def judge(
    raw: str, truth: str, proposals: Sequence[Proposal], known: Sequence[SourceError] = ()
) -> list[JudgedProposal]:
    """Judge each proposal alone, applied to the raw text of its page.

    Each run of white space counts as one space, so that a line end or a column gap where the truth has a
    space is no error; sara am is compared as it stands where the encoding is fixed (family ENC), in one piece where
    something else is. The distance is taken over the whole page: that is
    exact, costs a millisecond, and needs no guess where a proposal's region ends. Composing a sara am that
    should not be there at all (a misread mai ek) moves the text one step away from the truth and changes
    nothing that is drawn: neutral.
    """
    judged: list[JudgedProposal] = []
    forms: dict[bool, tuple[Form, str, int]] = {}
    both: tuple[tuple[bool, Form], ...] = ((True, _spaced), (False, _composed))
    for encoding, form in both:
        forms[encoding] = (form, form(truth), distance(form(truth), form(raw)))
    for proposal in proposals:
        form, wanted, before = forms[proposal.rule.startswith("ENC")]
        after = distance(wanted, form(apply_edits(raw, [proposal.edit])))
        effect = Effect.RIGHT if after < before else Effect.HARM if after > before else Effect.NEUTRAL
        if effect is Effect.HARM and (
            _draws_the_same(proposal.edit) or fixes_source(raw, proposal.edit, known)
        ):
            effect = Effect.NEUTRAL
        judged.append(JudgedProposal(proposal, effect, around(raw, proposal.edit)))
    return judged


def _draws_the_same(edit: Edit) -> bool:
    return drawn(edit.before) == drawn(edit.after)


def fixes_source(text: str, edit: Edit, known: Sequence[SourceError]) -> bool:
    """Whether an edit mends a mistake of the source itself that was judged by eye."""
    context = around(text, edit)
    return any((e.before, e.after) == (edit.before, edit.after) and e.context in context for e in known)


def around(text: str, edit: Edit, letters: int = 24) -> str:
    """The words around an edit, white space as single spaces."""
    return _spaced(text[max(0, edit.span.start - letters) : edit.span.end + letters])


def _composed(text: str) -> str:
    return compose_sara_am(_spaced(text))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
