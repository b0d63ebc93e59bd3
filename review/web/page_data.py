"""One page as the browser shows it: lines, findings, places, what may be signed. Plain values for JSON.

Nothing in it is an offset into text: a browser counts in UTF-16. What is shown has been made safe to read;
what a person may edit (`original`, `proposed`, `alternatives`) is the text itself.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from correction.in_force import newest_by_account, wording_of
from ledger.event import Entry
from ledger.events.reading_asked import ReadingAsked
from ledger.history import PageHistory, read_history
from model.addition import DOUBTFUL
from model.decision import Decision, Verdict
from model.edit import Finding, Span, text_sha256
from model.errors import BadInput, DamagedBlob
from model.page import Page
from model.rework import Return
from model.state import TO_SIGN, Outcome, PageState
from reports.ink_account import account_words
from reports.letters import code_points, safe_text, visible
from reports.scorecard import family_of
from reports.words import LEVELS, WAITING
from review.add import PERSON
from review.expected import expected_rest
from review.letters_passed import letters_seen_by
from review.likely_letters import likely_in
from review.own_text import row_text
from review.samples import Sampled, sampled
from review.seeded_page import Shown, shown_rows, text_as_shown
from review.seen import lines_hurried_by, lines_seen_by
from review.shown_tag import tag_for
from review.sign import SAFE_POLICY, obstacle_of
from review.state import page_state_of
from review.web.evidence import evidence_data, gap_data
from review.web.line_data import ShownLines
from review.web.pictures import ImagePlace, Picture, Pictures
from review.web.reading_marks import marks_of
from review.web.text_lines import compared, surroundings
from workspace.workspace import Workspace

Json = dict[str, Any]

# The same letters are asked for after every decision on the page.
_named = lru_cache(maxsize=4096)(code_points)


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
    picture, problem = _picture(pictures, document, history, state.page)
    blob = "" if history.page is None else history.page.event.blob
    marks = None if state.page is None else marks_of(blob, state.page)
    otherwise = shown_rows(ws, history, state, document, account) if decides else {}
    shown = ShownLines(
        state, picture, marks,
        lines_seen_by(state, history.seen, account), lines_seen_by(state, history.seen),
        lines_hurried_by(state, history.seen, account),
        {index: text for index, (text, _) in otherwise.items()},
    )  # fmt: skip
    places = shown.places()
    lines = shown.lines()
    if decides and ws.store.writable:
        tag = tag_for(ws, document, number, account)
        lines = [one | {"shown": tag(one["key"], one["text"])} for one in lines]
    found = [
        finding_data(one, state, history, account, decides=decides) | places[one.id]
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
        "ink": _ink_words(state),
        "lines": lines,
        "lost_ink": _lost_ink(state, picture),
        "text_sha256": text_sha256(state.shown_text),
        "findings": found,
        "returned": [_return_data(one) for one in state.returned],
        "earlier": {"carried": state.carried, "conflicts": state.conflicts},
        "lapsed": [decision_data(one, account) for one in state.lapsed],
        "waived": None if state.waived is None else decision_data(state.waived, account),
        "rest": _rest(
            state, lines_seen_by(state, history.seen), letters_seen_by(state, history.letters_seen)
        ),
        "likely": likely_in("".join(line["text"] for line in lines)) if decides else {},
        "asked": None if history.reading_asked is None else _asked_data(history.reading_asked),
        "sign": _sign_data(state, account, otherwise)
        | {"sample": [_sample_data(one, shown, otherwise) for one in sampled(state)]},
    }


def _return_data(one: Return) -> Json:
    return {
        "name": safe_text(one.who.name), "account": safe_text(one.who.account), "when": one.when,
        "note": safe_text(one.note),
    }  # fmt: skip


def _asked_data(one: Entry[ReadingAsked]) -> Json:
    who = one.event.who
    return {"name": safe_text(who.name), "account": safe_text(who.account), "when": one.when}


def picture_of(pictures: Pictures, document: str, history: PageHistory, page: Page | None) -> Picture | None:
    """The picture of a page; of one that no program has read, as the source file has it.

    Raises:
        DamagedBlob: the image is missing, or is not a picture.
    """
    if page is None or history.page is None or page.reading.reader == PERSON:
        return pictures.of_source(document, history.number)
    return pictures.of(history.page.event.blob, page)


def _picture(
    pictures: Pictures, document: str, history: PageHistory, page: Page | None
) -> tuple[Picture | None, str]:
    """The picture, or why there is none."""
    try:
        return picture_of(pictures, document, history, page), ""
    except DamagedBlob as error:
        return None, str(error)


def _ink_words(state: PageState) -> Json | None:
    if state.page is None:
        return None
    return {"en": account_words(state.page.account, "en"), "th": account_words(state.page.account, "th")}


def _lost_ink(state: PageState, picture: Picture | None) -> list[ImagePlace]:
    """Places of ink that looks like letters and that no letter of the reading covers."""
    account = None if state.page is None else state.page.account
    if account is None or picture is None:
        return []
    return [place for one in account.missing if (place := picture.box(one.box))]


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
    own_doubt = finding.rule == DOUBTFUL and any(
        one.finding == finding.id and one.who.account == account for one in history.additions
    )
    return {
        "id": finding.id,
        "flag": proposed is None,
        "rule": finding.rule,
        "family": family_of(finding.rule),
        "message": safe_text(finding.message),
        "level": LEVELS[finding.safety],
        "outcome": str(outcome),
        "waits": outcome in WAITING,
        "todo": outcome in WAITING
        and not (outcome is Outcome.SECOND and mine is not None)
        and not (own_doubt and mine is None),
        "own_doubt": own_doubt,
        "quiet": outcome in (Outcome.POLICY, Outcome.BEATEN),
        "before": around.before,
        "after": None if stands is None else around.after,
        "compared": None if stands is None else compared(around.before, around.after),
        "letters": _named(original) + ("" if stands is None else f" → {_named(stands)}"),
        "original": original,
        "proposed": proposed,
        "alternatives": [[one, surroundings(text, span, one).after] for one in finding.alternatives[:9]],
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


def _sample_data(one: Sampled, shown: ShownLines, otherwise: Shown) -> Json:
    box = None if shown.picture is None else shown.picture.line(one.row.lines[0])
    text, _ = otherwise.get(one.line, (row_text(one.row), ()))
    return {
        "line": one.line,
        "text": safe_text(text),
        "automatic": one.automatic,
        "box": box,
        "seen": one.line in shown.seen,
    }


def _sign_data(state: PageState, account: str, otherwise: Shown) -> Json:
    """What would be signed, or why nothing can be; who has signed where a signature stands."""
    own = next((one for one in state.signatures if one.who.account == account), None)
    by = state.signoff or own
    if by is not None:
        return {
            "can": False, "reason": "", "sha256": by.text_sha256, "policy": by.policy, "by_policy": 0,
            "text": "",
            "signed": {
                "name": safe_text(by.who.name), "account": safe_text(by.who.account), "when": by.when,
                "key": by.key or None,
            },
        }  # fmt: skip
    can = state.stage in TO_SIGN
    return {
        "can": can,
        "reason": safe_text(obstacle_of(state)),
        "sha256": text_sha256(state.shown_text) if can else "",
        "policy": SAFE_POLICY.name,
        "by_policy": list(state.outcomes.values()).count(Outcome.POLICY),
        "text": safe_text(text_as_shown(state, otherwise)) if can else "",
        "signed": None,
    }


def _rest(state: PageState, seen: Collection[int], letters: Collection[Span]) -> Json | None:
    """How many letters are expected to be wrong still, with the range that holds nine pages of ten."""
    found = expected_rest(state, seen, letters)
    return None if found is None else {"errors": found.errors, "low": found.low, "high": found.high}
