"""What an audit comes to, in a few sentences that say no more than was shown; in English and in Thai."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.local_time import local_time
from audit.report import AuditReport, Severity
from ledger.signing.attestation import Attested
from model.counted import counted
from reports.evidence_text import Language


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the sentences speak of."""

    errors: int
    warnings: int
    beside: str
    brought: str
    covered: int
    later: int
    signed: int
    by_key: int
    certified: int
    signers: str
    own_signers: bool


def verdict(report: AuditReport, language: Language = "en") -> str:
    """The first line of a report: whether it holds, and as far as whose word goes."""
    return " ".join((_english if language == "en" else _thai)(_facts(report)))


def _facts(report: AuditReport) -> _Facts:
    weights = [one.severity for one in report.findings]
    stamps = [f"{one.path} ({local_time(one.when)}, {one.authority})" for one in report.stamps]
    signed = [one.attested for one in report.pages if one.attested]
    return _Facts(
        errors=weights.count(Severity.ERROR),
        warnings=weights.count(Severity.WARNING),
        beside=", ".join(one.path for one in report.anchors if one.newest is not None),
        brought=", ".join([*(one.path for one in report.brought), *stamps]),
        covered=report.covered,
        later=report.head_seq - report.covered,
        signed=len(signed),
        by_key=signed.count(Attested.SIGNED.value),
        certified=signed.count(Attested.CERTIFIED.value),
        signers=report.signers,
        own_signers=report.signers_brought,
    )


def _english(facts: _Facts) -> Iterator[str]:
    if facts.errors:
        yield f"It does NOT hold: {facts.errors} {'error' if facts.errors == 1 else 'errors'}."
    elif facts.brought:
        known = f"{facts.brought} knows up to record {facts.covered}"
        yield f"Consistent with itself, and the ledger is the one that {known}."
    else:
        beside = (
            f" and with the anchors that lie beside it ({facts.beside})"
            if facts.beside
            else "; it has no anchor"
        )
        yield f"Consistent with itself{beside}. Whoever can write both could have made both."
    if facts.brought and facts.later:
        are = "is" if facts.later == 1 else "are"
        yield f"{counted(facts.later, 'record')} after it {are} covered by nothing that you have brought."
    if facts.by_key:
        whose = facts.signers + ("" if facts.own_signers else ", which lies beside it")
        yield f"{facts.by_key} of {facts.signed} signatures are by keys of {whose}."
    if facts.certified:
        yield f"{facts.certified} of {facts.signed} are with certificates that your authorities vouch for."
    named = facts.signed - facts.by_key - facts.certified
    if named:
        yield f"{named} of {facts.signed} are names that somebody has written, not signatures."
    if facts.warnings:
        yield (
            "1 warning needs somebody to look."
            if facts.warnings == 1
            else (f"{facts.warnings} warnings need somebody to look.")
        )


def _thai(facts: _Facts) -> Iterator[str]:
    if facts.errors:
        yield f"ไม่ผ่าน พบข้อผิดพลาด {facts.errors} รายการ"
    elif facts.brought:
        yield f"สอดคล้องกันในตัวเอง และตรงกับหลักยึดของผู้ตรวจ ({facts.brought}) ถึงบันทึกที่ {facts.covered}"
    else:
        beside = f"และกับหลักยึดที่อยู่ข้างกัน ({facts.beside})" if facts.beside else "แต่ยังไม่มีหลักยึด"
        yield f"สอดคล้องกันในตัวเอง{beside} ผู้ที่เขียนได้ทั้งสองที่อาจสร้างขึ้นทั้งสองอย่างก็ได้"
    if facts.brought and facts.later:
        yield f"อีก {facts.later} บันทึกหลังจากนั้นไม่มีสิ่งใดที่ท่านนำมารับรอง"
    if facts.by_key:
        whose = facts.signers + ("" if facts.own_signers else " ซึ่งอยู่ข้างกัน")
        yield f"ลายมือชื่อ {facts.by_key} จาก {facts.signed} ลงด้วยกุญแจในรายชื่อ {whose}"
    if facts.certified:
        yield f"ลายมือชื่อ {facts.certified} จาก {facts.signed} ลงด้วยใบรับรองที่ผู้ออกใบรับรองซึ่งท่านเชื่อถือรับรอง"
    named = facts.signed - facts.by_key - facts.certified
    if named:
        yield f"อีก {named} จาก {facts.signed} เป็นเพียงชื่อที่มีผู้เขียนไว้ ไม่ใช่ลายมือชื่อ"
    if facts.warnings:
        yield f"มีคำเตือน {facts.warnings} รายการที่ต้องมีคนตรวจดู"
