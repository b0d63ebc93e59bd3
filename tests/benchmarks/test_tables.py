"""What the benchmark of tables counts."""

import pytest

from benchmarks.tables import count, infix_distance, matched_cells


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
