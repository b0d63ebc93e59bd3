from dictionaries.lexicon import load_lexicon
from dictionaries.word_pairs import BEHIND, NEAR, PAIRS, WordContext, contexts_of, load_word_pairs
from training.dictionaries.learn_word_pairs import count, pairs_of, weights

TEXT = "ประชุมเพื่อดึงดูดการลงทุน และเดินทางไปถึงศาลากลาง"


def test_what_speaks_for_a_word_speaks_against_the_other():
    pairs, lexicon = load_word_pairs(), load_lexicon()
    (one,) = (found for found in pairs.found(TEXT, lexicon) if found.word == "ดึง" and found.other == "ถึง")
    swapped = TEXT.replace("ดึง", "ถึง")
    other = next(
        found for found in pairs.found(swapped, lexicon) if found.start == one.start and found.other == "ดึง"
    )
    assert other.gain == -one.gain > 5


def test_a_word_is_found_whole_and_not_with_a_mark_that_makes_it_another():
    found = {found.word for found in load_word_pairs().found("ทางหน้าขาวๆ ขาวี", load_lexicon())}
    assert "ทาง" in found
    assert [one.start for one in load_word_pairs().found("ขาวี", load_lexicon())] == []


def test_the_context_is_the_words_on_both_sides():
    start = TEXT.index("ดึง")
    contexts = contexts_of(TEXT, start, start + 3, load_lexicon())
    assert sum(one.kind == BEHIND for one in contexts) == 1
    assert {one.word for one in contexts if one.kind == NEAR} >= {"ประชุม"}


def test_pairs_differ_by_one_letter_that_looks_like_the_other():
    every = set(pairs_of(load_lexicon()))
    assert ("ดึง", "ถึง") in every
    assert all((other, word) in every and len(word) == len(other) for word, other in every)


def test_what_is_counted_around_a_word_weighs_for_it():
    texts = ["เขาดึงเชือก\n"] * 20 + ["ไปถึงบ้าน\n"] * 20
    seen, around = count(texts, ("ดึง", "ถึง"), load_lexicon())
    said = dict(weights("ถึง", "ดึง", seen, around))
    assert said[WordContext(BEHIND, "เชือก")] > 1.3
    assert said[WordContext(BEHIND, "บ้าน")] < -1.3


def test_the_table_is_sorted_and_has_each_pair_once():
    rows = [tuple(line.split("\t")[:2]) for line in PAIRS.read_text("utf-8").splitlines()[1:]]
    assert rows == sorted(set(rows))
    assert all(word < other for word, other in rows)
