"""What an auditor must know about a document and its pages when all records have gone by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from audit.audited_page import AuditedPage, AuditedSignOff
from audit.report import About, AuditReport, PageLine, Severity
from ledger.signing.attestation import Attestation, Attested
from model.decision import AppliedEdit, Confirmation, Decision, Who
from model.page import Reader
from model.page_numbers import ranges


def conclude_page(document: str, name: str, page: AuditedPage, report: AuditReport) -> None:
    """Note what is open about a page, and what it stands on; add its line to the report's table."""
    for message, about in _notes(page):
        report.add(Severity.NOTE, about, message, document=document, page=page.number)
    report.pages.append(_line(document, name, page))
    if page.reader is not None:
        kind = reader_kind(page.reader)
        report.readers[kind] = report.readers.get(kind, 0) + 1


def _notes(page: AuditedPage) -> Iterator[tuple[str, About]]:
    if page.text_revoked is not None:
        taken = page.text_revoked
        yield (
            f"what was published was revoked by {named(taken.who)} at {taken.when}: {taken.reason}",
            About.PUBLISHED,
        )
    for returned in page.returned.values():
        yield f"was returned by {named(returned.who)} at {returned.when}: {returned.note}", About.PAGE
    if page.reader is not None and page.reader.imported:
        yield f"was not read here: {reader_kind(page.reader)}", About.PAGE
    newest = _newest(page)
    if page.read:
        if newest is not None and not newest.published and newest.revoked is None:
            yield "is signed and not published yet", About.PUBLISHED
        if page.reconsidered is not None and page.text is not None:
            yield (
                f"{_verdict(page.reconsidered)} after what is published was signed: it is as it was signed",
                About.DECISION,
            )
    elif page.waived is not None:
        yield f"was left out by {named(page.waived.who)}: {page.waived.note}", About.PAGE
    elif page.failed:
        yield f"could not be read: {page.failed}", About.PAGE
    else:
        yield "was asked for and not read", About.PAGE


def _verdict(one: Decision) -> str:
    about = f"{one.verdict} about {one.subject.finding}" if one.subject.finding else "leave the page out"
    return f"{named(one.who)} decided ({about}) at {one.when},"


def conclude_source(
    document: str,
    names: Sequence[str],
    called: Mapping[str, Sequence[str]],
    missing: Sequence[int],
    count: int,
    report: AuditReport,
) -> None:
    """Note pages of the file that were never asked for, and other names that it was taken under.

    `called` has for each name the documents that were taken under it, in the order in which they came to it.
    """
    if missing:
        one = "page" if len(missing) == 1 else "pages"
        was = "was" if len(missing) == 1 else "were"
        message = f"{one} {ranges(missing)} of {count} of {names[-1]} {was} never asked for"
        report.add(Severity.NOTE, About.SOURCE, message, document=document)
    if len(names) > 1:
        others = {other for name in names for other in called[name] if other != document}
        message = f"was taken under several names: {', '.join(names)}"
        if others:
            message += (
                f"; document {', '.join(sorted(one[:16] for one in others))} bears one of these names, too"
            )
        report.add(Severity.WARNING if others else Severity.NOTE, About.SOURCE, message, document=document)


def reader_kind(reader: Reader) -> str:
    """Who has read, in words; of a file that was imported only what it says of itself."""
    together = " together with the line reader, by a vote" if reader.says("voting") else ""
    if reader.imported:
        return f"imported from {reader.imported}, which says that {reader} made it{together}"
    return f"{reader}{together}"


def named(who: Who) -> str:
    """A person by name and account."""
    return f"{who.name} ({who.account})"


def _how_known(one: AuditedSignOff) -> str:
    """How it is known who has signed: by a key, else by a login or the like, else not at all."""
    found, who = one.attested, one.signoff.who
    again = ", password given again" if one.signoff.confirmed is Confirmation.PASSWORD else ""
    if found.how is Attested.SIGNED:
        return f"key {found.fingerprint}{_certificate(found)}{again}"
    if found.how is Attested.CERTIFIED:
        return f"certificate of {found.certificate}{again}"
    if found.how is Attested.UNLISTED:
        return f"key {found.fingerprint}, for which no list vouches{_certificate(found)}{again}"
    if found.how is Attested.FAULTY:
        return "NOT known"
    return f"claimed, not signed{again}" if who.known is None else f"{who.known.value}, not signed{again}"


def _certificate(found: Attestation) -> str:
    return f", certificate of {found.certificate}" if found.certificate else ""


def _newest(page: AuditedPage) -> AuditedSignOff | None:
    return next(reversed(page.signed.values()), None)


def _line(document: str, name: str, page: AuditedPage) -> PageLine:
    newest = _newest(page)
    people = {one.subject.finding: one.who.name for one in page.decisions if not one.by_policy}
    edits: tuple[AppliedEdit, ...] = page.edits if page.text is not None else ()
    by_people = sorted({people[one.finding] for one in edits if one.finding in people})
    return PageLine(
        document=document,
        name=name,
        page=page.number,
        state=_state(page, newest),
        signed_by="" if newest is None else named(newest.signoff.who),
        known="" if newest is None else _how_known(newest),
        attested="" if newest is None else newest.attested.how.value,
        when="" if newest is None else newest.signoff.when,
        record=0 if newest is None else newest.record,
        reader="" if page.reader is None else reader_kind(page.reader),
        edits=len(edits),
        by_policy=sum(one.finding not in people for one in edits),
        by_people=tuple(by_people),
    )


def _state(page: AuditedPage, newest: AuditedSignOff | None) -> str:
    if newest is not None and newest.revoked is not None:
        return "revoked"
    if newest is not None:
        return "published" if newest.published else "signed"
    if page.read:
        return "read"
    if page.waived is not None:
        return "left out"
    return "failed" if page.failed else "not read"
