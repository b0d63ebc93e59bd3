"""Mistakes that the benchmarks make on purpose: where they are is known exactly."""

import numpy as np
import pytest

from benchmarks.cases import context_of, misspellings_in_text, spaces_in_text
from benchmarks.kinds import lists
from benchmarks.real_words import Swap, _fixes, with_other_words
from benchmarks.spurious_spaces import inject_spaces, inject_spaces_on_page, lost_spaces, remove_spaces
from dictionaries.characters import Part
from dictionaries.lexicon import load_lexicon
from tests.correction.texts import printed_reading

TEXT = "ส่งเสริมการมีส่วนร่วมของประชาชน และจัดทำแผนพัฒนาท้องถิ่น โดยเทศบาลตำบล"

COMMON = "ตั้งแต่วันที่ประกาศใช้บังคับ ผู้เข้าร่วมประชุมได้รับเงินสามล้านบาท เพื่อใช้จ่ายในด้านต่าง ๆ " * 60
"""Prose whose words have others beside them: ตั้ง and ตัง, ใช้ and ใช่, เข้า and เช้า, ล้าน and ลาน, ด้าน and ด่าน."""


def test_spurious_spaces_are_where_they_are_reported():
    text, places = inject_spaces(TEXT, np.random.default_rng(1), 0.2)
    assert places
    assert all(text[place] == " " for place in places)
    assert "".join(letter for at, letter in enumerate(text) if at not in set(places)) == TEXT


def test_a_spurious_space_on_a_page_has_the_white_that_is_printed_there():
    reading, places = inject_spaces_on_page(printed_reading(TEXT, TEXT), np.random.default_rng(1), 0.2)
    whole = printed_reading(reading.text, TEXT)
    assert places
    assert reading.gaps == whole.gaps
    assert reading.lines[0].span.end == len(reading.text)


def test_a_space_taken_out_of_a_page_leaves_its_white():
    reading, lost = remove_spaces(printed_reading(TEXT, TEXT), np.random.default_rng(2), 1.0)
    assert reading.text == TEXT.replace(" ", "")
    assert lost_spaces(reading.text, TEXT) == set(lost)
    assert reading.gaps == printed_reading(reading.text, TEXT).gaps
    assert [reading.text[place] for place in lost] == ["น", "น"]


def test_a_misread_line_says_nothing_of_its_spaces():
    assert lost_spaces("กขคง", "กข คง") == {1}
    assert lost_spaces("กขฆง", "กข คง") == set()
    assert lost_spaces("กข คง", "กขคง") == set()


def test_a_word_in_the_place_of_another_is_undone_by_its_swap():
    lexicon = load_lexicon()
    text, swaps = with_other_words(COMMON, lexicon, np.random.default_rng(3))
    assert swaps
    back, shift = text, 0
    for swap in swaps:
        at = swap.at + shift
        assert back[at : at + len(swap.before)] == swap.before
        back = back[:at] + swap.after + back[at + len(swap.before) :]
        shift += len(swap.after) - len(swap.before)
    assert back == COMMON


@pytest.mark.parametrize(
    ("swap", "edit", "mends"),
    [
        (Swap(5, "ถ", "ด"), (5, "ถ", "ด"), True),
        (Swap(5, "ถ", "ด"), (4, "ยถ", "ยด"), True),
        (Swap(5, "ถ", "ด"), (5, "ถ", "ต"), False),
        (Swap(5, "ถ", "ด"), (7, "ก", "ด"), False),
        (Swap(5, "", "้"), (4, "ท", "ท้"), True),
        (Swap(5, "", "้"), (4, "ท", "ท่"), False),
    ],
)
def test_which_edits_undo_a_swap(swap, edit, mends):
    assert _fixes(swap, *edit) is mends


def test_cases_know_which_of_them_are_right():
    cases = spaces_in_text([TEXT * 6] * 4)
    assert sum(cases.right) + cases.unseen > 0
    assert len(cases.features) == len(cases.right) == len(cases.folds)
    misread = misspellings_in_text([TEXT * 30] * 8)
    assert sum(misread.right) > 0
    assert sum(misread.right) + misread.unseen >= sum(misread.right)
    assert context_of(TEXT).text == TEXT


def test_lists_come_in_pages_the_same_every_time_and_no_entry_is_for_fitting_and_for_measuring():
    fitting, measuring = (lists(part, 20_000) for part in (Part.TUNE, Part.TEST))
    assert lists(Part.TEST, 20_000) == measuring
    for name, pages in measuring.items():
        assert 18_000 < sum(map(len, pages)) < 21_000
        assert not {*"\n".join(pages).split("\n")} & {*"\n".join(fitting[name]).split("\n")}
