"""Where documents stand, for `chamra status`: one object for programs, one table for people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from model.account import Account
from model.counted import counted
from model.decision import SignOff
from model.edit import Finding, Safety
from model.state import DocumentState, Outcome, PageState, Stage
from model.visible import in_a_row
from reports.keying_agreement import KeyingAgreement, agreement_object
from reports.letters import safe_text, visible
from reports.precision import RulePrecision, precision_object
from reports.reading_trust import ReaderTrust, trust_object
from reports.scorecard import FamilyScore, PageScore, Scorecard, scorecard
from reports.words import STAGES, attested

SCHEMA = "chamra/status/1"

_LISTED = 10
"""Findings of a page that the terminal lists; the rest is counted."""

_STYLES = {
    Stage.MISSING: "red",
    Stage.FAILED: "bold red",
    Stage.WAIVED: "yellow",
    Stage.WAITING: "yellow",
    Stage.DECIDED: "cyan",
    Stage.COUNTERSIGN: "yellow",
    Stage.SIGNED: "green",
    Stage.PUBLISHED: "bold green",
}


def status_object(states: Sequence[DocumentState]) -> dict[str, Any]:
    """All documents with their pages, as the JSON object `chamra/status/1` (docs/schemas/status.json)."""
    return {"schema": SCHEMA, "documents": [_document(state) for state in states]}


def _document(state: DocumentState) -> dict[str, Any]:
    card = scorecard(state)
    return {
        "id": state.id,
        "name": state.name,
        "path": state.path,
        "kind": state.kind,
        "page_count": state.page_count,
        "requested": len(state.pages),
        "read": card.read,
        "blank": card.blank,
        "stages": {str(stage): card.stages[stage] for stage in Stage},
        "letters": card.letters,
        "proposals": card.proposals,
        "flags": card.flags,
        "waiting": card.waiting,
        "mean_confidence": card.mean_confidence,
        "low_confidence_share": card.low_share,
        "families": {family.family: _family(family) for family in card.families},
        "rules": {one.rule: precision_object(one) for one in card.rules},
        "keying": agreement_object(card.keying),
        "reviewers": [trust_object(one) for one in card.trust],
        "pages": [
            _page(score, page.signoff)
            | {
                "earlier_decisions": _earlier(page),
                "open": [_open(page, finding) for finding in _waiting(page)],
            }
            for score, page in zip(card.pages, state.pages, strict=True)
        ],
    }


def _family(family: FamilyScore) -> dict[str, Any]:
    return {
        "findings": family.findings,
        "levels": {level.name.lower(): family.by_safety[level] for level in Safety},
        "outcomes": {str(outcome): family.by_outcome[outcome] for outcome in Outcome},
    }


def _signed(signoff: SignOff | None) -> dict[str, Any] | None:
    if signoff is None:
        return None
    return {
        "who": signoff.who.name,
        "account": signoff.who.account,
        "when": signoff.when,
        "key": signoff.key or None,
    }


def _page(page: PageScore, signoff: SignOff | None) -> dict[str, Any]:
    quality = page.quality
    return {
        "number": page.number,
        "stage": str(page.stage),
        "reason": page.reason,
        "blank": page.blank,
        "lines": page.lines,
        "letters": page.letters,
        "proposals": page.proposals,
        "flags": page.flags,
        "waiting": page.waiting,
        "mean_confidence": page.mean_confidence,
        "low_confidence_share": page.low_share,
        "signed": _signed(signoff),
        "expected_errors": None
        if page.expected is None
        else {"likely": page.expected.errors, "low": page.expected.low, "high": page.expected.high},
        "ink": _ink(page.account),
        "quality": None
        if quality is None
        else {
            "x_height": quality.x_height,
            "contrast": quality.contrast,
            "noise": quality.noise,
            "sharpness": quality.sharpness,
            "ink": quality.ink,
        },
    }


def _ink(account: Account | None) -> dict[str, Any] | None:
    """What of the page's ink is in its text."""
    if account is None:
        return None
    return {
        "located": account.located,
        "share": None if account.share is None else round(account.share, 5),
        "missing": len(account.missing),
        "unseen": len(account.unseen),
    }


