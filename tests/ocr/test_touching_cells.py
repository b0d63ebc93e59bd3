"""Cells of tables without rules in a text layer that touch or are as near as words, by the cells around them."""

from itertools import pairwise

import pytest

from ocr.text_layer.clusters import Cluster
from ocr.text_layer.placing import PlacedCharacter
from ocr.text_layer.spacing import separators

EM, LETTER = 16.0, 8.0
SPACE = 4.0


def line(*pieces):
    """A line of letters of one width: (where it begins, text) each."""
    return [
        Cluster(PlacedCharacter(one, None, x, x + LETTER, 100.0, x, x + LETTER, EM, None))
        for left, text in pieces
        for at, one in enumerate(text)
        if (x := left + LETTER * at) >= 0 and one != " "
    ]


def text(rows):
    """The lines as they are read."""
    return [
        "".join(c.letter.text + sign for c, sign in zip(row, [*behind, ""], strict=True))
        for row, behind in zip(rows, separators(rows, ()), strict=True)
    ]


def table(cells, numbers, white):
    """Lines with cells as wide as the widest of their column, ended by so much white; those of `numbers` end alike."""
    ends = [0.0]
    for column in zip(*cells, strict=True):
        ends.append(ends[-1] + LETTER * max(map(len, column)) + white)
    return [
        line(*(
            (right - white - LETTER * len(cell) if at in numbers else left, cell)
            for at, (cell, (left, right)) in enumerate(zip(row, pairwise(ends), strict=True))
        ))
        for row in cells
    ]  # fmt: skip


MATERIALS = [
    ("ทรายหยาบ", "๘๐", "ลบเมตร", "๓๕๐", "๒๘,๐๐๐"), ("หนคลก", "๑๒๕", "กอง", "๔๒๐", "๕๒,๕๐๐"),
    ("ปนซเมนตปอรตแลนด", "๒๔๐", "ถง", "๑๔๕", "๓๔,๘๐๐"), ("เหลกเสน", "๖๐", "เสน", "๑๘", "๗,๐๘๐"),
    ("ทอคสล", "๓๖", "ทอน", "๖๙๐", "๒๔,๘๔๐"), ("ลวด", "๑๒", "กก", "๔๕", "๕๔๐"),
]  # fmt: skip
STAFF = [
    ("นาด", "ครูผู้สอน", "๒๕๖๖", "๑๒"), ("หนองบว", "ภารโรง", "๒๕๖๗", "๑๐๔"), ("คลองขวาง", "ครู", "๒๕๖๘", "๙"),
    ("ควน", "บรรณารักษ์", "๒๕๖๕", "๗๗"), ("ทามะเดอ", "ธุรการ", "๒๕๖๔", "๓๘"),
]  # fmt: skip


@pytest.mark.parametrize("white", [1.0, SPACE], ids=["nearly touching", "as near as words"])
@pytest.mark.parametrize(("cells", "numbers"), [(MATERIALS, {1, 3, 4}), (STAFF, {3})], ids=["bill", "staff"])
def test_cells_end_where_those_around_do(cells, numbers, white):
    assert text(table(cells, numbers, white)) == ["\t".join(row) for row in cells]


def test_a_number_that_touches_a_word_ends_where_those_around_do():
    cells = [row[:3] for row in MATERIALS]
    assert text(table(cells, {1}, 0.0)) == ["\t".join(row) for row in cells]


def test_numbers_and_the_unit_behind_each_of_them_are_one_cell():
    rows = [("ถนน", "๑,๒๐๐บาท"), ("ทอระบายนำ", "๙๕๐บาท"), ("ศาลา", "๑๒,๐๐๐บาท"), ("ลานกฬา", "๓๐๐บาท")]
    made = []
    for name, sum_ in rows:
        number = sum_.removesuffix("บาท")
        made.append(line((0, name), (280 - LETTER * len(number), number), (280 + SPACE, "บาท")))
    assert text(made) == [f"{name}\t{sum_.removesuffix('บาท')} บาท" for name, sum_ in rows]


def test_words_that_each_line_repeats_and_the_numbers_of_a_list_end_no_cell():
    names = ("ถนน", "ทอระบายนำ", "ศาลา", "ลานกฬา", "สะพาน")
    rows = [
        line((0, f"{at}."), (2 * LETTER + SPACE, "งาน"), (5 * LETTER + 2 * SPACE, name), (260, "๙๐"))
        for at, name in enumerate(names, 1)
    ]
    assert text(rows) == [f"{at}. งาน {name}\t๙๐" for at, name in enumerate(names, 1)]


def test_prose_has_no_cells_whatever_stands_above_each_other():
    lengths = [(6, 4, 9), (6, 7, 3), (6, 2, 8), (4, 6, 6), (6, 9, 5), (5, 5, 5)]
    rows = []
    for words in lengths:
        starts = [0.0]
        for count in words:
            starts.append(starts[-1] + LETTER * count + SPACE)
        rows.append(line(*((left, "ก" * count) for left, count in zip(starts, words, strict=False))))
    assert text(rows) == [" ".join("ก" * count for count in words) for words in lengths]
