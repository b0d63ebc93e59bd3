import io

from rich.console import Console

from reports.evaluate import evaluate
from reports.evaluation_html import Difference, EvaluatedText, aligned_rows, evaluation_html
from reports.evaluation_table import show_evaluation


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
