"""What kind of damage a whole text has is asked before any letter is judged."""

import email.header
import quopri
import re
import urllib.parse

import pytest

from correction.diagnosis.early_tones import early_tones
from correction.diagnosis.encodings import misread
from correction.diagnosis.late_tones import late_tones
from correction.diagnosis.loops import Loop, loops
from correction.diagnosis.rewritten_lines import doubled_lines, spaced_lines
from correction.diagnosis.whole import Damage, diagnose
from correction.engine import propose
from correction.payload import corrected_text, correction_object, diagnosis_lines, render_correction_diff
from dictionaries.lexicon import load_lexicon
from dictionaries.mac_thai import MAC_THAI
from tests.correction.texts import reading

THAI = (
    "คณะกรรมการมีมติอนุมัติงบประมาณสองล้านบาท เพื่อดำเนินการตามโครงการ “เมืองน่าอยู่” ให้แล้วเสร็จ\n"
    "ประจำปี พ.ศ. 2567 (เดือนละ ๑๒ ครั้ง)\nAnnual report 12\n"
)
PROSE = (
    "คณะกรรมการได้แต่งตั้งเจ้าหน้าที่เพื่อดำเนินการตรวจสอบข้อเท็จจริงแล้ว เห็นว่าผู้แจ้งได้รับความเดือดร้อน\n"
    "ต้องแก้ไขโดยเร็ว ทั้งนี้ ให้แจ้งผู้เกี่ยวข้องทราบภายในสิบห้าวัน นับตั้งแต่วันที่ได้รับหนังสือ\n"
)


def decoded(data, codec):
    """As a browser decodes: what the encoding does not know is a control code."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in data)


LEXICON = load_lexicon()
SHORT = "ที่ประชุมรับทราบ\nที่ ๑\nข\nเห็นชอบ\n"


def mac_thai(text, shifted=()):
    """The text in the Macintosh's encoding, `shifted` marks in a shifted form."""
    shifted_form = {character: byte for byte, character in MAC_THAI.items()}
    plain = {c: ord(c.encode("cp874")) for c in shifted_form if "\u0e01" <= c <= "\u0e5b"}
    return bytes(shifted_form[c] if c in shifted or c not in plain else plain[c] for c in text)


def damages(text):
    return [one.damage for one in diagnose(text, LEXICON)]


@pytest.mark.parametrize("written_in", ["utf-8", "cp874"])
@pytest.mark.parametrize("decoded_as", ["latin-1", "cp1252", "mac_roman", "cp874"])
def test_text_in_the_wrong_encoding_is_given_back_exactly(written_in, decoded_as):
    if written_in == decoded_as:
        return
    wrong = decoded(THAI.encode(written_in), decoded_as)
    (found,) = misread(wrong)
    assert (found.after, found.whole) == (THAI, True)
    assert (found.start, found.end) == (0, len(wrong))
    assert found.written_in == {"utf-8": "UTF-8", "cp874": "TIS-620"}[written_in]


@pytest.mark.parametrize("decoded_as", ["latin-1", "mac_roman", "cp874"])
def test_the_macintosh_s_shifted_marks_are_known(decoded_as):
    (found,) = misread(decoded(mac_thai(THAI, shifted="่้ี"), decoded_as))
    assert (found.written_in, found.after) == ("Mac OS Thai", THAI)


@pytest.mark.parametrize("written_in", ["utf-8", "cp874"])
@pytest.mark.parametrize("decoded_as", ["iso8859-2", "cp1250", "cp437", "cp850", "koi8-r", "cp1251"])
def test_the_code_pages_of_other_countries_are_known(written_in, decoded_as):
    found = misread(decoded(THAI.encode(written_in), decoded_as))
    assert [one.after for one in found] == [THAI]


@pytest.mark.parametrize(
    "escaped",
    [
        lambda text: "".join(f"&#{ord(one)};" if one > "~" else one for one in text),
        lambda text: "".join(f"&#x{ord(one):x};" if one > "~" else one for one in text),
        lambda text: text.encode("ascii", "backslashreplace").decode(),
        lambda text: "\n".join(urllib.parse.quote(line, safe=" ()") for line in text.split("\n")),
        lambda text: "".join(
            one if one < "~" else "".join(f"={byte:02X}" for byte in one.encode()) for one in text
        ),
        lambda text: text.encode("utf-16-le").decode("latin-1"),
    ],
)
def test_text_that_stands_there_in_escapes_is_given_back_exactly(escaped):
    (found,) = misread(escaped(THAI))
    assert found.after == THAI
    assert found.whole


