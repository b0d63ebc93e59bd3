"""Every SAFE change on real material, held against the truth: the promise is that none does harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from benchmarks.common import Readings, Set
from benchmarks.judge import Effect, judge
from benchmarks.proportions import proportion
from benchmarks.safe_damage import damaged
from correction.catalogue import default_rules
from correction.engine import propose
from correction.resolve import resolve
from model.edit import Safety
from model.page import Reader, Reading

LAYERS = (
    ("gazette/constituency.pdf", "gazette/truth/p{:03}.txt"),
    ("budget/budget13.pdf", "budget/truth/budget13-p{:03}.txt"),
    ("budget/budget21.pdf", "budget/truth/budget21-p{:03}.txt"),
)
"""PDFs with broken text layers, and the truth of their pages."""
_READER = Reader("pdfium", "1")
SEED = 20261129


def measure_safe(
    data: Path, groups: Sequence[Set], readings: Readings, texts: Sequence[str] = ()
) -> dict[str, Any]:
    """What the SAFE changes do to pages read by Tesseract alone, to text layers of PDFs as pdfium gives them, and to
    sound texts that are damaged so that exactly one text is meant. The proportion that harms has its interval.

    Rules of later stages than any that is SAFE are left out: nothing of theirs reaches the safe layer."""
    last = max(rule.stage for rule in default_rules() if rule.level is Safety.SAFE)
    rules = [rule for rule in default_rules() if rule.stage <= last]
    counts: dict[str, Counter[str]] = {}
    sources: Counter[str] = Counter()
    harm: list[dict[str, str]] = []
    pages = (("pages", *page) for page in _pages(groups, readings))
    layers = (("text layers", *page) for page in _layers(data))
    put_in = (("damage put in", *text) for text in _damaged(texts))
    for source, name, reading, truth in chain(pages, layers, put_in):
        standings = resolve(propose(reading, rules).proposals, Safety.SAFE)
        sources[source] += sum(one.stands for one in standings)
        for judged in judge(reading.text, truth, [one.proposal for one in standings if one.stands]):
            rule, edit = judged.proposal.rule, judged.proposal.edit
            counts.setdefault(rule, Counter())[str(judged.effect)] += 1
            if judged.effect is Effect.HARM:
                harm.append(
                    {
                        "page": name,
                        "rule": rule,
                        "before": edit.before,
                        "after": edit.after,
                        "context": judged.context,
                    }
                )
    applied = sum(found.total() for found in counts.values())
    return {
        "applied": applied,
        "sources": dict(sources),
        "harmful": proportion(len(harm), applied),
        "rules": {rule: dict(found) for rule, found in sorted(counts.items())},
        "harm": harm,
    }


def _damaged(texts: Sequence[str]) -> Iterator[tuple[str, Reading, str]]:
    rng = np.random.default_rng(SEED)
    for number, sound in enumerate(texts):
        yield f"text {number}", Reading.of_text(damaged(sound, rng), _READER), sound


def _pages(groups: Sequence[Set], readings: Readings) -> Iterator[tuple[str, Reading, str]]:
    for group in groups:
        for case, page in zip(group.cases, readings.of(group), strict=True):
            yield case.name, page.reading, case.truth_text


def _layers(data: Path) -> Iterator[tuple[str, Reading, str]]:
    for file, truths in LAYERS:
        document = pypdfium2.PdfDocument(data / file)  # type: ignore[no-untyped-call]  # has no types
        for number, page in enumerate(document, start=1):
            truth = data / truths.format(number)
            if truth.exists():
                text = page.get_textpage().get_text_bounded()
                yield truth.stem, Reading.of_text(text, _READER), truth.read_text("utf-8")
