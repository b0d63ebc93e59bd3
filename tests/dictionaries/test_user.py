"""A user's dictionary adds places and words, and its mistakes are named with their lines."""

import pytest

from correction.places import mentions, protected_spans
from dictionaries.gazetteer import Level, load_gazetteer
from dictionaries.resources import resources_with
from dictionaries.user import gazetteer_with, user_dictionary_files
from model.edit import Span
from model.errors import DictionaryError
from model.page import Reader, Reading
from model.place import PlaceStatus

READER = Reader("example", "1")


@pytest.fixture
def dictionary(tmp_path):
    """Writes a dictionary file."""

    def write(text: str, name: str = "ours.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_new_places_are_known_where_they_lie(dictionary):
    path = dictionary(
        "# ของเราเอง\n\n"
        "subdistrict: ท่าใหม่เหนือ in อำเภอละงู จังหวัดสตูล\n"
        "district: เวียงใหม่ใต้ in 57\n"
        "body: เทศบาลตำบลท่าใหม่เหนือ in ตำบลท่าใหม่เหนือ อำเภอละงู จังหวัดสตูล\n"
    )
    gazetteer = gazetteer_with([path])
    assert gazetteer.full_name("9105x1") == "ตำบลท่าใหม่เหนือ อำเภอละงู จังหวัดสตูล"
    assert gazetteer.full_name("57x1") == "อำเภอเวียงใหม่ใต้ จังหวัดเชียงราย"
    found = mentions(Reading.of_text("ต.ท่าใหมเหนือ อ.ละงู จ.สตูล", READER), resources_with([path]))
    assert [(m.code, m.status) for m in found][:1] == [("9105x1", PlaceStatus.REPAIRED)]


def test_our_own_gazetteer_stays_as_it_is(dictionary):
    gazetteer_with([dictionary("name: เมืองดอกบัว = จังหวัดอุบลราชธานี\n")])
    assert load_gazetteer().named(Level.PROVINCE, "เมืองดอกบัว") == ()


def test_a_further_name_is_right_too(dictionary):
    known = resources_with([dictionary("name: เมืองดอกบัว=จังหวัดอุบลราชธานี\n")])
    (mention,) = mentions(Reading.of_text("จังหวัดเมืองดอกบัว", READER), known)
    assert (mention.code, mention.status) == ("34", PlaceStatus.EXACT)


def test_a_word_is_protected(dictionary):
    known = resources_with([dictionary("word: ฮีตสิบสอง\n")])
    assert protected_spans("งานบุญฮีตสิบสองประจำปี", known) == (Span(6, 15),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ท่าใหม่", "not understood: 'ท่าใหม่'"),
        ("subdistrict: ท่าใหม่", "no 'in' and place after 'ท่าใหม่'"),
        ("subdistrict: Tha Mai in 9105", "'Tha Mai' is not a word in Thai script"),
        ("subdistrict: ท่าใหม่ in อำเภอละงง", "no place is called 'อำเภอละงง'"),
        ("subdistrict: ท่าใหม่ in จังหวัดสตูล", "a subdistrict cannot lie in จังหวัดสตูล"),
        ("subdistrict: กำแพง in 9105", "กำแพง is known in อำเภอละงู จังหวัดสตูล already"),
        ("subdistrict: ท่าใหม่ in อำเภอเฉลิมพระเกียรติ", "may be อำเภอเฉลิมพระเกียรติ จังหวัด"),
        ("body: ท่าใหม่ in 9105", "does not begin with the class of a local body"),
    ],
)
def test_a_mistake_is_named_with_its_line(dictionary, line, message):
    path = dictionary(f"# first\nword: ดี\n{line}\n")
    with pytest.raises(DictionaryError) as error:
        gazetteer_with([path])
    assert f"{path}:3: " in error.value.message
    assert message in error.value.message
    assert error.value.remedy


def test_all_mistakes_are_named_at_once(dictionary):
    path = dictionary("nonsense\nword: ดี\nmore nonsense\n")
    with pytest.raises(DictionaryError, match=r"(?s):1: .*:3: "):
        gazetteer_with([path])


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("word: ok\nword: คำ\n".encode("cp874"))
    with pytest.raises(DictionaryError, match=r"old\.txt:2: not UTF-8"):
        gazetteer_with([path])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DictionaryError, match=r"none\.txt: cannot be read"):
        gazetteer_with([tmp_path / "none.txt"])


def test_a_folder_gives_its_text_files(dictionary, tmp_path):
    second, first = dictionary("", "b.txt"), dictionary("", "a.txt")
    dictionary("", "notes.md")
    assert user_dictionary_files(tmp_path) == (first, second)
    assert user_dictionary_files(tmp_path / "nowhere") == ()
