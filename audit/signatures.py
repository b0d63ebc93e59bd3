"""Whose signatures they are, and whether so many different people signed as were asked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.audited_page import AuditedPage, AuditedSignOff
from audit.report import About, AuditReport, Severity
from audit.trust import Trust
from ledger.catalogue import entry_as
from ledger.event import Entry
from ledger.events.required import Required
from ledger.events.signed_off import SignedOff
from ledger.signing.attestation import Attestation, PageFacts, disagreements, verify_statement
from ledger.signing.statement import sha256_of
from model.counted import counted
from model.decision import Decision
from model.errors import LedgerError
from model.requirement import Requirement
from workspace.workspace import Workspace


def audit_requirements(ws: Workspace, report: AuditReport) -> tuple[Entry[Required], ...]:
    """What was asked of the people who work on documents; noted, for it says what the verdict is about."""
    found: list[Entry[Required]] = []
    for record in ws.ledger.records(kind=Required.KIND, lenient=True):
        try:
            entry = entry_as(record, Required)
        except LedgerError as error:
            report.add(Severity.ERROR, About.SIGNOFF, error.message, record=record.seq)
            continue
        found.append(entry)
        event = entry.event
        message = (
            f"{event.who.name} ({event.who.account}) asked for "
            f"{counted(event.signatures, 'signature')} on each page, "
            f"{'numbers and names typed by two people' if event.keyed else 'nothing typed twice'}, "
            f"{counted(event.seeds, 'letter')} changed on purpose on 100 pages"
        )
        report.add(Severity.NOTE, About.SIGNOFF, message, document=event.document, record=entry.seq)
    return tuple(found)


def attestation_of(
    entry: Entry[SignedOff],
    page: AuditedPage,
    workspace: str,
    trust: Trust,
    policies: Mapping[str, str],
    heads: Mapping[str, int],
) -> tuple[Attestation, tuple[str, ...]]:
    """How a sign-off is known, and what is wrong with that, in words. `trust` has the list that counts;
    `policies` has the text of each by its name, `heads` the number of each record that a statement names."""
    found = verify_statement(entry, workspace, trust.signers, trust.authorities)
    wrong: tuple[str, ...] = (found.fault,) if found.fault else ()
    statement = entry.event.statement
    if statement is not None:
        policy = sha256_of(policies.get(entry.event.policy, ""))
        facts = PageFacts(page.image, page.page_blob, page.account, policy)
        wrong += disagreements(statement, facts)
        made = heads.get(statement.ledger_head, entry.seq)
        if made >= entry.seq:
            wrong += ("its statement names a state of the ledger that never was before it",)
        elif page.taken_back > made:
            wrong += ("its statement was made before the page was taken back, and is used once more",)
    return found, wrong


def unsound_publication(page: AuditedPage, signed: AuditedSignOff, asked: Requirement) -> Iterator[str]:
    """What is wrong with it that a text was published under a sign-off, in words, as the page stood before."""
    newer = [one for one in page.signed.values() if one.record > signed.record and one.published]
    if any(one.revoked is None and one.signoff.text_sha256 != signed.signoff.text_sha256 for one in newer):
        yield "was published again under a sign-off that another has replaced"
    elif signed.published and signed.revoked is None and page.taken_back > signed.record:
        yield "was published again under a sign-off after which the page was taken back"
    yield from _lacking_signatures(page, signed, asked)


def _lacking_signatures(page: AuditedPage, signed: AuditedSignOff, asked: Requirement) -> Iterator[str]:
    """What is wrong with the signatures under which a text was published, in words."""
    if asked.signatures == 1:
        return
    accounts = {
        one.signoff.who.account
        for one in page.signed.values()
        if one.signoff.text_sha256 == signed.signoff.text_sha256
        and page.taken_back < one.record <= signed.record
        and _decided(one) == _decided(signed)
    }
    if len(accounts) < asked.signatures:
        yield f"was published with {len(accounts)} of the {asked.signatures} signatures that were asked for"


def _decided(signed: AuditedSignOff) -> list[Decision]:
    """What people had decided anew when it was signed."""
    decisions = () if signed.grounds is None else signed.grounds.decisions
    return [one for one in decisions if not one.by_policy and one.repeats is None]
