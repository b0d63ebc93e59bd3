"""Words that no reader could read are left out of a line."""

import pytest

from model.box import Box
from ocr.ensemble.unread import NATS, StretchInk, is_unread, without_unread
from ocr.letters import ReadLetter, text_of


def letters(*words):
    """Words with a confidence each, a sign of white space with None between them."""
    return [ReadLetter(sign, None, None if sign.isspace() else sure) for text, sure in words for sign in text]


def strange(text):
    return 2 * NATS * len(text)


def usual(text):
    return 0.5 * NATS * len(text)


@pytest.mark.parametrize(
    ("word", "sure", "score", "left"),
    [
        ("ฟหกด", 0.6, strange, "วันที่ เดือน"),
        ("ฟหกด", 0.7, strange, "วันที่ ฟหกด เดือน"),
        ("ฟหกด", 0.6, usual, "วันที่ ฟหกด เดือน"),
        ("ฟห", 0.55, strange, "วันที่ เดือน"),
        ("ฟห", 0.62, strange, "วันที่ ฟห เดือน"),
        ("ฟ", 0.1, strange, "วันที่ ฟ เดือน"),
    ],
)
def test_a_word_goes_that_neither_the_reader_nor_the_language_believes_in(word, sure, score, left):
    row = letters(("วันที่", 0.99), (" ", None), (word, sure), (" ", None), ("เดือน", 0.99))
    assert text_of(without_unread(row, score)) == left


def test_no_white_space_is_left_at_the_ends_and_what_is_sure_stays_as_it_is():
    row = letters(("ฟหกด", 0.2), (" ", None), ("วันที่", 0.99), ("\t", None), ("ฟหกด", 0.2))
    assert without_unread(row, strange) == letters(("วันที่", 0.99))
    assert without_unread(letters(("ฟหกด", 0.2)), strange) == []


def test_signs_without_confidence_are_no_words_in_question():
    row = [ReadLetter(sign) for sign in "……"]
    assert without_unread(row, strange) == row


def placed(text, sure, left=100):
    """Letters side by side, 20 pixels each."""
    return [
        ReadLetter(sign, Box(left + 20 * n, 0, left + 20 * n + 20, 30), sure) for n, sign in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("ours", "sure", "theirs", "left"),
    [
        ("ฟหก", 0.6, "nev", ""),
        ("ฟหก", 0.7, "nev", "nev"),
        ("ฟนก", 0.6, "ฟหก", "ฟหก"),
        ("ฟ", 0.62, "r", "r"),
        ("ฟ", 0.5, "r", ""),
        ("1๒", 0.3, "77", "77"),
        ("=", 0.3, "-", "-"),
        ("ฟหก", 0.6, "", "ฟหก"),
        ("A11", 0.6, "All", "All"),
        ("B00k", 0.5, "BOOk", "BOOk"),
        ("A11", 0.6, "Nw", ""),
    ],
)
def test_a_word_goes_in_which_two_readers_see_nothing_alike_unless_ours_is_sure(ours, sure, theirs, left):
    own, other = placed(ours, sure), placed(theirs, 0.97)
    before = [ReadLetter(sign, None, 0.99) for sign in "วันที่ "]
    stands = other or own
    assert text_of(without_unread(before + stands, usual, before + own, other)).removeprefix("วันที่") in (
        f" {left}" if left else "",
    )


def test_only_the_letters_in_the_place_of_a_word_tell_whether_it_was_read():
    own, other = placed("วันที่", 0.99) + placed("ฟหก", 0.5, 400), placed("วันที่", 0.99) + placed("nev", 0.97, 400)
    row = [*placed("วันที่", 0.99), ReadLetter(" ", None, None), *placed("nev", 0.97, 400)]
    assert text_of(without_unread(row, usual, own, other)) == "วันที่"


def unread(ours, sure, theirs="", *, score=strange, pieces=0, height=1.0, alone=False, cut=False):
    ink = StretchInk(pieces or len(ours), height, alone, cut)
    return is_unread(placed(ours, sure), placed(theirs, 0.9), score, ink)


@pytest.mark.parametrize(
    ("ours", "sure", "theirs", "score", "found"),
    [
        ("6ก+ผd", 0.7, "ๆ) ๐ย", strange, True),
        ("6ก+ผd", 0.7, "6ก+ผช", strange, False),
        ("6ก+ผd", 0.8, "ๆ) ๐ย", strange, False),
        (">59}9227", 0.7, "เท ๐", usual, True),
        ("1,250/66", 0.7, "เท ๐", usual, False),
        ("ด่วนก็สุด", 0.7, "wt", usual, False),
        ("ด่วนก็สุด", 0.6, "wt", usual, True),
    ],
)
def test_a_stretch_goes_whole_that_neither_readers_nor_the_language_believe_in(
    ours, sure, theirs, score, found
):
    assert unread(ours, sure, theirs, score=score) is found


def test_few_letters_of_much_ink_are_writing():
    assert unread("นล", 0.9, pieces=6)
    assert not unread("นล", 0.9, pieces=4)
    assert not unread("นล", 0.95, pieces=6)


def test_few_letters_that_are_too_large_are_strokes():
    assert unread("๘.", 0.8, height=2.0)
    assert unread("เ", 0.99, height=2.0)
    assert not unread("ก", 0.99, height=2.0)
    assert not unread("ก", 0.85, height=1.3)


def test_letters_alone_in_their_line_must_be_surer_and_a_number_is_kept_a_little_longer():
    assert unread("จ", 0.75, alone=True)
    assert not unread("จ", 0.75)
    assert not unread("4", 0.75, alone=True)
    assert unread("4", 0.6, alone=True)


def test_few_letters_beside_the_strokes_of_a_picture_are_what_is_left_of_them():
    assert unread("พ", 0.97, alone=True, cut=True)
    assert unread("พ", 0.9, cut=True)
    assert not unread("พ", 0.97, cut=True)


@pytest.mark.parametrize(
    ("writing", "sure", "print_", "score", "left"),
    [
        ("0*)2^", 0.5, "ระยะทาง", strange, "ระยะทาง"),
        ("0*)2^", 0.5, "ระยะทาง", usual, "0*)2^ระยะทาง"),
        ("0*)2^", 0.7, "ระยะทาง", strange, "0*)2^ระยะทาง"),
        ("0*)2", 0.5, "ระยะทาง", strange, "0*)2ระยะทาง"),
        ("12-31", 0.5, "ระยะทาง", strange, "12-31ระยะทาง"),
    ],
)
def test_writing_that_runs_into_a_word_goes_without_it(writing, sure, print_, score, left):
    own = placed(writing, sure) + placed(print_, 0.99, 100 + 20 * len(writing))
    other = placed("APPA", 0.95) + placed(print_, 0.99, 100 + 20 * len(writing))
    assert text_of(without_unread(own, score, own, other)) == left


def test_a_word_that_another_reader_does_not_see_is_not_parted():
    own = placed("0*)2^", 0.5) + placed("ระยะทาง", 0.99, 200)
    assert text_of(without_unread(own, strange, own, placed("APPA", 0.95))) == "0*)2^ระยะทาง"


@pytest.mark.parametrize("theirs", ["#Pe", "เล", "7"])
def test_where_ours_sees_no_letter_nothing_is_read(theirs):
    ink = StretchInk(pieces=3, height=1.0, alone=False)
    assert is_unread([], placed(theirs, 0.97), usual, ink)
