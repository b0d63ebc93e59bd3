"""The regions of a page: its text in reading order by what it is, tables with their text, what is drawn in between."""

from dataclasses import replace

from model.box import Box
from model.page import Preparation
from model.region import Region, RegionKind, TableCellRole
from ocr.layout.page_regions import page_regions
from reports.regions import WORDS, counts, region_marks
from tests.reports.test_structure import FULL, LEFT, PITCH, body, laid


def kinds(page):
    return [region.kind for region in page_regions([page])[0]]


def heading(text, top):
    """A line of letters half as broad again as the page's."""
    page = laid(1, (text, LEFT, top), *body(top + 3 * PITCH, lines=6))
    boxes = list(page.reading.boxes)
    for at in range(len(text)):
        x = LEFT + 39 * at
        boxes[at] = Box(x, top, x + 36, top + 45)
    return replace(page, readings=(replace(page.reading, boxes=tuple(boxes)),))


def test_broad_letters_in_a_short_line_above_a_gap_are_a_heading():
    page = heading(FULL[:20], 300)
    (head, *rest) = page_regions([page])[0]
    assert head.kind is RegionKind.HEADING
    assert head.span is not None
    assert page.reading.text[head.span.start : head.span.end] == FULL[:20]
    assert {region.kind for region in rest} == {RegionKind.TEXT}


def test_broad_letters_that_fill_the_line_or_are_to_be_filled_in_are_no_heading():
    assert RegionKind.HEADING not in kinds(heading(FULL[:48], 300))
    assert RegionKind.HEADING not in kinds(heading(FULL[:18] + "……", 300))


def test_items_page_numbers_and_feet_that_recur_are_told_apart():
    number, item = ("๓", 1200, 150), ("1) ข้อแรกของรายการ", LEFT, 900)
    foot = "กองแผนงาน เทศบาลตำบลป่าบง"
    pages = [laid(at, number, *body(400), item, (f"{foot} {at}", LEFT, 3300)) for at in (1, 2, 3)]
    for regions in page_regions(pages):
        found = [region.kind for region in regions]
        assert found[0] is RegionKind.PAGE_NUMBER
        assert found[-2:] == [RegionKind.LIST, RegionKind.FOOTER]


def test_a_table_has_the_text_of_its_lines_and_stands_where_it_is_read():
    table = Box(LEFT - 20, 590, 2300, 800)
    cell = Region(RegionKind.CELL, table, cell=TableCellRole(0, 0))
    page = laid(
        1, *body(300, lines=1), ("ลำดับ\tรายการ", LEFT, 610), ("๑\tงานก่อสร้าง", LEFT, 700), *body(950, lines=1)
    )
    page = replace(page, regions=(Region(RegionKind.TABLE, table, parts=(cell,)),))
    before, found, after = page_regions([page])[0]
    assert (before.kind, found.kind, after.kind) == (RegionKind.TEXT, RegionKind.TABLE, RegionKind.TEXT)
    assert found.span is not None
    assert page.reading.text[found.span.start : found.span.end] == "ลำดับ\tรายการ\n๑\tงานก่อสร้าง"
    assert [region.order for region in (before, found, after)] == [0, 1, 2]


def test_regions_are_shown_in_per_cent_of_the_upright_page_and_named_in_two_languages():
    page = laid(1, *body())
    stamp = Region(RegionKind.STAMP, Box(0, 0, 248, 351))
    turned = replace(page, regions=(stamp,), preparation=Preparation(2, 0.0, ()))
    (mark,) = region_marks(turned, (stamp,))
    assert (mark.left, mark.top, mark.width) == (90.0, 89.99, 10.0)
    assert (mark.english, mark.thai, mark.start) == ("stamp", "ตรายาง", None)
    assert counts((mark, mark)) == "2 stamp"
    assert set(WORDS) == set(RegionKind)
