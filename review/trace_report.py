"""A trace as JSON and as lines for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from model.decision import Decision, Who
from reports.letters import safe_text, visible
from reports.words import attested
from review.trace import Trace, TracedFinding, TracedSignOff
from review.trace_readers import ReaderThere

SCHEMA = "chamra/trace/1"


def trace_object(found: Trace) -> dict[str, Any]:
    """The trace as one object; its schema is `docs/schemas/trace.json`."""
    box = found.box
    return {
        "schema": SCHEMA,
        "document": {"id": found.document, "name": found.name, "path": found.path},
        "page": found.page,
        "layer": found.layer,
        "offset": found.offset,
        "character": found.character,
        "line": found.line,
        "image": {
            "sha256": found.image_sha256,
            "dpi": found.dpi,
            "box": None if box is None else [box.left, box.top, box.right, box.bottom],
        },
        "reading": {
            "record": found.reading_record,
            "reader": found.reader,
            "others": [{"reader": one.reader, "text": one.text, "gave": one.gave} for one in found.readers],
            "start": found.raw.start,
            "end": found.raw.end,
            "text": found.read,
            "confidence": found.confidence,
        },
        "edit": None if found.edit is None else {"before": found.edit.before, "after": found.edit.after},
        "ruleset": found.ruleset,
        "dictionaries": found.dictionaries,
        "findings_record": found.findings_record,
        "findings": [_finding(one) for one in found.findings],
        "signoff": None if found.signoff is None else _signoff(found.signoff),
        "published_record": found.published_record,
        "anchors": [
            {
                "path": str(one.path),
                "record": one.anchor.seq,
                "head": one.anchor.head,
                "when": one.anchor.when,
            }
            for one in found.anchors
        ],
    }


def _finding(one: TracedFinding) -> dict[str, Any]:
    finding = one.finding
    return {
        "id": finding.id,
        "applied": one.applied,
        "rule": finding.rule,
        "rule_version": finding.rule_version,
        "level": finding.safety.name.lower(),
        "after": finding.after,
        "message": finding.message,
        "evidence": [item.object for item in finding.evidence],
        "decisions": [_decision(traced.record, traced.decision) for traced in one.decisions],
    }


def _decision(record: int, decision: Decision) -> dict[str, Any]:
    return {
        "record": record,
        "verdict": str(decision.verdict),
        "after": decision.after,
        "who": _who(decision.who),
        "how": decision.how,
        "when": decision.when,
        "note": decision.note,
    }


def _signoff(one: TracedSignOff) -> dict[str, Any]:
    revoked = one.revoked
    return {
        "record": one.record,
        "who": _who(one.signoff.who),
        "when": one.signoff.when,
        "policy": one.signoff.policy,
        "key": one.signoff.key or None,
        "ledger_head": one.signoff.ledger_head,
        "text_sha256": one.signoff.text_sha256,
        "revoked": None
        if revoked is None
        else {"who": _who(revoked.who), "when": revoked.when, "reason": revoked.reason},
    }


def _who(who: Who) -> dict[str, Any]:
    known = None if who.known is None else who.known.value
    return {"name": who.name, "account": who.account, "claimed": who.claimed, "known": known}


def trace_text(found: Trace) -> str:
    """The trace in lines for a terminal."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Trace) -> Iterator[str]:
    name = unicodedata.name(found.character, "unnamed").lower()
    shown = f"{visible(found.character)}  U+{ord(found.character):04X} {name}"
    yield f"character {found.offset} of the {found.layer} text of page {found.page}: {shown}"
    yield f"  line      {safe_text(found.line)}"
    yield f"  source    {found.document}  {safe_text(found.name)}"
    place = "no box" if found.box is None else (
        f"pixels {found.box.left},{found.box.top} to {found.box.right},{found.box.bottom}"
    )  # fmt: skip
    yield f"  image     {found.image_sha256 or 'none'}, {place}, {found.dpi:g} dpi"
    sure = "" if found.confidence is None else f", confidence {found.confidence:.0%}"
    yield (
        f"  read      {visible(found.read)} at {found.raw.start}..{found.raw.end} by {found.reader}{sure} "
        f"(record {found.reading_record})"
    )
    for reader in found.readers:
        yield f"    {_there(reader)}"
    if found.edit is None:
        yield "  edited    no: it stands as it was read"
    else:
        yield f"  edited    {visible(found.edit.before)} -> {visible(found.edit.after) or 'nothing'}"
    for finding in found.findings:
        yield from _finding_lines(finding)
    yield f"  rules     {found.ruleset}, dictionaries {found.dictionaries} (record {found.findings_record})"
    yield from _signed_lines(found)


def _there(one: ReaderThere) -> str:
    if one.text is None:
        return f"{one.reader} was not asked about this line"
    told = visible(one.text) if one.text else "nothing"
    return f"{one.reader} read {told} there" + (", and so it stands" if one.gave else "")


def _finding_lines(one: TracedFinding) -> Iterator[str]:
    finding = one.finding
    version = f" version {finding.rule_version}" if finding.rule_version is not None else ""
    said = "made it" if one.applied else "spoke of this place"
    yield f"  finding   {finding.id} of {finding.rule}{version} {said}: {safe_text(finding.message)}"
    for traced in one.decisions:
        made = traced.decision
        text = "" if made.after is None else f" {visible(made.after)}"
        note = f": {safe_text(made.note)}" if made.note else ""
        who = f"{_named(made.who)}, {made.how}, {made.when} (record {traced.record})"
        yield f"    {made.verdict}{text} by {who}{note}"


def _signed_lines(found: Trace) -> Iterator[str]:
    if found.signoff is None:
        yield "  signed    no"
        return
    signoff, revoked = found.signoff.signoff, found.signoff.revoked
    who = f"{_named(signoff.who)}, {signoff.when}, policy {signoff.policy}, {attested(signoff)}"
    yield f"  signed    {who} (record {found.signoff.record})"
    if revoked is not None:
        yield f"  revoked   {_named(revoked.who)}, {revoked.when}: {safe_text(revoked.reason)}"
    if found.published_record:
        yield f"  published record {found.published_record}"
    for one in found.anchors:
        yield f"  anchored  record {one.anchor.seq} ({one.anchor.when}) in {one.path}"
    if not found.anchors:
        yield "  anchored  not yet"


def _named(who: Who) -> str:
    claimed = ", claimed" if who.claimed else ""
    return f"{safe_text(who.name)} (account {who.account}{claimed})"
