"""Verse and chat: what is said twice or spelt as it is spoken is no slip there."""

import pytest

from correction.engine import propose
from correction.rule import Context
from correction.view import View
from correction.words.manner import is_chat, verses
from model.page import Reader, Reading

STANZA = (
    "ลมระรื่นชื่นชายชลาสินธุ์ หอมกลิ่นรินรื่นรื่นมาชื่นขวัญ\nใบไม้ไหวไกวก้านประสานกัน เสียงนกขันแว่วแว่วอยู่แนวไพร\n"
    "ถึงบางพลัดพลัดถิ่นถวิลหา น้ำค้างพรมพรมผกาดูผ่องใส\n"
)
PROSE = "คณะกรรมการพิจารณาจัดทำแผนพัฒนาท้องถิ่นประจำปี และเห็นชอบให้ดำเนินการตามที่เสนอ\n" * 3
CHAT = "วันนี้กินไรดีอ่ะ หิวมากกก 555\nเออ เดี๋ยวกูโทรหานะเว้ย\nหรอ งั้นไม่ไปละ\n"


def context(text):
    return Context(View(text), Reading.of_text(text, Reader("example", "1")))


def rules(text):
    return {one.rule for one in propose(Reading.of_text(text, Reader("example", "1"))).proposals}


def test_a_stanza_among_prose_is_verse_and_the_prose_is_not():
    (stanza,) = verses(context(PROSE + STANZA + PROSE))
    assert stanza == (len(PROSE), len(PROSE) + len(STANZA) - 1)
    assert verses(context(PROSE)) == ()


def test_a_word_that_is_doubled_in_verse_is_left_alone():
    assert "REP001" not in rules(STANZA)
    assert "REP001" in rules(PROSE.replace("ให้ดำเนินการ", "เป็นเป็นไป"))


@pytest.mark.parametrize("text", [CHAT, "อร่อยมากกกก โคตรคุ้ม 😂\n", "555555 ง่วงงงง\n"])
def test_where_people_write_as_they_speak_no_word_is_misspelt(text):
    assert is_chat(context(text))
    assert not {"LEX101", "REP001", "SPC101", "SPC102"} & rules(text)


@pytest.mark.parametrize(
    "text", [PROSE, STANZA, "โทร. 02 555 5555 งบประมาณ 555 ล้านบาท และ 5,555 บาท\n", "ห้องง ๑๑๑\n"]
)
def test_numbers_and_prose_are_no_chat(text):
    assert not is_chat(context(text))


def test_on_a_sound_page_a_lone_word_must_be_surely_wrong():
    """The same slip in a line alone, on a page without another error, and on a page with others."""
    slip = "คณะกรรมการพิจารณาจัดทำแผนพัฒนาทองถิ่นประจำปี\n"
    other = "เพือให้ประชาซนในพื้นที่มีส่วนร่วม\n"
    page = "เทศบาลตำบลปรับปรุงถนนสายหลักและระบบระบายน้ำ เพื่อแก้ไขปัญหาน้ำท่วมขังในฤดูฝน\n" * 14

    def found(text):
        return {
            text[p.edit.span.start : p.edit.span.end + 5]
            for p in propose(Reading.of_text(text, Reader("x", "1"))).proposals
        }

    assert "ทองถิ่" in found(slip)
    assert "ทองถิ่" not in found(page + slip)
    assert "ทองถิ่" in found(page + slip + other + other)
