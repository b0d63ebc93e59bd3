"""The lexicon: what is a word, and which words stand around a place."""

from dictionaries.gazetteer import Gazetteer
from dictionaries.lexicon import Lexicon, load_lexicon

WORDS = Lexicon({"ประชา": 3, "ประชาชน": 9, "ชน": 5, "ยุทธศาสตร์": 2, "กลยุทธ์": 1})


def test_the_longest_word_over_a_place_is_found():
    assert WORDS.spanning("ของประชา", "ชนใน") == "ประชาชน"
    assert WORDS.spanning("สร้างกล", "ยุทธ์ใน") == "กลยุทธ์"
    assert WORDS.spanning("ของ", "ใน") == ""
    assert WORDS.spanning("", "ชน") == ""


def test_words_shorter_than_asked_for_do_not_count():
    assert WORDS.spanning("ช", "น") == ""
    assert WORDS.spanning("ช", "น", shortest=2) == "ชน"


def test_words_that_cover_a_range_come_longest_first():
    assert WORDS.longest_over("ของประชาชนใน", 3, 5) == "ประชาชน"
    assert WORDS.longest_over("ของประชาชนใน", 0, 2) == ""


def test_words_are_common_or_only_listed():
    words = load_lexicon()
    assert words.count("ประชาชน") > 1000
    assert words.count("ไม่มีคำนี้แน่") == 0
    assert "เทศบาล" in words
    assert len(words) > 60_000


def test_names_of_places_and_the_user_s_words_are_words():
    words = load_lexicon()
    assert "กะทู้" in words
    assert "ศีขรภูมิ" in words
    own = load_lexicon(Gazetteer([], words=["ฮีตสิบสอง"]))
    assert "ฮีตสิบสอง" in own
    assert "ฮีตสิบสอง" not in words
