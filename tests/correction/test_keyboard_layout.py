"""Text that was typed with the keyboard on the other language is told, with what was meant, and nothing else is."""

import pytest

from correction.catalogue import rules_of
from correction.diagnosis.keyboard import english_on_thai_keys, thai_on_latin_keys
from correction.diagnosis.whole import Damage, diagnose
from correction.engine import propose
from dictionaries.language_model import load
from dictionaries.lexicon import load_lexicon
from dictionaries.resources import resources_with
from model.box import Box
from model.page import Reader, Reading

READER = Reader("test", "1")


def as_thai(text):
    return [
        (text[one.start : one.end], one.meant) for one in thai_on_latin_keys(text, load_lexicon(), load())
    ]


def as_english(text):
    return [(text[one.start : one.end], one.meant) for one in english_on_thai_keys(text)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("l;ylfu", "สวัสดี"),
        ("xit=k=o", "ประชาชน"),
        ("v'8Ndki[ibskilj;o9e[]", "องค์การบริหารส่วนตำบล"),
        ("ikp'kodkixit=6,", "รายงานการประชุม"),
        ("z^h;jkik=dki0y's;yf", "ผู้ว่าราชการจังหวัด"),
        ("xit=6,;yoouh mujveg4v", "ประชุมวันนี้ ที่อำเภอ"),
        ("'[xit,kI", "งบประมาณ"),
    ],
)
def test_thai_on_latin_keys_is_read_by_its_keys(typed, meant):
    assert as_thai(f"เรียน {typed} ครับ") == [(typed, meant)]
    assert as_thai(typed) == [(typed, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "www.dla.go.th info@dla.go.th https://www.moi.go.th/a/b;c=d[0]",
        "x = y[i]; if (a<b) return c[k]=d;",
        "H2SO4 NaCl;KOH 2,4-D pH7 B2B mp3 x86-64 A4/B5",
        "don't it's we'll o'clock e.g. i.e. a.m. p.m.",
        "IP 10.0.0.1/24 mac 0a:1b;2c [k]",
        "ฉบับที่ 1/2567, หน้า [12]; ข้อ 3.2-3.4",
    ],
)
def test_latin_text_codes_and_addresses_are_no_thai(text):
    assert as_thai(text) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("้ำสสน", "hello"),
        ("ะ้ฟืา ันี", "thank you"),
        ("ิีกเำะ", "budget"),
        ("ะ้ฟืา ันี ดนพ ันีพ ้ำสย", "thank you for your help"),
        ("ำทฟรส ฟกกพำหห", "email address"),
    ],
)
def test_english_on_thai_keys_is_read_by_its_keys(typed, meant):
    assert as_english(f"ครับ {typed} ครับ") == [(typed, meant)]


@pytest.mark.parametrize("text", ["ส ำนักงาน", "ะทรวง ำนัก", "การ ประชุม", "ดนพ ฟ หำ", "็ ้ ๊ ำ", "สำ เร็จ"])
def test_broken_thai_is_no_english(text):
    assert as_english(text) == []


def test_a_text_that_was_typed_so_is_said_first():
    assert [one.damage for one in diagnose("gmL[k]9e[]c,jlkp", load_lexicon())] == [Damage.LAYOUT]
    assert diagnose("ประกาศเทศบาลตำบลแม่สาย เรื่อง การประชุม l;ylfu ครั้งที่ 1 ประจำปี 2567", load_lexicon()) == ()


def test_the_diagnosis_knows_the_words_that_the_rules_know(tmp_path):
    (tmp_path / "own.txt").write_text("word: ฮีตสิบสอง\n", "utf-8")
    known, typed = resources_with([tmp_path / "own.txt"]), "Vu9lb[lv'"
    [found] = propose(Reading.of_text(typed, READER), rules_of("ENC018"), known=known).proposals
    assert found.edit.after == "ฮีตสิบสอง"
    assert [one.damage for one in diagnose(typed, known.lexicon)] == [Damage.LAYOUT]
    assert diagnose(typed, load_lexicon()) == ()


def test_the_repair_is_proposed_and_marks_of_a_scan_are_left_to_its_reader():
    text = "้ำสสน ครับ"
    typed = Reading.of_text(text, READER)
    assert [one.edit.after for one in propose(typed).proposals if one.rule == "ENC018"] == ["hello"]
    box = Box(0, 0, 9, 9)
    scanned = Reading(1, READER, text, typed.lines, (box,) * len(text), typed.confidences, typed.gaps)
    assert [one for one in propose(scanned).all if one.rule == "ENC018"] == []