def _earlier(page: PageState) -> dict[str, int]:
    """What has become of decisions about earlier readings of the page."""
    lapsed = len(page.lapsed) - page.conflicts
    return {"carried": page.carried, "conflicts": page.conflicts, "lapsed": lapsed}


def _page_words(page: PageState) -> str:
    """How the signature is known, and what has become of earlier decisions, in words; empty where nothing is to say."""
    counts = _earlier(page)
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    words = [attested(page.signoff)] if page.signoff else []
    return "; ".join([*words, f"earlier decisions: {said}"] if said else words)


def _waiting(page: PageState) -> list[Finding]:
    """What still needs a person, in order of place."""
    waits = set(page.open_findings)
    return [finding for finding in page.all_findings if finding.id in waits]


def _open(page: PageState, finding: Finding) -> dict[str, Any]:
    span = finding.span
    return {
        "id": finding.id,
        "page": page.number,
        "rule": finding.rule,
        "outcome": str(page.outcomes[finding.id]),
        "people": page.people.get(finding.id, 1),
        "start": span.start,
        "end": span.end,
        "before": page.page.reading.text[span.start : span.end] if page.page else "",
        "after": finding.after,
        "confidence": finding.confidence,
        "message": finding.message,
    }


def show_status(state: DocumentState, console: Console | None = None) -> None:
    """Print where a document stands, page by page."""
    (console or Console()).print(_one(state))


def _loud(count: int, style: str) -> Text:
    return Text(str(count), style=style if count else "")


def _one(state: DocumentState) -> RenderableType:
    card = scorecard(state)
    head = Text.assemble(
        (in_a_row(safe_text(state.name)), "bold"),
        f"\n{state.kind} of {counted(state.page_count, 'page')}, id {state.id[:12]}\n",
        f"{card.read} of {counted(len(card.pages), 'page')} read, {counted(card.letters, 'letter')}, "
        f"{counted(card.proposals, 'proposal')}, {counted(card.flags, 'flag')}, ",
        (
            f"{card.waiting:,} {'waits' if card.waiting == 1 else 'wait'} for a person",
            "yellow" if card.waiting else "green",
        ),
    )
    if card.keying is not None:
        head.append(f"\n{_keying_words(card.keying)}")
    tables = [_pages_table(card, {page.number: _page_words(page) for page in state.pages})]
    if card.families:
        tables.append(_families_table(card))
    broken = [one for one in card.rules if not one.kept]
    if broken:
        tables.append(broken_promises(broken))
    if card.trust:
        tables.append(trust_table(card.trust))
    if card.waiting:
        tables.append(_waiting_table(state))
    return Group(head, *tables)


def _keying_words(found: KeyingAgreement) -> str:
    """How far two people agree who typed numbers and names, in a sentence."""
    kappa = "" if found.kappa is None else f" (kappa {found.kappa:.2f})"
    likely, low, high = found.errors
    return (
        f"numbers and names typed by two people: {found.typed}, alike: {found.agreed}{kappa}; "
        f"{counted(found.found, 'error')} found so, {likely:.1f} expected ({low:.1f}–{high:.1f})"
    )


def trust_table(reviewers: Sequence[ReaderTrust]) -> Table:
    """How many wrong letters each reviewer passes over, as letters tell that were changed on purpose."""
    table = Table(title="Letters changed on purpose", title_justify="left", header_style="bold")
    table.add_column("Reviewer")
    for name in ("Caught", "Missed", "Miss rate (95 %)", "Found unmarked", "Left, as expected"):
        table.add_column(name, justify="right")
    for one in reviewers:
        low, high = one.interval
        rest, least, most = one.rest
        left = "?" if rest is None else f"{rest:.1f} ({least:.1f}–{'?' if most is None else f'{most:.1f}'})"
        table.add_row(
            safe_text(f"{one.name} ({one.account})"),
            str(one.caught),
            str(one.missed),
            f"{one.rate:.0%} ({low:.0%}–{high:.0%})",
            str(one.found),
            left,
        )
    return table


