"""Two marks that one consonant has lost are found where no single edit makes Thai of the place."""

from correction.engine import propose
from correction.payload import corrected_text
from tests.correction.texts import reading

PROSE = (
    "คณะทำงานลงพื้นที่ติดตามความก้าวหน้าของโครงการ เพื่อให้ประชาชนที่อยู่ในพื้นที่เสี่ยงภัยมีคุณภาพชีวิตที่ดีขึ้น "
    "และสร้างความเข้าใจกับผู้นำชุมชนในพื้นที่"
)


def corrected(text):
    return corrected_text(text, propose(reading(text), strict=True), "all")


def test_both_marks_are_written_again():
    damaged = PROSE.replace("ลงพื้นที่", "ลงพนที่").replace("ดีขึ้น", "ดีขน").replace("ประชาชนที่อยู่", "ประชาชนทอยู่")
    assert corrected(damaged) == PROSE


def test_one_proposal_names_the_word_and_replaces_the_consonant_alone():
    damaged = PROSE.replace("ลงพื้นที่", "ลงพนที่")
    (found,) = (one for one in propose(reading(damaged), strict=True).proposals if one.rule == "LEX101")
    assert (found.edit.before, found.edit.after) == ("พ", "พื้")
    assert found.message == "Misspelt: probably พื้นที่."


def test_sound_text_and_words_without_marks_are_left_alone():
    for text in (PROSE, "ขนส่งพนักงานและคนงานบนถนน นกบนยอดตึก", "ทหารกล้าและตำรวจ"):
        assert corrected(text) == text
