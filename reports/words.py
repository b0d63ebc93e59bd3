"""What reports call things, in English and Thai: levels, outcomes, stages, verdicts and families in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model.decision import SignOff, Verdict
from model.edit import Safety
from model.state import Outcome, Stage
from reports.evidence_text import Language

FAMILIES = {
    "ENC": "encoding of letters",
    "SPC": "spaces",
    "LIN": "lines and running heads",
    "GAZ": "places",
    "DIG": "digits",
    "LAT": "Latin words",
    "LEX": "spelling",
    "DAT": "dates and numbers",
    "REP": "repeated words",
    "RDR": "readers disagree",
    "LOW": "hard to read",
    "INK": "ink and letters",
    "HUM": "written by a person",
}

LEVELS = {Safety.SAFE: "safe", Safety.REVIEW: "review", Safety.FLAG: "flag"}

LEVEL_MEANINGS = {
    Safety.SAFE: "cannot fire on legitimate text; accepted by the policy that signs the page",
    Safety.REVIEW: "needs a person",
    Safety.FLAG: "something is wrong and the right text is not known; must be acknowledged",
}

OUTCOMES = {
    Outcome.OPEN: "waits for a person",
    Outcome.SECOND: "waits for a second person",
    Outcome.CONFLICT: "two people disagree",
    Outcome.BEATEN: "set aside for another proposal",
    Outcome.POLICY: "accepted by policy at signing",
    Outcome.ACCEPTED: "accepted",
    Outcome.REJECTED: "rejected",
    Outcome.EDITED: "corrected by hand",
    Outcome.ACKNOWLEDGED: "acknowledged",
}

WAITING = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)

STAGES = {
    Stage.MISSING: "not read yet",
    Stage.FAILED: "failed",
    Stage.WAIVED: "waived",
    Stage.WAITING: "waiting for review",
    Stage.DECIDED: "decided, not signed",
    Stage.COUNTERSIGN: "signed by one, a second must",
    Stage.SIGNED: "signed",
    Stage.PUBLISHED: "published",
}

VERDICTS = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.EDIT: "wrote",
    Verdict.ACKNOWLEDGE: "acknowledged",
    Verdict.WITHDRAW: "taken back",
    Verdict.WAIVE: "waived",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language."""

    families: Mapping[str, str]
    levels: Mapping[Safety, str]
    level_meanings: Mapping[Safety, str]
    outcomes: Mapping[Outcome, str]
    stages: Mapping[Stage, str]
    verdicts: Mapping[Verdict, str]


VOCABULARY: Mapping[Language, Vocabulary] = {
    "en": Vocabulary(FAMILIES, LEVELS, LEVEL_MEANINGS, OUTCOMES, STAGES, VERDICTS),
    "th": Vocabulary(
        families={
            "ENC": "รหัสอักขระ",
            "SPC": "ช่องว่าง",
            "LIN": "บรรทัดและหัวกระดาษ",
            "GAZ": "ชื่อสถานที่",
            "DIG": "ตัวเลข",
            "LAT": "คำอักษรละติน",
            "LEX": "การสะกด",
            "DAT": "วันที่และจำนวน",
            "REP": "คำซ้ำ",
            "RDR": "ตัวอ่านไม่ตรงกัน",
            "LOW": "อ่านยาก",
            "INK": "หมึกกับตัวอักษร",
            "HUM": "คนเขียน",
        },
        levels={Safety.SAFE: "ปลอดภัย", Safety.REVIEW: "ต้องตรวจ", Safety.FLAG: "ตั้งข้อสังเกต"},
        level_meanings={
            Safety.SAFE: "ไม่เกิดกับข้อความที่ถูกต้อง นโยบายรับให้เมื่อลงนาม",
            Safety.REVIEW: "ต้องมีผู้ตัดสิน",
            Safety.FLAG: "มีสิ่งผิดแต่ไม่ทราบข้อความที่ถูกต้อง ต้องมีผู้รับทราบ",
        },
        outcomes={
            Outcome.OPEN: "รอตัดสินใจ",
            Outcome.SECOND: "รอผู้ตรวจคนที่สอง",
            Outcome.CONFLICT: "คำตัดสินขัดกัน",
            Outcome.BEATEN: "มีข้อเสนออื่นแทน",
            Outcome.POLICY: "นโยบายรับเมื่อลงนาม",
            Outcome.ACCEPTED: "ยอมรับแล้ว",
            Outcome.REJECTED: "ปฏิเสธแล้ว",
            Outcome.EDITED: "แก้ด้วยมือแล้ว",
            Outcome.ACKNOWLEDGED: "รับทราบแล้ว",
        },
        stages={
            Stage.MISSING: "ยังไม่ได้อ่าน",
            Stage.FAILED: "อ่านไม่สำเร็จ",
            Stage.WAIVED: "ยกเว้น",
            Stage.WAITING: "รอตรวจทาน",
            Stage.DECIDED: "ตัดสินแล้ว ยังไม่ลงนาม",
            Stage.COUNTERSIGN: "ลงนามแล้วหนึ่งคน รออีกหนึ่งคน",
            Stage.SIGNED: "ลงนามแล้ว",
            Stage.PUBLISHED: "เผยแพร่แล้ว",
        },
        verdicts={
            Verdict.ACCEPT: "ยอมรับ",
            Verdict.REJECT: "ปฏิเสธ",
            Verdict.EDIT: "เขียนว่า",
            Verdict.ACKNOWLEDGE: "รับทราบ",
            Verdict.WITHDRAW: "ถอนคำตัดสิน",
            Verdict.WAIVE: "ยกเว้น",
        },
    ),
}


def attested(signoff: SignOff, language: Language = "en") -> str:
    """How a signature is known: by a key, or as a name that the program wrote down."""
    if signoff.key:
        return f"signed with the key {signoff.key}" if language == "en" else f"ลงด้วยกุญแจ {signoff.key}"
    if language == "th":
        return "เป็นชื่อตามที่กล่าวอ้าง ไม่ได้ลงด้วยกุญแจ" + (" ใส่รหัสผ่านซ้ำแล้ว" if signoff.confirmed else "")
    return f"claimed, not signed{', the password was given again' if signoff.confirmed else ''}"
