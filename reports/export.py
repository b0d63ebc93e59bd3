"""The published text of a document with its provenance: plain text, and one JSON object a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from correction.layers import layer as correction_layer
from model.decision import PAGE_BREAK, Decision, Published
from model.edit import text_sha256
from model.errors import GateError
from model.page import Page
from model.state import DocumentState, PageState, Stage
from reports.lines import Row, rows

SCHEMA = "chamra/export-jsonl/1"
Layer = Literal["raw", "safe", "proposed", "published"]


def layer_pages(
    state: DocumentState, layer: Layer, published: Mapping[int, Published] | None = None
) -> Iterator[str]:
    """The pages of one layer in order; a page without text (failed, waived, not read) is empty.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor waived.
    """
    if layer == "published":
        require_published(state, published or {})
    for page in state.pages:
        if layer == "published":
            found = (published or {}).get(page.number)
            yield found.text if found else ""
        elif page.page is None:
            yield ""
        elif layer == "raw" or page.findings is None:
            yield page.page.reading.text
        else:
            yield correction_layer(page.page.reading.text, page.findings.proposals, layer)


def export_text(state: DocumentState, published: Mapping[int, Published]) -> Iterator[str]:
    """The published text with a form feed between pages; a waived page is an empty one.

    Raises:
        GateError: a page is neither published nor waived.
    """
    for index, text in enumerate(layer_pages(state, "published", published)):
        if index:
            yield PAGE_BREAK
        yield text


def export_jsonl(state: DocumentState, published: Mapping[int, Published]) -> Iterator[str]:
    """One line of JSON for each page (docs/schemas/export-jsonl.json), waived pages included.

    Raises:
        GateError: a page is neither published nor waived.
    """
    require_published(state, published)
    for page in state.pages:
        yield json.dumps(page_object(state, page, published.get(page.number)), ensure_ascii=False) + "\n"


def require_published(state: DocumentState, published: Mapping[int, Published]) -> None:
    """Refuse a document of which a page is neither published nor waived."""
    lacking = [p.number for p in state.pages if p.number not in published and p.stage is not Stage.WAIVED]
    if lacking or not state.pages:
        which = ", ".join(map(str, lacking[:20])) + (" and more" if len(lacking) > 20 else "")
        raise GateError(
            f"{state.name}: page {which} is not published." if lacking else f"{state.name} has no pages.",
            remedy="Review and sign what waits (`chamra status` lists it), then run `chamra publish`.",
        )


def page_object(state: DocumentState, page: PageState, published: Published | None) -> dict[str, Any]:
    """One page as a JSON object: text, lines with boxes, edits with rule, person and time."""
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "document": {"id": state.id, "name": state.name},
        "page": page.number,
        "stage": str(Stage.PUBLISHED if published else page.stage),
        "text": published.text if published else None,
        "text_sha256": text_sha256(published.text) if published else None,
    }
    if published is None or page.page is None:
        found["reason"] = page.failed.reason if page.failed else ""
        found["waived"] = _decision(page.waived) if page.waived else None
        return found
    reading = page.page.reading
    all_rows = rows(reading.text, [applied.edit for applied in published.edits])
    found |= {
        "reading": {"reader": str(reading.reader), "text_sha256": reading.sha256},
        "image": {
            "sha256": page.page.image_sha256,
            "width": page.page.width,
            "height": page.page.height,
            "dpi": page.page.dpi,
        },
        "signed": _signed(page),
        "ledger_head": published.ledger_head,
        "lines": _lines(page.page, all_rows),
        "edits": _edits(page, published),
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


def _edits(page: PageState, published: Published) -> list[dict[str, Any]]:
    findings = {finding.id: finding for finding in page.all_findings}
    edits: list[dict[str, Any]] = []
    shift = 0
    for applied in sorted(published.edits, key=lambda applied: applied.edit.span):
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
                "decisions": [_decision(d) for d in page.decisions.get(applied.finding, ())],
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
