"""Sign pages: the gate, what a policy accepts, and the sign-off with its anchor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ledger.anchors import Anchor
from ledger.batch import Batch
from ledger.events.decided import Decided
from ledger.events.policy_stated import PolicyStated
from ledger.events.signed_off import SignedOff, signoff_of
from ledger.events.spot_checked import SpotChecked
from ledger.history import DocumentHistory, PageHistory, read_history, read_page_history
from ledger.people import allowed, users_at
from ledger.signing.allowed_signers import read_signers
from ledger.signing.attestation import PageFacts
from ledger.signing.statement import PageSignature, Signatory, Statement, message_of, sha256_of
from model.counted import counted
from model.decision import POLICY_WAY, Confirmation, Decision, Policy, SignOff, Subject, Verdict, Who
from model.edit import text_sha256
from model.errors import GateError, Outdated, UsageError
from model.state import TO_SIGN, DocumentState, Outcome, PageState, Stage
from model.user import Role
from review.attest import Moment, Pen, attest, moment_of
from review.decide import TERMINAL
from review.keying import keying_obstacle
from review.samples import spot_check
from review.seeded_page import shown_rows
from review.seen import lines_seen_by
from review.stamp import Stamped, stamp_if_set
from review.state import page_state_of, page_states
from review.transact import with_history
from workspace.account_codec import account_sha256
from workspace.workspace import Workspace

SAFE_POLICY = Policy(
    name="safe-1",
    text=(
        "Changes of level SAFE are accepted without a person looking at each of them. A rule is SAFE only if "
        "it cannot fire on legitimate text, as its examples show. Names of places and people, digits, dates "
        "and amounts are never SAFE, except for changes after which the drawn glyphs are the same: sara am "
        "composed, marks put in order, a doubled mark, zero-width and control characters, a space before a "
        "mark. Every change accepted in this way is recorded by itself, counted and listed, and may be "
        "rejected by a person, after which the page must be signed again."
    ),
)
"""Under what SAFE changes are accepted. Another text needs another name: both stand in the ledger."""

_LISTED = 5
_PAGES = 20

_WORDS = {
    Outcome.OPEN: "open",
    Outcome.SECOND: "waiting for a second person",
    Outcome.CONFLICT: "decided in two ways",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signing has done: the new sign-offs, how many changes the policy accepted, the pages whose
    sign-off stood already, the pages left out, the pages that wait for another person's signature, the newest anchor,
    and where an authority is set its time stamp, or why there is none."""

    signoffs: tuple[SignOff, ...]
    accepted_by_policy: int
    unchanged: tuple[int, ...]
    waived: tuple[int, ...]
    countersign: tuple[int, ...] = ()
    anchor: Anchor | None = None
    stamped: Stamped | None = None
    not_stamped: str = ""