def named(text):
    return "".join(f"&#{ord(one)};" if one > "~" else one for one in text)


def bytes_as(form, text, codec):
    return "".join(form % byte if byte > 127 else chr(byte) for byte in text.encode(codec))


@pytest.mark.parametrize(
    "escaped",
    [
        named(SHORT),  # lines of a few characters among longer ones
        named(SHORT).replace("&", "&amp;"),
        named(SHORT).replace(";", ""),
        SHORT.encode("ascii", "backslashreplace").decode().replace("\\", "\\\\"),
        "".join(f"%u{ord(one):04X}" if one > "~" else one for one in SHORT),
        "".join(f"\\u{ord(one)}?" if one > "~" else one for one in SHORT),
        bytes_as("\\x%02x", SHORT, "utf-8"),
        bytes_as("\\%03o", SHORT, "utf-8"),
        quopri.encodestring(SHORT.encode()).decode(),
        quopri.encodestring(SHORT.encode()).decode().replace("=\n", "=\r\n"),
        named("ที่ประชุมรับทราบ\n") + r"\u0e17\u0e35\u0e48 \u0e51" + named("\nข\nเห็นชอบ\n"),
    ],
)
def test_escapes_of_a_text_are_one_finding_however_few_a_line_has(escaped):
    (found,) = misread(escaped)
    assert (escaped[: found.start] + found.after + escaped[found.end :]).rstrip("\n") == (
        "ที่ประชุมรับทราบ\nที่ ๑\nข\nเห็นชอบ"
    )


@pytest.mark.parametrize("form", ["%%%02X", "=%02X", "\\'%02x"])
def test_bytes_of_tis_620_are_escaped_like_those_of_utf_8(form):
    assert [one.after for one in misread(bytes_as(form, "การประชุมสภา", "cp874"))] == ["การประชุมสภา"]


def test_what_was_cut_inside_a_character_is_not_read_in_another_encoding():
    cut = urllib.parse.quote("การยกเว้น")[:-3]
    assert misread(cut) == ()


def test_several_escapes_that_are_one_character_are_joined():
    (found,) = misread(r"\u0e01\u0e32\u0e23\u0e1b\u0e23\u0e30 \ud83d\ude00 \ud83d")
    assert found.after == "การประ 😀 \\ud83d"
    word = email.header.Header("ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น ครั้งที่ ๓", "utf-8").encode()
    assert [one.after for one in misread(word)] == ["ขอเชิญประชุมคณะกรรมการพัฒนาท้องถิ่น ครั้งที่ ๓"]


def test_one_escaped_character_inside_a_word_is_a_finding_of_that_place():
    text = "องค์การบริหารส่วนตําบล&#3594;มภู อำเภอเมือง"
    (found,) = misread(text)
    assert (text[found.start : found.end], found.after, found.whole) == ("&#3594;", "ช", False)
    findings = propose(reading(text), strict=True)
    assert {"ENC012", "ENC001"} <= {one.rule for one in findings.proposals}
    assert misread("รหัส &#3585; คือ ก และ \\u0e02 คือ ข") == ()


def test_an_empty_line_does_not_part_lines_in_escapes():
    (found,) = misread("ประกาศ\n" + named("การประชุมสภา") + "\n\n" + named("ครั้งที่") + "\nท้าย")
    assert found.after == "การประชุมสภา\n\nครั้งที่"


def test_an_address_in_a_line_of_escapes_is_left():
    (found,) = misread(named("ประกาศ") + " https://a.example/%E0%B8%81 " + named("แล้ว"))
    assert found.after == "ประกาศ https://a.example/%E0%B8%81 แล้ว"


def test_addresses_of_the_web_are_escaped_by_right():
    assert misread("ดูที่ https://th.wikipedia.org/wiki/" + urllib.parse.quote("ประเทศไทย")) == ()


def test_letters_of_which_question_marks_are_left_are_said_to_be_lost():
    (found,) = misread("????????? ??????? 2567\n?????????????????")
    assert found.after is None
    assert misread("จริงหรือ???? ใช่ไหม????\n" * 8) == misread("จริงหรือ\n???") == ()


def test_the_same_mistake_made_twice_is_undone_twice():
    once = decoded(THAI.encode(), "cp1252")
    assert [one.after for one in misread(decoded(once.encode(), "cp1252"))] == [THAI]


