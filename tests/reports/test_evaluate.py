import json
import random
import subprocess
import sys
from pathlib import Path

import jiwer
import jsonschema
import pytest

from model.thai import compose_sara_am
from reports.alignment import distance
from reports.evaluate import Evaluation, Found, Rate, evaluate, forms, words_of
from reports.evaluation_json import evaluation_object
from reports.letters import LetterClass, grapheme_clusters
from reports.tolerant import letters_not_found

SCHEMA = json.loads(Path("docs/schemas/evaluate.json").read_text("utf-8"))
LINES = (
    "เทศบาลตำบลท่าศาลากำหนดประชุมสภาสมัยสามัญ",
    "องค์การบริหารส่วนตำบลบ้านโพธิ์ จัดทำข้อบัญญัติงบประมาณ ๒๕๖๙",
    "โครงการ Smart City ระยะที่ 2 (งบประมาณ 1,250,000 บาท)",
)


def noisy(text: str, share: float, seed: int = 7) -> str:
    """The text with letters dropped, doubled and replaced."""
    dice = random.Random(seed)
    letters: list[str] = []
    for letter in text:
        if dice.random() > share:
            letters.append(letter)
        else:
            letters.append(dice.choice(["", letter * 2, "ก"]))
    return "".join(letters)


def object_of(evaluation: Evaluation) -> dict[str, object]:
    found = evaluation_object(evaluation)
    jsonschema.validate(found, SCHEMA)
    return found


def test_equal_texts_have_no_error_at_all() -> None:
    text = "\n".join(LINES)
    evaluation = evaluate(text, text)
    assert {rate.errors for rate in evaluation.measures.values()} == {0}
    assert evaluation.spaces.f1 == 1.0
    assert not evaluation.confusions
    object_of(evaluation)


def test_a_sara_am_in_two_parts_counts_in_the_strict_measures_only() -> None:
    evaluation = evaluate("ตําบล", "ตำบล")
    assert evaluation.measures["strict"] == Rate(2, 4)
    assert evaluation.measures["without_space"] == Rate(2, 4)
    assert evaluation.measures["composed"] == Rate(0, 4)
    assert evaluation.measures["composed_without_space"] == Rate(0, 4)
    assert (evaluation.sara_am_truth.composed, evaluation.sara_am_truth.split) == (1, 0)
    assert (evaluation.sara_am_candidate.composed, evaluation.sara_am_candidate.split) == (0, 1)


@pytest.mark.parametrize("candidate", ["นํ้า", "น้ํา", "น้ ํา"])
def test_a_tone_mark_may_stand_on_either_side_of_the_nikhahit(candidate: str) -> None:
    assert evaluate(candidate, "น้ำ").measures["composed_without_space"].errors == 0


def test_white_space_counts_in_the_measures_that_say_so() -> None:
    evaluation = evaluate("กา รประชุม\nสภา", "การประชุม สภา")
    assert evaluation.measures["strict"].errors == 2
    assert evaluation.measures["without_space"].errors == 0


def test_zero_width_characters_are_errors_not_white_space() -> None:
    assert evaluate("สภา\u200bเทศบาล", "สภาเทศบาล").measures["composed_without_space"].errors == 1


def test_an_empty_truth_has_no_rate_but_its_errors_are_counted() -> None:
    evaluation = evaluate("กขค", "")
    assert evaluation.measures["strict"].rate is None
    assert evaluation.measures["strict"].errors == 3
    assert evaluate("", "").measures["strict"].rate == 0.0
    object_of(evaluation)


def test_spaces_are_matched_at_their_place_between_letters() -> None:
    found = evaluate("การ ประชุม สภา เทศบาล", "การประชุม สภา เทศบาล วันนี้").spaces
    assert found == Found(matched=2, missing=1, extra=1)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)


def test_a_space_is_found_although_the_letters_around_it_are_wrong() -> None:
    assert evaluate("กาม ปรชุม", "การ ประชุม").spaces == Found(matched=1)