@dataclass(frozen=True, slots=True)
class _PageToSign:
    """What signing needs to know of a page; its reading is let go of, for a document may have thousands."""

    number: int
    stage: Stage
    text_sha256: str
    facts: PageFacts | None
    for_the_policy: tuple[str, ...]
    looked: SpotChecked | None
    signers: tuple[str, ...] = ()
    asked: int = 1

    def waits_for(self, account: str) -> bool:
        """True where this account may put a signature that is lacking."""
        return self.stage in TO_SIGN and account not in self.signers


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody wants to sign, and as of which record it was shown."""

    document: str
    who: Who
    pages: Collection[int] | None
    policy: Policy
    texts: Mapping[int, str] | None
    version: int
    looked: Mapping[int, Collection[int]] | None
    how: str


def sign(
    ws: Workspace,
    document: str,
    who: Who,
    *,
    pages: Collection[int] | None = None,
    policy: Policy = SAFE_POLICY,
    expected_texts: Mapping[int, str] | None = None,
    expected_version: int | None = None,
    looked: Mapping[int, Collection[int]] | None = None,
    how: str = TERMINAL,
    pen: Pen | None = None,
    moment: Moment | None = None,
    confirmed: Confirmation | None = None,
) -> Signed:
    """Sign every page of a document, or these, and anchor the ledger.

    What is signed is what was shown, as of the record `expected_version`, by default the newest one at the start of
    this call: `expected_texts` has for each page the SHA-256 of the text that the person had before them; without
    it, it is the text that could be signed then. A page of which another text would be signed now, or of which a
    signature or the page itself was taken back since, stops the call.

    What the policy accepts is recorded first, each change by itself; all of it and the sign-offs stand
    together or not at all. A page whose sign-off stands is not signed again, but by a second person where two are asked
    for. `looked` has the sampled lines that
    the person has looked at, by page; they are recorded with the sign-off.

    `pen` signs what the person states with their key; `moment` is when the statement was made that it has signed
    already, by default now. `confirmed`: what the person gave again.

    Raises:
        UsageError: there is no such page; or the person has a key, and `pen` is none that may sign for them.
        Outdated: another text would be signed than was shown, or other lines are drawn. Nothing is recorded.
        GateError: something is open, was not read, or failed and was not left out; or lines drawn by lot were not
            passed.
        NotAllowed: the workspace has users, and `who` is none who may sign.
        NoSpace: an anchor file may not be written. The sign-off stands, and the next signing or publishing
            writes the anchor.
    """
    version = ws.ledger.head().seq if expected_version is None else expected_version
    asked = _Asked(document, who, pages, policy, expected_texts, version, looked, how)

    def prepare(past: DocumentHistory) -> Callable[[Batch], Signed]:
        made = moment or moment_of(ws.ledger)
        chosen = _chosen(ws, past, asked)
        to_sign = [page for page in chosen if page.waits_for(who.account)]
        if moment is not None and any(past.pages[one.number].changed_since(moment.seq) for one in to_sign):
            raise _not_as_shown(past.name, to_sign[0].number)
        statements = _statements(ws, asked, to_sign, made)
        attested = attest(statements, pen, who, read_signers(ws.signers), ws.ledger.now())
        return lambda batch: _write(batch, asked, chosen, attested, confirmed)

    signed = with_history(ws.ledger, document, prepare)
    anchor = ws.anchor()
    stamped, problem = stamp_if_set(ws) if signed.signoffs else (None, "")
    return replace(signed, anchor=anchor, stamped=stamped, not_stamped=problem)


def message_to_sign(
    ws: Workspace,
    document: str,
    who: Who,
    *,
    expected_version: int,
    pages: Collection[int] | None = None,
    expected_texts: Mapping[int, str] | None = None,
) -> tuple[Moment, bytes]:
    """What a key is to sign that is not at hand here, and the moment to give to `sign` with its signature.

    Raises as `sign` does, and a `GateError` where there is nothing to sign.
    """
    asked = _Asked(document, who, pages, SAFE_POLICY, expected_texts, expected_version, None, TERMINAL)
    moment = moment_of(ws.ledger)
    chosen = _chosen(ws, read_history(ws.ledger, document, upto=moment.seq), asked)
    to_sign = [page for page in chosen if page.waits_for(who.account)]
    if not to_sign:
        raise GateError("There is nothing to sign.", remedy="Every page is signed or left out.")
    return moment, message_of(_statements(ws, asked, to_sign, moment))


def _chosen(ws: Workspace, past: DocumentHistory, asked: _Asked) -> list[_PageToSign]:
    """The pages that are asked for, as they may be signed."""
    allowed(users_at(ws.ledger), asked.who, {Role.REVIEWER})
    _refuse_unknown(past, asked.pages or ())
    chosen: list[_PageToSign] = []
    obstacles: list[str] = []
    for page in page_states(ws, past, asked.pages):
        if not _as_expected(ws, past, page, asked.texts, asked.version):
            raise _not_as_shown(past.name, page.number)
        obstacle = obstacle_of(page) or _is_shown_otherwise(ws, past, page, asked)
        if obstacle:
            obstacles.append(obstacle)
        elif not obstacles:
            chosen.append(_page_to_sign(past.pages[page.number], page, asked))
    if obstacles:
        raise _closed(past.name, obstacles)
    return chosen


def _is_shown_otherwise(ws: Workspace, past: DocumentHistory, page: PageState, asked: _Asked) -> str:
    """That letters of a page are changed on purpose where this person is shown it, in words; empty where none are."""
    if asked.how == TERMINAL or not shown_rows(ws, past.pages[page.number], page, past.id, asked.who.account):
        return ""
    return f"Page {page.number} must be looked at and signed by itself."


def _not_as_shown(name: str, number: int) -> Outdated:
    return Outdated(
        f"Page {number} of {name} is not as it was shown: its text has changed, or something was taken back.",
        remedy="Nothing was signed; read it again.",
    )


def _statements(
    ws: Workspace, asked: _Asked, to_sign: Sequence[_PageToSign], moment: Moment
) -> list[Statement]:
    """What the person states about each of the pages."""
    person = Signatory(asked.who.name, asked.who.account)
    return [
        Statement(
            workspace=ws.id, document=asked.document, page=page.number, image=page.facts.image,
            page_blob=page.facts.page_blob, account=page.facts.account, policy=asked.policy.name,
            policy_sha256=page.facts.policy_sha256, shown_sha256=page.text_sha256,
            text_sha256=page.text_sha256, who=person, when=moment.when, ledger_head=moment.head,
        )
        for page in to_sign
        if page.facts is not None
    ]  # fmt: skip


def _refuse_unknown(past: DocumentHistory, pages: Collection[int]) -> None:
    unknown = sorted(set(pages) - set(past.pages))
    if unknown:
        raise UsageError(f"{past.name} has no page {unknown[0]} that was asked for.")


def _closed(name: str, obstacles: Sequence[str]) -> GateError:
    more = f" And {counted(len(obstacles) - _PAGES, 'page')} more." if len(obstacles) > _PAGES else ""
    return GateError(
        f"{name} cannot be signed yet. {' '.join(obstacles[:_PAGES])}{more}",
        remedy="Decide what is open with `chamra decide`, then sign again.",
    )


def _as_expected(
    ws: Workspace, past: DocumentHistory, page: PageState, texts: Mapping[int, str] | None, version: int
) -> bool:
    """True where a page has the text that was shown, and nothing about it was taken back since."""
    history = past.pages[page.number]
    if page.page is None:
        return True
    if history.taken_back > version:
        return False
    if texts is not None:
        return texts.get(page.number) == text_sha256(page.shown_text)
    if obstacle_of(page) or not history.changed_since(version):
        return True  # of what keeps a page from being signed the gate tells
    then = page_state_of(ws.store, read_page_history(ws.ledger, past.id, page.number, upto=version))
    return not obstacle_of(then) and then.final_text == page.final_text


def obstacles(state: DocumentState) -> tuple[str, ...]:
    """What keeps a document from being signed: one line for each page that does."""
    return tuple(line for page in state.pages if (line := obstacle_of(page)))


def obstacle_of(page: PageState) -> str:
    """What keeps a page from being signed, in words with counts and the first ids; empty when nothing."""
    if page.stage is Stage.MISSING:
        return f"Page {page.number} was not read yet."
    if page.stage is Stage.FAILED:
        reason = page.failed.reason if page.failed else ""
        return f"Page {page.number} could not be read ({reason}); read it again or leave it out with --waive."
    if page.page is not None and page.findings is None:
        return f"Page {page.number} was not examined by the rules yet."
    if page.stage is not Stage.WAITING:
        return ""
    keying = keying_obstacle(page)
    returned = " ".join(f"Page {page.number} was returned by {r.who.name}: {r.note}" for r in page.returned)
    waiting = page.open_findings
    if not waiting:
        return " ".join(filter(None, (returned, keying)))
    found = [page.outcomes[key] for key in waiting]
    counts = ", ".join(f"{found.count(one)} {words}" for one, words in _WORDS.items() if one in found)
    shown = ", ".join(waiting[:_LISTED]) + (", ..." if len(waiting) > _LISTED else "")
    return f"{returned} Page {page.number}: {counts}: {shown}. {keying}".strip()


def _write(
    batch: Batch,
    asked: _Asked,
    pages: Sequence[_PageToSign],
    attested: Mapping[int, tuple[Statement, PageSignature]],
    confirmed: Confirmation | None,
) -> Signed:
    document, who, policy = asked.document, asked.who, asked.policy
    to_sign = [page for page in pages if page.waits_for(who.account)]
    accepted = [
        Decision(Subject(document, page.number, key), Verdict.ACCEPT, None, who, POLICY_WAY + policy.name, "")
        for page in to_sign
        for key in page.for_the_policy
    ]
    if to_sign and all(one.event.policy != policy for one in batch.events(PolicyStated)):
        batch.append(PolicyStated(policy.name, policy.text, who))
    for page in to_sign:
        if page.looked is not None:
            batch.append(page.looked)
    for decision in accepted:
        batch.append(Decided.of(decision))
    head = batch.head
    entries = []
    for page in to_sign:
        signoff = SignOff(
            document, page.number, head, page.text_sha256, policy.name, who, "", confirmed=confirmed
        )
        entries.append(batch.append(SignedOff.of(signoff, *attested.get(page.number, (None, None)))))
    return Signed(
        signoffs=tuple(map(signoff_of, entries)),
        accepted_by_policy=len(accepted),
        unchanged=tuple(p.number for p in pages if p.stage in (Stage.SIGNED, Stage.PUBLISHED)),
        waived=tuple(p.number for p in pages if p.stage is Stage.WAIVED),
        countersign=tuple(
            p.number for p in pages if p.stage in TO_SIGN and len({*p.signers, who.account}) < p.asked
        ),
    )


def _page_to_sign(past: PageHistory, page: PageState, asked: _Asked) -> _PageToSign:
    if page.stage not in TO_SIGN or page.page is None or past.page is None:
        return _PageToSign(page.number, page.stage, "", None, (), None)
    lines = None if asked.looked is None else asked.looked.get(page.number)
    looked = None
    if lines is not None:
        seen = lines_seen_by(page, past.seen, asked.who.account)
        looked = spot_check(page, asked.document, lines, asked.who, asked.how, seen=seen)
    facts = PageFacts(
        past.page.event.image, past.page.event.blob, account_sha256(page.page.account),
        sha256_of(asked.policy.text),
    )  # fmt: skip
    signers = tuple(one.who.account for one in page.signatures)
    return _PageToSign(
        page.number, page.stage, text_sha256(page.final_text), facts, _for_the_policy(page, asked.policy), looked,
        signers, past.requirement.signatures,
    )  # fmt: skip


def _for_the_policy(page: PageState, policy: Policy) -> tuple[str, ...]:
    """SAFE proposals that stand, that no person decided and that this policy has not accepted before."""
    way = POLICY_WAY + policy.name
    return tuple(
        key
        for key, outcome in page.outcomes.items()
        if outcome is Outcome.POLICY and all(made.how != way for made in page.decisions.get(key, ()))
    )