def test_text_under_the_private_codes_of_a_symbol_font_is_given_back_exactly():
    wrong = "".join(chr(0xF000 + ord(c.encode("cp874"))) if ord(c) > 127 else c for c in THAI)
    (found,) = misread(wrong)
    assert (found.written_in, found.after, found.whole) == ("TIS-620", THAI, True)
    assert misread("\uf0b7 คณะกรรมการ\n\uf0a7 อนุกรรมการ") == ()


def test_latin_text_that_was_decoded_as_thai_is_given_back_with_what_looks_like_digits():
    latin = "le café où l'hôtel fut préféré, déjà naïve\n"
    (found,) = misread(decoded(latin.encode("latin-1"), "cp874"))
    assert found.after == latin
    assert misread("le caf้ o๙ l'h๔tel fut pr้f้r้ ๔ ๕๖\n") == ()


def test_only_the_lines_in_the_wrong_encoding_are_rewritten_and_the_rest_is_judged():
    wrong = decoded(THAI.encode(), "cp1252").rstrip("\n")
    (found,) = misread("เทศบาล\n" + wrong + "\nตําบล\n")
    assert (found.whole, found.after) == (False, "\n".join(THAI.split("\n")[:2]))
    findings = propose(reading("เทศบาล\n" + wrong + "\nตําบล\n"), strict=True)
    assert {"ENC012", "ENC001"} == {one.rule for one in findings.proposals}


def test_where_bytes_are_lost_nothing_is_proposed():
    lossy = decoded(THAI.encode(), "cp1252").replace("\u00a0", " ").replace("\u00ad", "")
    findings = propose(reading(lossy), strict=True)
    assert findings.proposals == ()
    assert {one.rule for one in findings.flags} == {"ENC012"}


def test_no_rule_about_letters_looks_at_text_that_is_no_thai():
    wrong = decoded(THAI.encode(), "latin-1")
    findings = propose(reading(wrong), strict=True)
    assert [one.rule for one in findings.all] == ["ENC012"]
    assert corrected_text(wrong, findings, "all") == THAI
    assert corrected_text(wrong, findings, "safe") == wrong


@pytest.mark.parametrize(
    "text",
    [
        THAI * 3,
        "déjà vu à l'école où naïve\nça va très bien, Noël, façade",
        "Tôi là người Việt Nam và đây là tiếng Việt",
        "Αυτό είναι ελληνικά и по-русски 中文文本",
        "รถยนต์ C\u00d4T\u00c9 D\u2019AZUR ราคา 5 € — ©2567 ±2 °C",
        "\u0093เมืองน่าอยู่\u0094 และ \u0093เมืองน่าอยู่\u0094",
        "ภาษาไทยwordและwordภาษาไทยwordแทรก",
        "",
    ],
)
def test_text_in_its_own_encoding_is_left_alone(text):
    assert misread(text) == ()


def test_late_tone_marks_are_moved_back_and_none_is_lost():
    late = re.sub("([่-๋])([ก-ฮาเ-ไะ])", r"\2\1", PROSE)
    assert late != PROSE
    assert corrected_text(late, propose(reading(late), strict=True), "all") == PROSE
    assert damages(late) == [Damage.LATE_TONES]


def test_one_late_mark_of_a_sound_text_is_moved_where_nothing_else_is_likely():
    assert [one.start for one in late_tones("คณะกรรมการได้พิจารณาแลว้เห็นว่าสมควรให้จดัทำ")] == [22, 40]
    assert late_tones("นางสารีย๊ะ รัตนเพชร และนายอุ๊บ จดจำ") == ()


def test_early_tone_marks_are_moved_on_and_none_is_lost():
    early = re.sub("([ก-ฮ][ิ-ู]?)([่-๋])", r"\2\1", PROSE)
    assert early != PROSE
    assert corrected_text(early, propose(reading(early), strict=True), "all") == PROSE
    assert damages(early) == [Damage.EARLY_TONES]
    assert early_tones(PROSE) == ()


def test_where_marks_wander_no_word_loses_one():
    text = re.sub("([ก-ฮ][ิ-ู]?)([่-๋])", r"\2\1", PROSE).replace("แก", "แ ้ก")
    found = propose(reading(text), strict=True).proposals
    assert not [one for one in found if one.rule == "LEX101" and one.edit.after == ""]


def test_marks_in_the_wrong_order_are_no_late_tone_marks():
    assert late_tones(re.sub("([ิ-ู])([่-๋])", r"\2\1", PROSE)) == ()
    assert late_tones(PROSE) == ()


