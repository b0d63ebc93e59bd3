"""Which of the words that may be meant is the one that is asked about."""

import pytest

from correction.words.pair_errors import errors_in
from dictionaries.lexicon import load_lexicon
from dictionaries.word_pairs import OFTEN, Frame, WordContext, WordPairs

TEXT = "เพื่อถึงนักลงทุนต่างชาติเข้าสู่พื้นที่"
FRAME = Frame(("เพื่อ",), ("นักลงทุน",))
OFTEN_USED = WordContext(OFTEN, "")


@pytest.fixture
def asked(monkeypatch):
    """What is asked about, with each other word weighing so many nats, and these in a frame."""
    # The language model has no say here.
    monkeypatch.setattr("correction.words.pair_errors.LEAST_GAIN", -100.0)

    def of(weights, framed):
        pairs = WordPairs(
            {("ถึง", other): {OFTEN_USED: weight} for other, weight in weights.items()},
            {("ถึง", other): FRAME for other in framed},
        )
        monkeypatch.setattr("correction.words.pair_errors.load_word_pairs", lambda: pairs)
        return [(one.other, one.framed, one.features[0]) for one in errors_in(TEXT, load_lexicon())]

    return of


@pytest.mark.parametrize("weight", [-8.0, 0.0, 1.0, 6.0])
def test_a_word_in_anothers_frame_is_asked_about_whatever_single_words_weigh(asked, weight):
    assert asked({"ดึง": weight}, ["ดึง"]) == [("ดึง", True, weight)]


@pytest.mark.parametrize("weight", [-8.0, 0.0, 1.0])
def test_a_word_in_no_frame_is_not_for_little(asked, weight):
    assert asked({"ดึง": weight}, []) == []


def test_a_frame_outweighs_single_words_and_of_two_alike_the_heavier_is_meant(asked):
    assert asked({"ดึง": -1.0, "ลึง": 9.0}, ["ดึง"]) == [("ดึง", True, -1.0)]
    assert asked({"ดึง": 3.0, "ลึง": 9.0}, []) == [("ลึง", False, 9.0)]
    assert asked({"ดึง": -3.0, "ลึง": -2.0}, ["ดึง", "ลึง"]) == [("ลึง", True, -2.0)]
