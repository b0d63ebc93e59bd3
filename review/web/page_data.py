"""One page as the browser shows it: lines, findings, places, what may be signed. Plain values for JSON.

Nothing in it is an offset into text: a browser counts in UTF-16. What is shown has been made safe to read;
what a person may edit (`original`, `proposed`, `alternatives`) is the text itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from correction.in_force import newest_by_account, wording_of
from ledger.history import PageHistory, read_history
from model.decision import Decision, Verdict
from model.edit import Edit, Finding, Span, text_sha256
from model.errors import BadInput, DamagedBlob
from model.page import Page
from model.state import TO_SIGN, Outcome, PageState
from reports.ink_account import account_words, ink_boxes
from reports.letters import code_points, safe_text, visible
from reports.lines import Row, row_at
from reports.scorecard import family_of
from reports.words import LEVELS, WAITING
from review.own_text import current_rows, row_text
from review.samples import Sampled, sampled
from review.seeded_page import Shown, shown_rows
from review.sign import SAFE_POLICY, obstacle_of
from review.state import page_state_of
from review.web.evidence import evidence_data, gap_data
from review.web.pictures import Picture, Pictures
from review.web.text_lines import runs, surroundings
from workspace.workspace import Workspace

Json = dict[str, Any]

# The same letters are asked for after every decision on the page.
_named = lru_cache(maxsize=4096)(code_points)

_NEAR = 4  # letters shown on each side of an alternative


def page_data(
    ws: Workspace, pictures: Pictures, document: str, number: int, account: str, *, decides: bool = True
) -> Json:
    """A page as this account may see it now; `decides` is false for those who only read.

    Raises:
        BadInput: there is no such document or page.
        DamagedBlob, LedgerError: something that was kept is damaged.
    """
    seq = ws.ledger.head().seq
    past = read_history(ws.ledger, document, upto=seq, page=number)
    if number not in past.pages:
        raise BadInput(f"{safe_text(past.name)} has no page {number} that was asked for.")
    history = past.pages[number]
    state = page_state_of(ws.store, history)
    picture, problem = _picture(pictures, history, state.page)
    lines, places = _lines(state, picture)
    otherwise = shown_rows(ws, history, state, document, account) if decides else {}
    for index, (text, _) in otherwise.items():
        lines[index] |= {"text": text, "runs": [[safe_text(text), ""]]}
    found = [
        finding_data(one, state, history, account, decides=decides) | places.get(one.id, _NOWHERE)
        for one in state.all_findings
    ]
    return {
        "document": document,
        "page": number,
        "seq": seq,
        "stage": str(state.stage),
        "reason": safe_text(state.failed.reason) if state.failed else "",
        "picture": picture and {"width": picture.width, "height": picture.height, "key": picture.key},
        "picture_problem": problem,
        "ink": None
        if state.page is None
        else {
            "en": account_words(state.page.account, "en"),
            "th": account_words(state.page.account, "th"),
        },
        "lines": lines,
        "text_sha256": text_sha256(state.shown_text),
        "findings": found,
        "returned": [
            {
                "name": safe_text(one.who.name),
                "account": safe_text(one.who.account),
                "when": one.when,
                "note": safe_text(one.note),
            }
            for one in state.returned
        ],
        "earlier": {"carried": state.carried, "conflicts": state.conflicts},
        "lapsed": [decision_data(one, account) for one in state.lapsed],
        "sign": _sign_data(state, account)
        | {"sample": [_sample_data(one, picture, otherwise) for one in sampled(state)]},
    }


_NOWHERE: Json = {"line": None, "crop": None, "places": []}


def _picture(pictures: Pictures, history: PageHistory, page: Page | None) -> tuple[Picture | None, str]:
    if page is None or history.page is None:
        return None, ""
    try:
        return pictures.of(history.page.event.blob, page), ""
    except DamagedBlob as error:
        return None, str(error)


def _lines(state: PageState, picture: Picture | None) -> tuple[list[Json], dict[str, Json]]:
    """The rows of the page's text, and where each finding lies: its row, the lines around it, its boxes."""
    if state.page is None:
        return [], {}
    by_edit: Mapping[Edit, str] = {one.edit: one.finding for one in state.shown}
    changed = set(by_edit.values())
    about = [
        (one.span, one.id)
        for one in state.all_findings
        if one.id not in changed and state.outcomes.get(one.id) is not Outcome.BEATEN
    ]
    found = current_rows(state)
    lines = [_line(row, by_edit, about, picture) for row in found]
    places: dict[str, Json] = {}
    for one in state.all_findings:
        span = one.span
        index = row_at(found, span)
        if index is not None:
            places[one.id] = {"line": index} | _places(one, found[index], picture)
    return lines, places


def _line(
    row: Row, by_edit: Mapping[Edit, str], about: Sequence[tuple[Span, str]], picture: Picture | None
) -> Json:
    near = [one for one in about if one[0].overlaps(row.span)]
    return {
        "text": row_text(row),
        "runs": [[run.text, run.finding] for run in runs(row, by_edit, near)],
        "boxes": [] if picture is None else [box for line in row.lines if (box := picture.line(line))],
    }


