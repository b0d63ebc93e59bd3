"""JSON Lines: one object a page, the text with all that stands behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from model.decision import Decision
from model.edit import text_sha256
from model.page import Page
from model.publication import Edition, PublishedPage
from model.state import DocumentState, PageState, Stage
from reports.export_format import ExportFormat
from reports.lines import Row, rows
from reports.text_layers import require_published

SCHEMA = "chamra/export-jsonl/1"


def pieces(edition: Edition) -> Iterator[str]:
    """One line of JSON for each page (docs/schemas/export-jsonl.json), pages that were left out included.

    Raises:
        GateError: a page is neither published nor left out.
    """
    require_published(edition)
    for page in edition.state.pages:
        found = page_object(edition.state, page, edition.published.get(page.number))
        yield json.dumps(found, ensure_ascii=False) + "\n"


def page_object(state: DocumentState, page: PageState, publication: PublishedPage | None) -> dict[str, Any]:
    """One page as a JSON object: text, lines with boxes, edits with rule, person and time; all as it was signed."""
    text = None if publication is None else publication.published.text
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "document": {"id": state.id, "name": state.name},
        "page": page.number,
        "stage": str(page.stage if publication is None else Stage.PUBLISHED),
        "text": text,
        "text_sha256": None if text is None else text_sha256(text),
    }
    if publication is None:
        found["reason"] = page.failed.reason if page.failed else ""
        found["waived"] = _decision(page.waived) if page.waived else None
        return found
    read = publication.page
    all_rows = rows(read.reading.text, [applied.edit for applied in publication.published.edits])
    found |= {
        "reading": {"reader": str(read.reading.reader), "text_sha256": read.reading.sha256},
        "image": {"sha256": read.image_sha256, "width": read.width, "height": read.height, "dpi": read.dpi},
        "signed": _signed(publication.state),
        "ledger_head": publication.published.ledger_head,
        "lines": _lines(read, all_rows),
        "edits": _edits(publication),
    }
    return found


def _signed(page: PageState) -> dict[str, Any] | None:
    signoff = page.signoff
    if signoff is None:
        return None
    return {"who": signoff.who.name, "account": signoff.who.account, "claimed": signoff.who.claimed,
            "when": signoff.when, "policy": signoff.policy}  # fmt: skip


def _lines(page: Page, all_rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    """Rows of the page that have text; an edit over a line end makes one row of several printed lines."""
    lines: list[dict[str, Any]] = []
    at = 0
    for row in all_rows:
        text = row.corrected
        if text.strip() or row.raw.strip():
            box = page.reading.box_of(row.span)
            lines.append(
                {
                    "start": at,
                    "end": at + len(text.rstrip("\n")),
                    "text": text.rstrip("\n"),
                    "raw_start": row.span.start,
                    "raw_end": row.span.end - (1 if row.raw.endswith("\n") else 0),
                    "box": [box.left, box.top, box.right, box.bottom] if box else None,
                }
            )
        at += len(text)
    return lines


def _edits(publication: PublishedPage) -> list[dict[str, Any]]:
    state = publication.state
    findings = {finding.id: finding for finding in state.all_findings}
    edits: list[dict[str, Any]] = []
    shift = 0
    for applied in sorted(publication.published.edits, key=lambda applied: applied.edit.span):
        edit = applied.edit
        finding = findings.get(applied.finding)
        start = edit.span.start + shift
        edits.append(
            {
                "start": start,
                "end": start + len(edit.after),
                "raw_start": edit.span.start,
                "raw_end": edit.span.end,
                "before": edit.before,
                "after": edit.after,
                "finding": applied.finding,
                "rule": finding.rule if finding else None,
                "rule_version": finding.rule_version if finding else None,
                "message": finding.message if finding else None,
                "decisions": [_decision(d) for d in state.decisions.get(applied.finding, ())],
            }
        )
        shift += len(edit.after) - len(edit.before)
    return edits


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "verdict": str(decision.verdict),
        "after": decision.after,
        "who": decision.who.name,
        "account": decision.who.account,
        "claimed": decision.who.claimed,
        "how": decision.how,
        "when": decision.when,
        "note": decision.note,
    }


EXPORT = ExportFormat(
    name="jsonl",
    extension=".jsonl",
    description="JSON Lines: one object a page, each edit with its rule, people and times, each line with its box.",
    pieces=pieces,
)
