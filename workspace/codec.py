"""Pages, findings and published texts as canonical JSON: equal nouns, equal bytes.

Every blob has a `schema` field with a version. Decoding checks everything that it builds, because a
blob may have been written by anybody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import islice, pairwise
from typing import Any, TypeVar

from ledger.canonical import canonical_json
from model.box import Box
from model.decision import AppliedEdit, Published
from model.edit import Edit, Expectation, Findings, Flag, Proposal, Safety, Span
from model.errors import DamagedBlob, WorkspaceError
from model.mark import Mark, MarkKind
from model.page import Line, Page, Quality, Reader, Reading
from model.quoted import quoted
from workspace import checked
from workspace.account_codec import account_in, account_out
from workspace.carried_codec import carried_in, carried_out
from workspace.evidence_codec import evidence_in, evidence_out
from workspace.preparation_codec import preparation_in, preparation_out
from workspace.region_codec import region_in, region_out

VERSIONS = {"page": 4, "findings": 3, "published": 2}
"""The version of each form.

Older forms are read for ever. page: 1 has no regions, no account, no marks and no rectification, and before 4 no
account has signs. findings: 1 holds its evidence as English sentences, and before 3 no page hands anything on.
published: 1 does not name the reading that the text was made from.
"""

_OLDEST = {"page": 1, "findings": 1, "published": 1}

JSON = dict[str, Any]
T = TypeVar("T")

_SCHEMA = re.compile(r"chamra/([a-z]+)/([0-9]+)")


def encode_page(page: Page) -> bytes:
    """A page with its readings. Boxes are one flat list: four numbers, or a null where there is none."""
    return _encode("page", {
        "document": page.document,
        "number": page.number,
        "image_sha256": page.image_sha256,
        "width": page.width,
        "height": page.height,
        "dpi": checked.normal(page.dpi),
        "quality": {
            "x_height": checked.normal(page.quality.x_height),
            "contrast": checked.normal(page.quality.contrast),
            "noise": checked.normal(page.quality.noise),
            "sharpness": checked.normal(page.quality.sharpness),
            "ink": checked.normal(page.quality.ink),
            "blank": page.quality.blank,
        },
        "preparation": preparation_out(page.preparation),
        "readings": [_reading_out(reading) for reading in page.readings],
        "regions": [region_out(region) for region in page.regions],
        "account": account_out(page.account),
    })  # fmt: skip


def decode_page(data: bytes) -> Page:
    """The page of a blob.

    Raises:
        DamagedBlob: it is not a page, or one that contradicts itself.
        WorkspaceError: another version of this program wrote it in another form.
    """
    return _decode("page", data, _page_in)


def encode_findings(findings: Findings) -> bytes:
    """All that the rules found in one reading."""
    return _encode("findings", {
        "reading_sha256": findings.reading_sha256,
        "proposals": [_proposal_out(proposal) for proposal in findings.proposals],
        "flags": [_flag_out(flag) for flag in findings.flags],
        "ruleset": findings.ruleset,
        "dictionaries": findings.dictionaries,
        "expected": _expected_out(findings.expected),
        "under": carried_out(findings.under),
        "hands_on": carried_out(findings.hands_on),
    })  # fmt: skip


def decode_findings(data: bytes) -> Findings:
    """The findings of a blob; raises as `decode_page` does."""
    return _decode("findings", data, _findings_in)


def encode_published(published: Published) -> bytes:
    """A published text with its edits."""
    return _encode("published", {
        "document": published.document,
        "page": published.page,
        "reading_sha256": published.reading_sha256,
        "page_blob": published.page_blob,
        "text": published.text,
        "edits": [{**_edit_out(one.edit), "finding": one.finding} for one in published.edits],
        "ledger_head": published.ledger_head,
    })  # fmt: skip


def decode_published(data: bytes) -> Published:
    """The published text of a blob; raises as `decode_page` does."""
    return _decode("published", data, _published_in)


def _encode(noun: str, body: JSON) -> bytes:
    return canonical_json({"schema": f"chamra/{noun}/{VERSIONS[noun]}", **body})


def _decode(noun: str, data: bytes, build: Callable[[JSON], T]) -> T:
    try:
        body = json.loads(data, parse_constant=checked.no_constant)
        schema = _SCHEMA.fullmatch(body["schema"])
        if schema is None or schema[1] != noun:
            raise ValueError(f"its schema is {quoted(body['schema'])}")  # noqa: TRY301 - one way out for all damage
        if not _OLDEST[noun] <= int(schema[2]) <= VERSIONS[noun]:
            newer = int(schema[2]) > VERSIONS[noun]
            raise WorkspaceError(
                f"A stored {noun} has version {schema[2]}; this program knows version {VERSIONS[noun]}.",
                remedy=f"Use the {'newer' if newer else 'older'} Chamra that wrote it"
                f"{'' if newer else ', or digitise the document in a new workspace'}.",
            )
        return build(body)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise DamagedBlob(
            f"A stored {noun} cannot be understood: {type(error).__name__}: {error}.",
            remedy="Run `chamra audit` to see what else is damaged; restore the workspace from a backup.",
        ) from error


def _reading_out(reading: Reading) -> JSON:
    return {
        "page": reading.page,
        "reader": {
            "name": reading.reader.name,
            "version": reading.reader.version,
            "settings": [list(pair) for pair in reading.reader.settings],
        },
        "text": reading.text,
        "spans": [end for line in reading.lines for end in (line.span.start, line.span.end)],
        "line_boxes": _boxes_out([line.box for line in reading.lines]),
        "boxes": _boxes_out(reading.boxes),
        "confidences": [None if value is None else checked.normal(value) for value in reading.confidences],
        "gaps": [None if value is None else checked.normal(value) for value in reading.gaps],
        "marks": [
            {
                "kind": mark.kind.value,
                "start": mark.span.start,
                "end": mark.span.end,
                "box": _boxes_out([mark.box]),
                **({"text": mark.text} if mark.text else {}),
            }
            for mark in reading.marks
        ],
    }


def _reading_in(body: JSON) -> Reading:
    reader = body["reader"]
    settings = tuple((checked.text(name), checked.text(value)) for name, value in reader["settings"])
    text = checked.text(body["text"])
    spans = _spans_in(body["spans"], len(text))
    line_boxes = _boxes_in(body["line_boxes"])
    return Reading(
        page=checked.whole(body["page"]),
        reader=Reader(checked.text(reader["name"]), checked.text(reader["version"]), settings),
        text=text,
        lines=tuple(Line(span, box) for span, box in zip(spans, line_boxes, strict=True)),
        boxes=_boxes_in(body["boxes"]),
        confidences=_reals_in(body["confidences"]),
        gaps=_reals_in(body["gaps"]),
        marks=tuple(_mark_in(one) for one in checked.rows(body.get("marks", []))),
    )


def _mark_in(body: JSON) -> Mark:
    (box,) = _boxes_in(body["box"])
    span = Span(checked.whole(body["start"]), checked.whole(body["end"]))
    return Mark(MarkKind(checked.text(body["kind"])), span, box, checked.text(body.get("text", "")))


def _page_in(body: JSON) -> Page:
    quality = body["quality"]
    page = Page(
        document=checked.text(body["document"]),
        number=checked.whole(body["number"]),
        image_sha256=checked.text(body["image_sha256"]),
        width=checked.whole(body["width"]),
        height=checked.whole(body["height"]),
        dpi=checked.real(body["dpi"]),
        quality=Quality(
            x_height=checked.real(quality["x_height"]),
            contrast=checked.real(quality["contrast"]),
            noise=checked.real(quality["noise"]),
            sharpness=checked.real(quality["sharpness"]),
            ink=checked.real(quality["ink"]),
            blank=checked.truth(quality["blank"]),
        ),
        readings=tuple(_reading_in(one) for one in checked.rows(body["readings"])),
        preparation=preparation_in(body["preparation"]),
        regions=tuple(region_in(row) for row in checked.rows(body.get("regions", []))),
        account=account_in(body.get("account")),
    )
    if not page.readings:
        raise ValueError("a page without a reading")
    return page


def _proposal_out(proposal: Proposal) -> JSON:
    return {
        "id": proposal.id,
        "rule": proposal.rule,
        "rule_version": proposal.rule_version,
        **_edit_out(proposal.edit),
        "message": proposal.message,
        "evidence": evidence_out(proposal.evidence),
        "confidence": checked.normal(proposal.confidence),
        "safety": proposal.safety.name,
        "alternatives": list(proposal.alternatives),
        "supersedes": list(proposal.supersedes),
        "people": proposal.people,
    }


def _proposal_in(body: JSON) -> Proposal:
    return Proposal(
        id=checked.text(body["id"]),
        rule=checked.text(body["rule"]),
        rule_version=checked.whole(body["rule_version"]),
        edit=_edit_in(body),
        message=checked.text(body["message"]),
        evidence=evidence_in(body["evidence"]),
        confidence=checked.real(body["confidence"]),
        safety=Safety[checked.text(body["safety"])],
        alternatives=checked.texts(body["alternatives"]),
        supersedes=checked.texts(body["supersedes"]),
        people=checked.people(body["people"]),
    )


def _flag_out(flag: Flag) -> JSON:
    return {
        "id": flag.id,
        "rule": flag.rule,
        "start": flag.span.start,
        "end": flag.span.end,
        "message": flag.message,
        "evidence": evidence_out(flag.evidence),
        "people": flag.people,
    }


def _flag_in(body: JSON) -> Flag:
    return Flag(
        id=checked.text(body["id"]),
        rule=checked.text(body["rule"]),
        span=Span(checked.whole(body["start"]), checked.whole(body["end"])),
        message=checked.text(body["message"]),
        evidence=evidence_in(body["evidence"]),
        people=checked.people(body["people"]),
    )


def _findings_in(body: JSON) -> Findings:
    proposals = tuple(_proposal_in(one) for one in checked.rows(body["proposals"]))
    flags = tuple(_flag_in(one) for one in checked.rows(body["flags"]))
    ids = {one.id for one in proposals} | {one.id for one in flags}
    if len(ids) != len(proposals) + len(flags):
        raise ValueError("two findings share an id")
    return Findings(
        reading_sha256=checked.text(body["reading_sha256"]),
        proposals=proposals,
        flags=flags,
        ruleset=checked.text(body["ruleset"]),
        dictionaries=checked.text(body["dictionaries"]),
        expected=_expected_in(body["expected"]),
        under=carried_in(body.get("under")),
        hands_on=carried_in(body.get("hands_on")),
    )


def _expected_out(expected: Expectation | None) -> JSON | None:
    if expected is None:
        return None
    return {
        "letters": expected.letters,
        "errors": checked.normal(expected.errors),
        "low": checked.normal(expected.low),
        "high": checked.normal(expected.high),
    }


def _expected_in(value: object) -> Expectation | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError(f"{quoted(value)} is no expectation")
    body: JSON = value
    return Expectation(
        checked.whole(body["letters"]),
        checked.real(body["errors"]),
        checked.real(body["low"]),
        checked.real(body["high"]),
    )


def _published_in(body: JSON) -> Published:
    names_its_reading = body["schema"] != "chamra/published/1"
    return Published(
        document=checked.text(body["document"]),
        page=checked.whole(body["page"]),
        reading_sha256=checked.text(body["reading_sha256"]) if names_its_reading else "",
        page_blob=checked.text(body["page_blob"]) if names_its_reading else "",
        text=checked.text(body["text"]),
        edits=tuple(
            AppliedEdit(_edit_in(one), checked.text(one["finding"])) for one in checked.rows(body["edits"])
        ),
        ledger_head=checked.text(body["ledger_head"]),
    )


def _edit_out(edit: Edit) -> JSON:
    return {"start": edit.span.start, "end": edit.span.end, "before": edit.before, "after": edit.after}


def _edit_in(body: JSON) -> Edit:
    return Edit(
        Span(checked.whole(body["start"]), checked.whole(body["end"])),
        checked.text(body["before"]),
        checked.text(body["after"]),
    )


def _boxes_out(boxes: tuple[Box | None, ...] | list[Box | None]) -> list[int | None]:
    flat: list[int | None] = []
    for box in boxes:
        if box is None:
            flat.append(None)
        else:
            flat += (box.left, box.top, box.right, box.bottom)
    return flat


def _boxes_in(flat: object) -> tuple[Box | None, ...]:
    if not set(map(type, numbers := checked.rows(flat))) <= {int, type(None)}:
        raise ValueError("a list of boxes holds something else")
    edges = iter(numbers)
    if None not in numbers and len(numbers) % 4 == 0:
        return tuple(map(Box, edges, edges, edges, edges))
    found: list[Box | None] = []
    for left in edges:
        rest = () if left is None else tuple(islice(edges, 3))
        if left is not None and (len(rest) < 3 or None in rest):
            raise ValueError(f"not a box: {(left, *rest)}")
        found.append(None if left is None else Box(left, *rest))
    return tuple(found)


def _spans_in(flat: object, size: int) -> tuple[Span, ...]:
    ends = [checked.whole(end) for end in checked.rows(flat)]
    if any(later < earlier for earlier, later in pairwise(ends)) or (ends and ends[-1] > size):
        raise ValueError("the lines do not follow each other within the text")
    return tuple(Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True))


def _reals_in(values: object) -> tuple[float | None, ...]:
    rows = checked.rows(values)
    if not {type(value) for value in rows} <= {float, int, type(None)}:
        raise ValueError("a list of numbers holds something else")
    return tuple(rows)
