import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from reports.evaluate import evaluate
from reports.evaluation_html import Difference, EvaluatedText, aligned_rows, evaluation_html
from reports.evaluation_table import show_evaluation
from reports.evaluation_words import EVALUATION_WORDS


def test_rows_hold_both_texts_whole_when_nothing_needs_a_picture() -> None:
    truth, candidate = "ประชุมสภา\nเทศบาล", "ประชมสภา\nเทศบาล"
    rows = aligned_rows(truth, candidate)
    assert [row.number for row in rows] == [1, 2]
    assert [row.worst for row in rows] == [Difference.LETTERS, Difference.NONE]


def test_differences_are_told_apart_by_what_they_mean_to_a_reader() -> None:
    kinds = [
        aligned_rows(truth, candidate)[0].worst
        for truth, candidate in [("ตำบล", "ตําบล"), ("ก ข", "กข"), ("จำกัด", "จํ ากัด"), ("กข", "กค")]
    ]
    assert kinds == [Difference.FORM, Difference.SPACE, Difference.SPACE, Difference.LETTERS]


def test_a_missing_tone_mark_is_seen_on_a_dotted_circle() -> None:
    html = "".join(evaluation_html(EvaluatedText("a", "b", evaluate("คุมค่า", "คุ้มค่า"))))
    assert ">◌้</del>" in html
    assert "U+0E49 thai character mai tho" in html


def test_a_difference_over_a_line_end_is_never_cut() -> None:
    rows = aligned_rows("กข\nคง\nจ", "กขคง\nจ")
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[0].stretches[-1].truth == "↵\n"


def test_a_row_knows_where_its_letters_stand_in_the_candidate() -> None:
    candidate = "ประชมสภา\n\n  เทศบาล \n"
    rows = aligned_rows("ประชุมสภา\nเทศบาล", candidate)
    assert [candidate[row.place.start : row.place.end] for row in rows] == ["ประชมสภา", "เทศบาล"]


def test_hostile_text_and_names_stay_text() -> None:
    hostile = '<script>alert(1)</script>"onerror="'
    html = "".join(evaluation_html(EvaluatedText(hostile, "\u202eก", evaluate(hostile, "ก"))))
    assert "<script" not in html
    assert "\u202e" not in html
    assert "default-src 'none'" in html
    assert "http" not in html.replace('http-equiv="Content', "")


def test_the_table_shows_the_measures_and_the_most_frequent_confusions() -> None:
    file = io.StringIO()
    show_evaluation(evaluate("ซุมซนตาบล [red]", "ชุมชนตำบล [red]"), Console(file=file, width=160))
    shown = file.getvalue()
    assert "ช → ซ ×2" in shown
    assert "sara am" in shown
    assert "21.43 %" in shown  # three of fourteen letters


def bare_words(html):
    """The Latin words that a reader of the page sees, without the texts, the figures and the program's name."""
    body = re.sub(r"<style>.*?</style>|<code.*?</code>", " ", html, flags=re.DOTALL).partition("<body>")[2]
    told = re.findall(r'alt="([^"]*)"', body)  # titles name code points, as Unicode does
    return {
        word for part in (re.sub(r"<[^>]*>", " ", body), *told) for word in re.findall(r"[A-Za-z]{2,}", part)
    }


@pytest.mark.parametrize("text", [EvaluatedText("ก", "ข", evaluate("คุมค่า  ๑ 1 ab", "คุ้มค่า ๒2 abc"))])
def test_the_view_is_in_thai_where_that_is_asked_for(text):
    html = "".join(evaluation_html(text, "th"))
    assert '<html lang="th">' in html
    assert "อัตราอักขระผิด" in html
    assert "ฉบับถูกต้อง: " in html
    assert "truth: " not in html
    assert bare_words(html) <= {"Chamra", "ab", "abc", "newmm", "pythainlp"}
    assert "Character error rate" in "".join(evaluation_html(text))


def test_every_word_of_the_view_is_there_in_both_languages_and_used():
    template = (Path(__file__).parents[2] / "reports/templates/evaluation.html.j2").read_text("utf-8")
    for name, (english, thai) in EVALUATION_WORDS.items():
        assert re.search("[ก-๙]", thai) or name in ("rate",), name
        assert set(re.findall(r"\{\w+", english)) == set(re.findall(r"\{\w+", thai)), name
        assert f'"{name}"' in template or name == "note" or name.startswith(("compared_", "class_")), name