def test_line_ends_and_spaces_are_counted_apart() -> None:
    evaluation = evaluate("การประชุม สภา\nเทศบาล", "การประชุม\nสภา เทศบาล")
    assert evaluation.spaces == Found(matched=1)  # a line end where a space belongs keeps the words apart
    assert evaluation.line_breaks == Found(matched=0, missing=1, extra=1)


def test_pages_are_compared_with_their_namesakes() -> None:
    evaluation = evaluate("กขค\fงจฉ\f", "กขค\fงจช")
    assert evaluation.by_page
    assert [page.measures["strict"].errors for page in evaluation.pages] == [0, 1]
    assert evaluation.measures["strict"] == Rate(1, 6)


def test_different_numbers_of_pages_are_compared_as_one_text_and_said_so() -> None:
    evaluation = evaluate("กขค\nงจฉ", "กขค\fงจฉ")
    assert not evaluation.by_page
    assert evaluation.measures["without_space"].errors == 0
    assert object_of(evaluation)["pages_compared"] == "as one text"


@pytest.mark.parametrize(
    ("candidate", "truth", "name", "counts"),
    [
        ("ประชน", "ประชุน", LetterClass.ABOVE_BELOW, (1, 0, 1, 0)),
        ("คุมค่า", "คุ้มค่า", LetterClass.TONE_MARK, (2, 0, 1, 0)),
        ("๒๕๕๕", "๒๕๖๙", LetterClass.THAI_DIGIT, (4, 2, 0, 0)),
        ("1l5", "115", LetterClass.ARABIC_DIGIT, (3, 1, 0, 0)),
        ("ทาบล", "ทำบล", LetterClass.SARA_AM, (1, 1, 0, 0)),
        ("ไนเมือง", "ในเมือง", LetterClass.LEADING_VOWEL, (2, 1, 0, 0)),
        ("ซุมซน", "ชุมชน", LetterClass.CONSONANT, (4, 2, 0, 0)),
        ("Clty", "City", LetterClass.LATIN, (4, 1, 0, 0)),
        ("(ก))", "(ก)", LetterClass.PUNCTUATION, (2, 0, 0, 1)),
        ("ก า ข", "กา ข", LetterClass.SPACE, (1, 0, 0, 1)),
    ],
)
def test_errors_are_counted_by_class(
    candidate: str, truth: str, name: LetterClass, counts: tuple[int, int, int, int]
) -> None:
    found = evaluate(candidate, truth).classes[name]
    assert (found.size, found.substituted, found.missing, found.extra) == counts


def test_confusions_name_truth_and_candidate() -> None:
    evaluation = evaluate("ซุมซนตาบล", "ชุมชนตำบล")
    assert evaluation.confusions[("ช", "ซ")] == 2
    assert evaluation.confusions[("ำ", "า")] == 1
    confusions = object_of(evaluation)["confusions"]
    assert confusions[0] == {"truth": "ช", "candidate": "ซ", "count": 2}  # type: ignore[index]


@pytest.mark.parametrize("seed", range(5))
def test_character_and_word_errors_agree_with_jiwer(seed: int) -> None:
    truth = "\n".join(LINES * 4)
    candidate = noisy(truth, 0.06, seed)
    evaluation = evaluate(candidate, truth)
    wanted, given = ("".join(text.split()) for text in (truth, candidate))
    assert evaluation.measures["without_space"].rate == pytest.approx(jiwer.cer(wanted, given))
    wanted, given = (" ".join(words_of(text)) for text in (truth, candidate))
    assert evaluation.words["strict"].rate == pytest.approx(jiwer.wer(wanted, given))


def test_leaders_rules_and_boxes_are_no_letters_of_either_text() -> None:
    evaluation = evaluate("ชื่อ 144ณ ☐ ชาย\ufffd", "ชื่อ ............ \uf0a8 ชาย ____")
    assert evaluation.measures["without_leaders"] == Rate(4, 7)
    assert evaluation.measures["composed_without_space"].errors > 4
    same = evaluate("เรื่อง . . . . . . ขอเชิญ", "เรื่อง…… ขอเชิญ")
    assert same.measures["without_leaders"] == Rate(0, 12)
    assert evaluate("พ.ศ. ๒๕๖๙ ... ๑.๒", "พ.ศ. ๒๕๖๙ ๑.๒").measures["without_leaders"].errors == 3


