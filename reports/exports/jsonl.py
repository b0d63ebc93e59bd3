"""JSON Lines: one object a page, the text with all that stands behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from model.box import Box
from model.decision import Decision
from model.edit import text_sha256
from model.publication import Edition
from model.state import PageState, Stage
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutPage, laid_out
from reports.text_layers import LayerPage

SCHEMA = "chamra/export-jsonl/3"


def pieces(edition: Edition) -> Iterator[str]:
    """One line of JSON for each page (docs/schemas/export-jsonl.json), pages without a text included.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    for page, state in zip(laid_out(edition), edition.state.pages, strict=True):
        yield json.dumps(page_object(edition, page, state), ensure_ascii=False) + "\n"


def page_object(edition: Edition, page: LaidOutPage, now: PageState) -> dict[str, Any]:
    """One page as a JSON object: text, lines and letters with boxes, edits with rule, person and time; of a published
    page all as it was signed. `now` is where the page stands now."""
    source = page.source
    publication = source.publication
    text = None if source.page is None else source.text
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "document": {"id": edition.state.id, "name": edition.state.name},
        "page": page.number,
        "layer": edition.layer,
        "stage": str(now.stage if publication is None else Stage.PUBLISHED),
        "text": text,
        "text_sha256": None if text is None else text_sha256(text),
    }
    if source.page is None:
        found["reason"] = now.failed.reason if now.failed else ""
        found["waived"] = _decision(now.waived) if now.waived else None
        return found
    read = source.page
    reader = read.reading.reader
    found |= {
        "reading": {
            "reader": reader.name,
            "version": reader.version,
            "settings": dict(reader.settings),
            "text_sha256": read.reading.sha256,
        },
        "image": {"sha256": read.image_sha256, "width": read.width, "height": read.height, "dpi": read.dpi},
        "signed": _signed(source.state) if publication else None,
        "ledger_head": publication.published.ledger_head if publication else None,
        "lines": _lines(page),
        "edits": _edits(source),
        "pictures": [{"box": _box(mark.box), "text": mark.text} for mark in page.pictures],
    }
    return found


def _signed(page: PageState) -> dict[str, Any] | None:
    signoff = page.signoff
    if signoff is None:
        return None
    return {"who": signoff.who.name, "account": signoff.who.account, "claimed": signoff.who.claimed,
            "when": signoff.when, "policy": signoff.policy, "key": signoff.key or None}  # fmt: skip


def _lines(page: LaidOutPage) -> list[dict[str, Any]]:
    """The lines that have text; an edit over a line end makes one line of several printed ones."""
    lines: list[dict[str, Any]] = []
    at = 0
    raw = page.source.page.reading.text if page.source.page else ""
    for line in page.lines:
        text = line.text
        if text.strip() or raw[line.raw.start : line.raw.end].strip():
            lines.append(
                {
                    "start": at,
                    "end": at + len(text),
                    "text": text,
                    "raw_start": line.raw.start,
                    "raw_end": line.raw.end - (1 if raw[line.raw.start : line.raw.end].endswith("\n") else 0),
                    "box": _box(line.box),
                    "boxes": [_box(one.box) for one in line.characters],
                    "confidences": [one.confidence for one in line.characters],
                }
            )
        at += len(text) + 1
    return lines


def _box(box: Box | None) -> list[int] | None:
    return None if box is None else [box.left, box.top, box.right, box.bottom]


def _edits(source: LayerPage) -> list[dict[str, Any]]:
    state = source.state
    findings = {finding.id: finding for finding in state.all_findings}
    edits: list[dict[str, Any]] = []
    shift = 0
    for applied in sorted(source.edits, key=lambda applied: applied.edit.span):
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