def _places(finding: Finding, row: Row, picture: Picture | None) -> Json:
    if picture is None:
        return {"crop": None, "places": []}
    span = finding.span
    ink = [box for one in ink_boxes(finding) if (box := picture.box(one))]
    touched = [line for line in row.lines if span.overlaps(line)] or list(row.lines[:1])
    crops = [*(box for line in touched if (box := picture.line(line))), *ink]
    parts = [Span(max(span.start, line.start), min(span.end, line.end)) for line in touched
             if span.overlaps(line)] or [span]  # fmt: skip
    crop = None
    if crops:
        lefts, tops, rights, bottoms = zip(*crops, strict=True)
        crop = [min(lefts), min(tops), max(rights), max(bottoms)]
    return {"crop": crop, "places": ink or [box for part in parts if (box := picture.span(part))]}


def finding_data(
    finding: Finding,
    state: PageState,
    history: PageHistory,
    account: str,
    *,
    decides: bool = True,
) -> Json:
    """A finding as this account may see it: of a fact that two must agree on, the second one sees what the
    first has decided only after deciding."""
    outcome = state.outcomes.get(finding.id, Outcome.OPEN)
    decisions = state.decisions.get(finding.id, ())
    span = finding.span
    text = state.page.reading.text if state.page else ""
    original = text[span.start : span.end]
    proposed = finding.after
    stands = wording_of(decisions) if outcome is Outcome.EDITED else proposed
    mine = newest_by_account(decisions).get(account)
    blind = decides and is_blind(finding.id, state, account)
    around = surroundings(text, span, stands)
    return {
        "id": finding.id,
        "flag": proposed is None,
        "rule": finding.rule,
        "family": family_of(finding.rule),
        "message": safe_text(finding.message),
        "level": LEVELS[finding.safety],
        "outcome": str(outcome),
        "waits": outcome in WAITING,
        "todo": outcome in WAITING and not (outcome is Outcome.SECOND and mine is not None),
        "quiet": outcome in (Outcome.POLICY, Outcome.BEATEN),
        "head": around.head,
        "before": around.before,
        "after": None if stands is None else around.after,
        "tail": around.tail,
        "letters": _named(original) + ("" if stands is None else f" → {_named(stands)}"),
        "original": original,
        "proposed": proposed,
        "alternatives": [
            [one, around.head[-_NEAR:], around.after, around.tail[:_NEAR]]
            for one in finding.alternatives[:9]
            for around in (surroundings(text, span, one),)
        ],
        "confidence": None if finding.confidence is None else round(finding.confidence, 3),
        "evidence": evidence_data(finding.evidence),
        "gap": gap_data(state.page, span) if state.page and family_of(finding.rule) == "SPC" else None,
        "people": state.people.get(finding.id, 1),
        "blind": blind,
        "mine": None if mine is None else {"verdict": str(mine.verdict), "after": mine.after},
        "version": list(history.about(finding.id)),
        "decisions": [] if blind else [decision_data(one, account) for one in decisions],
    }


def is_blind(finding: str, state: PageState, account: str) -> bool:
    """True while this account must not know what another has decided about a finding."""
    made = newest_by_account(state.decisions.get(finding, ()))
    return state.outcomes.get(finding) is Outcome.SECOND and account not in made


def decision_data(decision: Decision, account: str) -> Json:
    """A decision as this account sees it."""
    return {
        "verdict": str(decision.verdict),
        "after": None if decision.after is None else visible(decision.after),
        "name": safe_text(decision.who.name),
        "account": safe_text(decision.who.account),
        "claimed": decision.who.claimed,
        "policy": decision.by_policy,
        "how": safe_text(decision.how),
        "mine": decision.who.account == account and not decision.by_policy,
        "when": decision.when,
        "note": safe_text(decision.note),
        "finding": decision.subject.finding,
        "withdrawn": decision.verdict is Verdict.WITHDRAW,
    }


def _sample_data(one: Sampled, picture: Picture | None, otherwise: Shown) -> Json:
    box = None if picture is None else picture.line(one.row.lines[0])
    text, _ = otherwise.get(one.line, (row_text(one.row), ()))
    return {"line": one.line, "text": safe_text(text), "automatic": one.automatic, "box": box}


def _sign_data(state: PageState, account: str) -> Json:
    """What would be signed, or why nothing can be; who has signed where a signature stands."""
    own = next((one for one in state.signatures if one.who.account == account), None)
    by = state.signoff or own
    if by is not None:
        return {
            "can": False, "reason": "", "sha256": by.text_sha256, "policy": by.policy, "by_policy": 0,
            "text": "",
            "signed": {
                "name": safe_text(by.who.name), "account": safe_text(by.who.account), "when": by.when,
            },
        }  # fmt: skip
    can = state.stage in TO_SIGN
    text = state.shown_text if can else ""
    return {
        "can": can,
        "reason": safe_text(obstacle_of(state)),
        "sha256": text_sha256(text) if can else "",
        "policy": SAFE_POLICY.name,
        "by_policy": list(state.outcomes.values()).count(Outcome.POLICY),
        "text": safe_text(text),
        "signed": None,
    }
