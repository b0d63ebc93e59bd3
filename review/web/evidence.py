"""Evidence as it is drawn: places as a chain, the ink gap beside the line's usual one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from model.edit import Span
from model.evidence import Evidence
from model.page import Page
from reports.evidence_text import Language, sentence

_BACK = 4  # letters; spaces and marks have no gap of their own


def evidence_data(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Each reason in both languages: its source, and what it says and how strongly, of places the chain."""
    return [
        {
            "kind": str(one.kind),
            "en": _said(one, "en"),
            "th": _said(one, "th"),
        }
        for one in evidence
    ]


def _said(evidence: Evidence, language: Language) -> dict[str, Any]:
    said = sentence(evidence, language)
    measure = [f" ({said.measure})"] if said.measure else []
    return {
        "source": said.source,
        "parts": [p if isinstance(p, str) else list(p) for p in said.parts] + measure,
    }


def gap_data(page: Page, span: Span) -> dict[str, float] | None:
    """The ink gap at a space, or behind a letter that may lack one, and the usual one of its line, in pixels; None
    where the ink was not measured."""
    reading = page.reading
    here = next(
        (
            gap
            for at in range(span.end - 1, max(-1, span.end - 1 - _BACK), -1)
            if (gap := reading.gaps[at]) is not None
        ),
        None,
    )
    start = reading.text.rfind("\n", 0, span.start) + 1
    end = reading.text.find("\n", span.end)
    line = [gap for gap in reading.gaps[start : None if end < 0 else end] if gap is not None]
    if here is None or not line:
        return None
    return {"here": round(here, 1), "usual": round(median(line), 1), "most": round(max(*line, here), 1)}
