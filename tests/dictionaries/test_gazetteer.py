"""What the gazetteer knows, and in which forms it can be asked."""

import pytest

from dictionaries.explain import explain
from dictionaries.gazetteer import BodyClass, Gazetteer, Level, load_gazetteer
from dictionaries.spelling import canonical, skeleton
from dictionaries.version import dictionaries_version


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def test_it_has_every_area_in_force(gazetteer):
    assert [len(gazetteer.at(level)) for level in Level] == [77, 928, 7436]


def test_a_chain_reads_from_the_smallest_up(gazetteer):
    assert gazetteer.full_name("910501") == "ตำบลกำแพง อำเภอละงู จังหวัดสตูล"
    assert gazetteer.full_name("100101") == "แขวงพระบรมมหาราชวัง เขตพระนคร กรุงเทพมหานคร"


@pytest.mark.parametrize(
    ("level", "written", "code"),
    [
        (Level.PROVINCE, "กทม.".rstrip("."), "10"),
        (Level.PROVINCE, "อยุธยา", "14"),
        (Level.PROVINCE, "โคราช", "30"),
        (Level.DISTRICT, "สุไหงโก-ลก", "9610"),
        (Level.DISTRICT, "สุไหงโกลก", "9610"),
        (Level.SUBDISTRICT, "ไผ่จำศีล", "150601"),
        (Level.SUBDISTRICT, "ไผ่จำศิล", "150601"),
        (Level.SUBDISTRICT, "บุฤๅษี", "320121"),
        (Level.SUBDISTRICT, "ปอพาน", "450109"),
        (Level.PROVINCE, "กํา แพงเพชร", "62"),
    ],
)
def test_accepted_forms_lead_to_the_code(gazetteer, level, written, code):
    assert code in gazetteer.named(level, written)


def test_the_town_of_kathu_is_no_subdistrict_municipality(gazetteer):
    (body,) = gazetteer.bodies_named["กะทู้"]
    assert (body.kind, body.parent, body.areas) == (BodyClass.TOWN, "8302", ("830201",))
    assert body.title == "เทศบาลเมืองกะทู้"


def test_all_local_bodies_are_there(gazetteer):
    assert len(gazetteer.bodies) == 7850


def test_younger_provinces_know_since_when_they_exist(gazetteer):
    assert gazetteer.created["38"] == "2011-03-22"


def test_damaged_marks_keep_the_skeleton():
    assert skeleton("รำชบรุ") == skeleton("ราชบุรี")
    assert skeleton("ก าแพงเพชร") == skeleton("กำแพงเพชร")
    assert skeleton("ระนอง") != skeleton("ระยอง")


def test_canonical_form_joins_what_is_drawn_alike():
    assert canonical("น\u0e4d\u0e49า") == canonical("น\u0e49\u0e4dา") == "น้ำ"
    assert canonical("เเม่\u200bฮ่องสอน") == "แม่ฮ่องสอน"


def test_explain_says_what_a_word_stands_for():
    assert [(e.kind, e.code) for e in explain("กะทู้")][:2] == [("district", "8302"), ("subdistrict", "830201")]
    assert ("known misspelling", "310610") in [(e.kind, e.code) for e in explain("หนองตระครอง")]
    assert ("abolished subdistrict", "104701") in [(e.kind, e.code) for e in explain("บางนา")]
    assert [e.kind for e in explain("สรุาษฎรธ์าน")] == ["same letters as a province, other marks"]
    assert [(e.kind, e.code) for e in explain("Phra Nakhon Si Ayutthaya")][:1] == [
        ("English name of a province", "14")
    ]
    assert explain("กขค") == ()


def test_an_empty_gazetteer_explains_nothing_and_is_not_replaced_by_our_own():
    assert [entry.kind for entry in explain("กะทู้", Gazetteer([]))] == []


def test_the_version_is_of_the_bytes(tmp_path):
    own = dictionaries_version()
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("word\tคำ\n", encoding="utf-8")
    second.write_text("word\tคำอื่น\n", encoding="utf-8")
    assert len(own) == 12
    assert dictionaries_version([first, second]) == dictionaries_version([second, first])
    assert len({own, dictionaries_version([first]), dictionaries_version([second])}) == 3