def test_the_order_of_lines_costs_nothing_where_it_is_free() -> None:
    truth = "\n".join(LINES)
    evaluation = evaluate("\n".join(reversed(LINES)), truth)
    assert evaluation.measures["order_free"].errors == 0
    assert evaluation.measures["composed_without_space"].errors > 50
    garbage = evaluate("คฆงจฉ" + truth.replace("ประชุม", "ประซุม") + "ฟหกด" * 20, truth)
    assert garbage.measures["order_free"] == Rate(1, sum(len("".join(line.split())) for line in LINES))
    assert evaluate("", truth).measures["order_free"].rate == 1.0
    object_of(garbage)


@pytest.mark.parametrize("seed", range(3))
def test_a_line_is_looked_for_with_the_least_edit_distance_to_any_part(seed: int) -> None:
    line = "".join(LINES[0].split())
    candidate = "".join(noisy("".join(LINES), 0.15, seed).split())
    parts = {
        candidate[a:b] for a in range(len(candidate)) for b in range(a + 20, min(a + 60, len(candidate)) + 1)
    }
    assert letters_not_found(line, candidate) == (min(distance(line, part) for part in parts), len(line))


@pytest.mark.parametrize("seed", range(5))
def test_every_character_measure_is_jiwers_of_the_form_that_it_compares(seed: int) -> None:
    truth = "\n".join(LINES * 3).replace("ำ", "ํา", 2)
    candidate = noisy(truth, 0.08, seed)
    evaluation = evaluate(candidate, truth)
    true_forms, given_forms = forms(truth), forms(candidate)
    plain = jiwer.Compose([jiwer.ReduceToListOfListOfChars()])
    for name, form in true_forms.items():
        rate = jiwer.cer(form, given_forms[name], reference_transform=plain, hypothesis_transform=plain)
        assert evaluation.measures[name].rate == pytest.approx(rate)


@pytest.mark.parametrize("seed", range(3))
def test_grapheme_clusters_are_compared_as_jiwer_compares_words(seed: int) -> None:
    truth = "\n".join(LINES * 2)
    candidate = noisy(truth, 0.08, seed)
    one_a_word = jiwer.Compose([jiwer.ReduceToListOfListOfWords(word_delimiter="\x00")])
    wanted, given = ("\x00".join(grapheme_clusters(compose_sara_am(text))) for text in (truth, candidate))
    rate = jiwer.wer(wanted, given, reference_transform=one_a_word, hypothesis_transform=one_a_word)
    assert evaluate(candidate, truth).measures["graphemes"].rate == pytest.approx(rate)


def test_a_letter_and_its_marks_are_one_cluster() -> None:
    assert grapheme_clusters("ที่น้ำเปี๊ยก a\u0301\r\n็") == [
        "ที่", "น้ำ", "เ", "ปี๊", "ย", "ก", " ", "a\u0301", "\r\n", "็",
    ]  # fmt: skip
    assert evaluate("ที", "ที่").measures["graphemes"] == Rate(1, 1)


def test_words_are_pythainlps_and_hold_no_white_space() -> None:
    assert words_of("เทศบาลตำบล  ประชุม\nสภา") == ["เทศบาลตำบล", "ประชุม", "สภา"]


LONG = """
import resource
from reports.evaluate import evaluate
from tests.reports.test_evaluate import LINES, noisy
truth = ("\\n".join(LINES) + "\\n") * 700
assert len(truth) > 100_000
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rate = evaluate(noisy(truth, 0.02), truth).measures["strict"].rate
assert 0.01 < rate < 0.03, rate
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
def test_a_hundred_thousand_letters_need_no_table_of_all_pairs() -> None:
    done = subprocess.run([sys.executable, "-c", LONG], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 250_000  # kilobytes; a bit for each pair of letters would be 1.2 million
