from hypothesis import given
from hypothesis import strategies as st

from ocr.tesseract.align import align, printed_rows

LETTERS = st.text(alphabet="กขคงจชดตทนบปมยรลวสหอาิีึืุูเแโใไ่้๊์ํ0123456789abc().", min_size=1, max_size=3)
SYMBOL_LINES = st.lists(st.lists(LETTERS, min_size=1, max_size=12), max_size=6)
WHITE = st.sampled_from(["", "", " ", "  ", "\t", "\u00a0"])


def spelled(text, alignment, lines):
    """What the aligned symbols spell where the text has letters."""
    return [
        None if place is None else lines[place[0]][place[1]]
        for letter, place in zip(text, alignment.symbols, strict=True)
        if not letter.isspace()
    ]


@given(SYMBOL_LINES, st.data())
def test_symbols_with_white_space_strewn_in_align_exactly(lines, data):
    rows, expected = [], []
    for line in lines:
        row = data.draw(WHITE)
        for symbol in line:
            row += symbol + data.draw(WHITE)
            expected += [symbol] * len(symbol)
        rows.append(row)
    text = data.draw(st.sampled_from(["\n", "\n\n", "\n \n"])).join(rows) + "\n"
    alignment = align(text, lines)
    assert spelled(text, alignment, lines) == expected
    assert len(alignment.rows) == len(lines)


@given(SYMBOL_LINES)
def test_every_code_point_of_a_symbol_belongs_to_it_and_in_order(lines):
    text = "\n".join("".join(line) for line in lines)
    alignment = align(text, lines)
    places = [place for place in alignment.symbols if place is not None]
    assert places == sorted(places)
    assert places == [
        (row, index) for row, line in enumerate(lines) for index, symbol in enumerate(line) for _ in symbol
    ]


@given(SYMBOL_LINES, SYMBOL_LINES)
def test_a_letter_never_gets_a_symbol_that_does_not_hold_it(lines, others):
    text = "\n".join("".join(line) for line in others)
    alignment = align(text, lines)
    for letter, place in zip(text, alignment.symbols, strict=True):
        if place is not None:
            assert letter in lines[place[0]][place[1]]


def test_white_space_has_no_symbol():
    alignment = align("ก ข\n", [["ก", "ข"]])
    assert alignment.symbols == ((0, 0), None, (0, 1), None)


def test_a_line_the_symbols_lack_stays_without_boxes_and_the_others_keep_theirs():
    lines = [list("ตำบลกำแพง"), list("จังหวัดสตูล")]
    alignment = align("ตำบลกำแพง\nอำเภอละงู\nจังหวัดสตูล\n", lines)
    first, second, third = (alignment.symbols[row.start : row.end] for row in alignment.rows)
    assert first == tuple((0, index) for index in range(9))
    assert set(second) == {None}
    assert third == tuple((1, index) for index in range(11))


def test_one_of_two_equal_lines_that_lost_its_symbols_is_not_guessed():
    line = "อำเภอเมือง"
    alignment = align(f"{line}\n{line}\nจังหวัดตรัง", [list(line), list("จังหวัดตรัง")])
    first, second, third = (alignment.symbols[row.start : row.end] for row in alignment.rows)
    assert set(first) == {None}
    assert set(second) == {None}
    assert None not in third


def test_a_letter_that_differs_is_left_out_and_its_neighbours_are_not():
    text, symbols = "องค์การบริหาร", list("องค์กxรบริหาร")
    alignment = align(text, [symbols])
    unknown = [letter for letter, place in zip(text, alignment.symbols, strict=True) if place is None]
    assert unknown == ["า"]


def test_one_of_two_equal_letters_that_lost_its_symbol_is_not_guessed():
    alignment = align("เทศบาลลเมือง", [list("เทศบาลเมือง")])
    at = "เทศบาล".index("ล")
    assert alignment.symbols[at] is None
    assert alignment.symbols[at + 1] is None
    assert alignment.symbols[0] == (0, 0)


def test_printed_rows_leave_out_white_lines_and_newlines():
    text = "\nก ข\n \t\nค"
    assert [text[row.start : row.end] for row in printed_rows(text)] == ["ก ข", "ค"]
