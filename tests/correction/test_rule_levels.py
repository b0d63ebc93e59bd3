"""How sure the rules are: mending is SAFE where nothing else can be meant, and asked about elsewhere."""

import pytest

from correction.catalogue import rules_of
from correction.engine import propose
from model.edit import Safety
from tests.correction.texts import reading

WANDERED = " ปท ั ูม สถานทีÉ\nืÉ"  # three marks that stand on nothing
STRAY = " 7 ํ"  # one


def levels(text: str, code: str) -> list[tuple[int, Safety]]:
    findings = propose(reading(text), rules_of("ENC", "SPC0"), strict=True)
    return [(p.edit.span.start, p.safety) for p in findings.proposals if p.rule == code]


@pytest.mark.parametrize(
    ("code", "text", "start"),
    [
        ("ENC001", "ตําบล", 1),
        ("ENC001", "จํ ากัด", 1),
        ("ENC001", "น ํ้าท่วม", 2),
        ("ENC001", "ตําบล" + WANDERED, 1),
        ("ENC003", "เก่ี่ยวกับ", 2),
        ("ENC003", "ที่ีดิน", 1),
        ("ENC005", "ที่่ดิน", 2),
        ("ENC005", "ว่่า", 1),
        ("ENC005", "จรเข้้น้อย", 4),
        ("ENC007", "กลยุทธ\uf70e", 6),
        ("ENC007", "\uf70fาติ", 0),
        ("SPC001", "เช ียงใหม่", 2),
        ("SPC001", "อ ำเภอ", 1),
        ("SPC001", "จ ำ นวน", 1),
        ("SPC001", "อ ำเภอ" + WANDERED, 1),
        ("SPC001", "ท  ี่ดิน", 1),
        ("SPC003", "ภาคเ อกชน", 4),
    ],
)
def test_nothing_else_can_be_meant(code, text, start):
    assert levels(text, code) == [(start, Safety.SAFE)]


@pytest.mark.parametrize(
    ("code", "text", "start"),
    [
        ("ENC001", "รายจ ํ าย", 5),
        ("ENC001", "จํ ากัด" + STRAY, 1),
        ("ENC003", "หน้าที่ี่มา", 5),
        ("ENC003", "หน้าท่ี่ีมา", 5),
        ("ENC003", "ทั้ั้งหมด", 1),
        ("ENC004", "หนา้", 2),
        ("ENC005", "หน้าทีี่่มา", 5),
        ("ENC005", "น้้าร้อน", 1),
        ("ENC005", "ท้้งนี้", 1),
        ("ENC007", "press \uf701", 6),
        ("ENC007", "ท\n\uf70a", 2),
        ("ENC009", "โก\u00adลก", 2),
        ("ENC010", "\u0097", 0),
        ("SPC001", "ป ี 2562", 1),
        ("SPC001", "ท ี่ดิน" + STRAY, 1),
        ("SPC001", "ท   ี่ดิน", 1),
        ("SPC001", "ท ี่\nดิน", 1),
        ("SPC002", "จ านวน", 1),
        ("SPC003", "บาท ใ ห้", 5),
        ("SPC003", "เ ทศบาล", 1),
    ],
)
def test_somebody_has_to_look(code, text, start):
    assert levels(text, code) == [(start, Safety.REVIEW)]


@pytest.mark.parametrize("text", ["หน้าที่ี่มา", "หน้าท่ี่ีมา", "หน้าทีี่่มา"])
def test_where_two_marks_stand_twice_the_consonant_that_may_be_lost_is_offered(text):
    (made,) = propose(reading(text), rules_of("ENC", "SPC0"), strict=True).proposals
    start, end = made.edit.span.start, made.edit.span.end
    assert text[:start] + made.edit.after + text[end:] == "หน้าที่มา"
    assert [text[:start] + other + text[end:] for other in made.alternatives] == ["หน้าที่ที่มา"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ENC001", "จํ ากัด"),
        ("ENC004", "หนา้"),
        ("SPC001", "ท ี่ดิน"),
        ("SPC002", "จ านวน"),
    ],
)
def test_a_page_whose_marks_have_wandered_is_not_guessed_at(code, text):
    assert levels(text + WANDERED, code) == []
    assert levels(text, code) != []


def test_a_lost_nikhahit_is_less_sure_under_a_tone_mark():
    (plain,) = propose(reading("จ านวน"), rules_of("SPC0"), strict=True).proposals
    (toned,) = propose(reading("น้ ามัน"), rules_of("SPC0"), strict=True).proposals
    assert toned.confidence < plain.confidence < 1
    assert plain.alternatives == ("า",)