def _waiting_table(state: DocumentState) -> Table:
    table = Table(title="Waits for a person", title_justify="left", header_style="bold")
    table.add_column("Page", justify="right")
    table.add_column("Id", no_wrap=True)
    for name in ("Rule", "Change", "Why"):
        table.add_column(name, overflow="fold")
    for page in state.pages:
        for finding in _waiting(page)[:_LISTED]:
            row = _open(page, finding)
            change = visible(row["before"]) + ("" if row["after"] is None else f" → {visible(row['after'])}")
            second = " (needs two people)" if row["people"] > 1 else ""
            table.add_row(
                str(page.number), finding.id, finding.rule, Text(change), Text(finding.message + second)
            )
        more = len(page.open_findings) - _LISTED
        if more > 0:
            table.add_row(str(page.number), "", "", "", f"and {more} more; the report and --json list all")
    return table


def _pages_table(card: Scorecard, notes: Mapping[int, str]) -> Table:
    table = Table(header_style="bold")
    table.add_column("Page", justify="right")
    table.add_column("Stage")
    for name in ("Letters", "Findings", "Wait", "Errors expected", "Ink in text"):
        table.add_column(name, justify="right")
    table.add_column("Note", overflow="fold")
    for page in card.pages:
        expected = page.expected
        errors = "" if expected is None else f"{expected.errors:.0f} ({expected.low:.0f}–{expected.high:.0f})"
        table.add_row(
            str(page.number),
            Text(STAGES[page.stage], style=_STYLES[page.stage]),
            f"{page.letters:,}",
            str(page.proposals + page.flags),
            _loud(page.waiting, "yellow"),
            errors,
            _ink_cell(page.account),
            Text(safe_text(page.reason) or notes[page.number] or ("blank" if page.blank else "")),
        )
    return table


def _ink_cell(account: Account | None) -> Text:
    if account is None or account.share is None:
        return Text("")
    places = f", {account.open_places} open" if account.open_places else ""
    return Text(f"{math.floor(10_000 * account.share) / 100:.2f} %{places}", style="yellow" if places else "")


def broken_promises(rules: Sequence[RulePrecision]) -> Table:
    """The rules that reviewers reject more often than the rules have promised."""
    table = Table(title="Rules that do not keep their promise", title_justify="left", header_style="bold")
    for name in ("Rule", "Right", "Promised", "Level", "`chamra learn` makes it"):
        table.add_column(name)
    for one in rules:
        table.add_row(
            one.rule,
            f"{one.right} of {one.decided}",
            f"{one.promised:.0%}",
            one.level.name.lower(),
            Text(one.lowered.name.lower(), style="yellow"),
        )
    return table


def _families_table(card: Scorecard) -> Table:
    table = Table(header_style="bold")
    table.add_column("Family")
    for level in reversed(Safety):
        table.add_column(level.name.capitalize(), justify="right")
    for name in ("Wait", "Accepted", "Rejected"):
        table.add_column(name, justify="right")
    for family in card.families:
        outcomes = family.by_outcome
        table.add_row(
            family.family,
            *(str(family.by_safety[level] or "") for level in reversed(Safety)),
            str(sum(outcomes[o] for o in (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)) or ""),
            str(sum(outcomes[o] for o in (Outcome.ACCEPTED, Outcome.EDITED, Outcome.ACKNOWLEDGED)) or ""),
            str(outcomes[Outcome.REJECTED] or ""),
        )
    return table