def test_one_mark_behind_its_vowel_is_no_damage_of_the_whole():
    assert damages("เจ้าหนา้ที่ของเทศบาล") == []


def test_a_loop_of_any_length_is_one_finding():
    for turn in ("the page reads ", "ผู้สูงอายุ ", "ให้ความช่วยเหลือแก่ผู้สูงอายุในพื้นที่ ", PROSE):
        text = "เทศบาล" + turn * 30
        (loop,) = loops(text)
        assert (loop.end, loop.period) == (len(text), len(turn))
        assert [one.rule for one in propose(reading(text), strict=True).flags if "REP" in one.rule] == [
            "REP003"
        ]


def test_one_character_is_a_loop_where_nobody_would_write_so_many():
    assert [one.period for one in loops("ต่าง" + "ๆ" * 120 + "\n")] == [1]
    assert loops("มาก" + "ก" * 60) == loops("." * 400 + "5" * 400) == ()


def test_a_loop_is_counted_by_its_whole_turns():
    assert Loop(10, 45, 10).times == 3


def test_rows_of_a_table_that_are_alike_are_no_loop():
    assert loops("ดำเนินการแล้วเสร็จ\n" * 40) == ()
    assert loops(("." * 80 + "\n") * 10 + "0.00 " * 100) == ()


def test_a_line_that_was_drawn_twice_is_read_once_but_for_its_numbers():
    line = "ประกาศองค์การบริหารส่วนตำบล"
    twice = "".join(c * 2 for c in line)
    assert [one.after for one in doubled_lines(f"{twice}\n{twice} 22")] == [line, line, None]
    assert [one.after for one in doubled_lines(f"{twice} 25")] == [line]
    assert damages(twice) == [Damage.DOUBLED]


def test_letters_that_stand_twice_under_marks_that_do_not_are_read_once():
    twice = re.sub("([ก-ฮะาำเ-ไ])", r"\1\1", PROSE)
    findings = propose(reading(twice), strict=True)
    assert corrected_text(twice, findings, "all") == PROSE
    assert corrected_text(twice, findings, "safe") == twice
    assert damages(twice) == [Damage.DOUBLED]


def test_a_line_that_is_spaced_out_is_put_together_and_its_wider_spaces_stay():
    clusters = re.findall("[ก-ฮะ-ๆ][ัิ-ฺ็-๎ำ]*| ", "ประกาศ องค์การบริหารส่วนตำบล")
    assert [one.after for one in spaced_lines(" ".join(clusters))] == ["ประกาศ องค์การบริหารส่วนตำบล"]
    assert damages(" ".join(clusters)) == [Damage.SPACED]
    apart = " ".join("องค์การบริหาร พ.ศ. 2567 (ร่าง)")
    assert [one.after for one in spaced_lines(apart)] == ["องค์การบริหาร พ.ศ. 2567 (ร่าง)"]
    assert spaced_lines("ก ข ค ง จ ฉ ช ซ ฌ ญ ฎ ฏ ฐ ฑ") == ()


def test_what_is_safely_mended_all_over_a_text_is_named_too():
    assert damages("สำานักงานชำาระเงินประจำาปี") == [Damage.SARA_AM]
    assert damages("ตําบลทํางานจํานวน") == [Damage.SPLIT_SARA_AM]
    assert damages("ที\uf70a นี\uf70a สี\uf70a") == [Damage.PRIVATE_USE]
    assert damages("ละติจูด 7 ํ 38 ่ 38\nืÉ") == [Damage.WANDERING_MARKS]


def test_one_stretch_in_a_wrong_encoding_is_counted_as_one():
    wrong = "องค์การบริหารส่วนตำบล".encode("tis-620").decode("latin-1")
    text = f"{PROSE}\n{wrong}\n{PROSE}"
    assert diagnose(text, LEXICON)[0].message.startswith("A stretch of this is text in TIS-620 ")


def test_the_diagnosis_comes_first_in_every_format():
    text = "ตําบลทํางานจํานวน"
    findings = propose(reading(text), strict=True)
    said = "Sara am is written in two parts, at 3 places: the repair is safe."
    assert render_correction_diff(text, findings, LEXICON).startswith(f"Diagnosis: {said}\nline 1\n")
    assert diagnosis_lines(text, LEXICON) == f"Diagnosis: {said}\n"
    assert correction_object(text, findings, LEXICON)["diagnosis"] == [
        {"damage": "sara am in two parts", "places": 3, "message": said}
    ]
    assert diagnosis_lines(PROSE, LEXICON) == ""
