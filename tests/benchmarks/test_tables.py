"""What the benchmark of tables counts."""

import pytest

from benchmarks import tables
from benchmarks.common import PageCase, Set
from benchmarks.reading import measure
from benchmarks.reading_runs import Read
from benchmarks.tables import count, infix_distance, matched_cells, with_cells
from model.page import Page, Quality, Reader, Reading


@pytest.mark.parametrize(
    ("piece", "text", "distance"),
    [
        ("กขค", "xxกขคyy", 0),
        ("กขค", "xxกคyy", 1),
        ("กขค", "", 3),
        ("กขค", "abc", 3),
        ("", "abc", 0),
        ("กข", "ขก", 1),
    ],
)
def test_what_is_found_nowhere_in_a_text(piece, text, distance):
    assert infix_distance(piece, text) == distance


def test_neither_order_nor_what_is_invented_is_missing():
    found = count("ชั้น ๒\t๖๐\nsoup\nชั้น ๑\t๑๐๐", "ชั้น ๑\t๑๐๐\nชั้น ๒\t๖๐")
    assert found.missing == 0
    assert found.letters == len("ชั้น๑๑๐๐ชั้น๒๖๐")


def test_a_cell_is_right_in_its_row_and_column_alone():
    truth = "ก\tข\tค\nง\tจ\tฉ"
    assert count(truth, truth).figures()["rows_whole"] == 1.0
    joined = count("ก\tขค\nง\tจ\tฉ", truth)
    assert (joined.right_cells, joined.whole_rows) == (4, 1)
    torn = count("ก\tข\nง\tจ\nค\nฉ", truth)
    assert (torn.right_cells, torn.whole_rows) == (4, 0)


def test_leaders_and_check_boxes_are_left_out_of_both():
    assert count("ชื่อ …… นามสกุล\n☐ อนุมัติ", "ชื่อ......... นามสกุล\n\uf0a8 อนุมัติ").missing == 0


def test_rows_are_taken_in_order():
    assert matched_cells([["a", "b"], ["c", "d"]], [["c", "d"], ["a", "b"]]) in ([2, 0], [0, 2])


def test_cells_that_the_truth_parts_by_spaces_are_told_by_their_words(tmp_path, monkeypatch):
    listed = tmp_path / "cells.csv"
    listed.write_text("page,line,words\nbid,2,2 1 1\nother,1,1 1\n", encoding="utf-8")
    monkeypatch.setattr(tables, "CELLS", listed)
    truth = "บัญชี แนบท้าย\nชั้น ๑ ๖๐๐ -\n"
    assert with_cells("bid", truth) == "บัญชี แนบท้าย\nชั้น ๑\t๖๐๐\t-\n"
    assert with_cells("none", truth) == truth
    with pytest.raises(ValueError, match="bid has 3 words in line 2"):
        with_cells("bid", "บัญชี\nชั้น ๑ ๖๐๐")


def test_the_cells_of_a_page_are_counted_with_its_letters(tmp_path):
    truth = tmp_path / "page.txt"
    truth.write_text("บัญชีแนบท้าย\nชั้น ๑\t๖๐๐\n", encoding="utf-8")
    read = Reading.of_text("บัญชีแนบ\nชั้น ๑\t๖๐\n", Reader("made", "1"), 1)
    page = Page("d" * 64, 1, "e" * 64, 900, 1200, 200.0, Quality(20, 1, 0, 1, 0.1, False), (read,))
    case = PageCase("page", truth, 1, truth)
    found = measure(Set("made", (case,), ""), [Read(page, 1.0)], [], tmp_path)
    assert (found["cells"], found["cells_right"]) == (2, 0.5)
    (row,) = found["by_page"]
    assert (row["letters"], row["missed"], row["cells"], row["cells_right"]) == (20, 5, 2, 1)
