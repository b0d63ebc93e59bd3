"""The auditor's own look at the ink: what the published text lacks, what it has and the page does not."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from unittest.mock import Mock

import cv2
import numpy as np
import pytest

from audit import ink_pieces
from audit.audit import audit
from audit.ink import LookedAt, audit_ink, ink_grounds, looked_at, unaccounted
from audit.ink_watch import InkWatch
from audit.letters import read_letters
from audit.light_print import dark_on_light
from audit.report import About, AuditReport, Severity
from ledger.events.page_read import PageRead
from model.account import Account, InkKind, InkPlace
from model.box import Box
from model.edit import Edit, Flag, Span
from model.evidence import Evidence, EvidenceKind
from model.page import Page, Reading
from review.publish import publish
from review.sign import sign
from tests.ocr.drawn import Drawing
from tests.ocr.ink_sheet import ROWS, STEP, TOP, WIDE, Sheet, reading
from tests.review.house import SOMCHAI, House
from tests.workspace import samples
from workspace.store import recipe_key

NOTHING = LookedAt()


def png(sheet):
    done, data = cv2.imencode(".png", sheet.image)
    assert done
    return data.tobytes()


def messages(sheet, reading, edits=(), known=NOTHING):
    return list(unaccounted(np.asarray(sheet.image), read_letters(reading), edits, known))


def test_a_page_whose_text_is_whole_leaves_nothing_open():
    sheet = Sheet()
    assert messages(sheet, sheet.reading) == []


def test_ink_that_no_letter_of_the_text_stands_on_is_named_with_its_place():
    sheet = Sheet()
    found = audit_ink(np.asarray(sheet.image), read_letters(sheet.without("ฐฑฒณ")), (), NOTHING)
    (place,) = found.lost
    around = sheet.box("ฐฑฒณ")
    assert around.left - 4 <= place.left <= around.left + 12
    assert around.top - 4 <= place.top <= around.top + 12
    (message,) = messages(sheet, sheet.without("ฐฑฒณ"))
    assert "not in the published text" in message
    assert f"{place.left}, {place.top} to {place.right}, {place.bottom}" in message


def test_what_an_edit_takes_away_is_missed_and_what_it_replaces_is_not():
    sheet = Sheet()
    start = sheet.text.index("ฐฑฒณ")
    span = Span(start, start + 4)
    assert len(messages(sheet, sheet.reading, [Edit(span, "ฐฑฒณ", "")])) == 1
    assert messages(sheet, sheet.reading, [Edit(span, "ฐฑฒณ", "ก")]) == []


def test_letters_on_bare_paper_are_named_unless_they_were_flagged():
    sheet = Sheet()
    beyond = [Box(600 + STEP * n, TOP, 600 + STEP * n + WIDE, TOP + 28) for n in range(4)]
    read = sheet.with_more(ROWS[0], "กขคง", beyond)
    (message,) = messages(sheet, read)
    assert "where the page is bare" in message
    at = len(ROWS[0])
    assert messages(sheet, read, known=LookedAt(spans=(Span(at, at + 4),))) == []


def test_places_that_people_were_asked_about_and_named_ink_are_on_record():
    sheet = Sheet()
    lost = sheet.without("ฐฑฒณ")
    box = sheet.box("ฐฑฒณ")
    evidence = Evidence(EvidenceKind.INK_AT, (box.left, box.top, box.right, box.bottom))
    flag = Flag("f" * 16, "INK001", Span(0, 1), "look", (evidence,))
    seal = Account(True, 9, named=(InkPlace(InkKind.SEAL, box, 9),))
    page = Page("d" * 64, 1, "e" * 64, 900, 700, 300.0, samples.QUALITY, (lost,))
    asked = looked_at(ink_grounds(page), samples.findings(lost.text, flag), ())
    named = looked_at(ink_grounds(replace(page, account=seal)), samples.findings(lost.text), ())
    assert messages(sheet, lost, known=asked) == []
    assert messages(sheet, lost, known=named) == []


def test_of_a_reading_without_places_the_length_tells():
    sheet = Sheet()

    def nowhere(text):
        return Reading.of_text(text, sheet.reading.reader)

    assert messages(sheet, nowhere(sheet.text)) == []
    for text in ("กขค", sheet.text * 4):
        (message,) = messages(sheet, nowhere(text))
        assert "too few or too many for its ink" in message


def on_first(sheet, count):
    """Boxes that share the first letter's ink."""
    first = sheet.letter(0)
    return [replace(first, left=first.left + 2 * n, right=first.left + 2 * n + 2) for n in range(count)]


@pytest.mark.parametrize(
    ("after", "letters", "boxes", "why"),
    [
        ("ฐฑฒณ", "มาตราใหม่", lambda sheet: [None] * 9, "without a place on the page"),
        (ROWS[3], "ฐฑฒณ", lambda sheet: sheet.boxes[14:18], "on the ink of others"),
        ("กขคง", "สหฬอลวศษ", lambda sheet: on_first(sheet, 8), "closer together than print"),
        (ROWS[0], "กขคง", lambda sheet: [Box(600 + STEP * n, TOP, 620 + STEP * n, TOP + 28) for n in range(4)],
         "where the page is bare"),
    ],
    ids=["no place", "on other ink", "squeezed in", "on bare paper"],
)  # fmt: skip
def test_letters_that_were_put_into_a_reading_are_named(after, letters, boxes, why):
    sheet = Sheet()
    read = sheet.with_more(after, letters, boxes(sheet))
    found = messages(sheet, read)
    assert any(why in message for message in found), found
    assert not any(letters in message for message in found)


def test_letters_under_a_black_bar_are_named_and_not_said():
    sheet = Sheet()
    sheet.fill(sheet.box("ดตถท"), 0)
    (message,) = messages(sheet, sheet.reading)
    assert "where the page is black" in message
    assert "ดตถท" not in message


WHOLE = Box(0, 0, 900, 700)


@pytest.mark.parametrize(
    "known",
    [LookedAt(claimed=(WHOLE,)), LookedAt(written=((WHOLE, 4),))],
    ids=["said to be a seal or a mark", "a word of a person's for the whole page"],
)
def test_rows_that_were_taken_out_of_the_text_are_named_whatever_their_place_is_said_to_be(known):
    rows = tuple("กขคงจฉชซฌญฎฏฐฑฒณดตถ" for _ in range(4))
    sheet = Sheet(rows)
    read = reading(sheet.text[:20], sheet.boxes[:20])
    (message,) = messages(sheet, read, known=known)
    assert "not in the published text" in message


def test_a_letter_does_not_cover_a_row_by_a_wide_box():
    sheet = Sheet(tuple("กขคงจฉชซฌญฎฏฐฑฒณดตถ" for _ in range(4)))
    read = sheet.without(sheet.text[20:39])
    wide = replace(sheet.letter(40), left=0, top=sheet.letter(20).top, right=900)
    boxes = [*read.boxes]
    boxes[20] = wide
    assert len(messages(sheet, replace(read, boxes=tuple(boxes)))) >= 1


def test_what_a_person_wrote_for_a_place_accounts_for_it():
    sheet = Sheet()
    lost = sheet.box("ฐฑฒณ")
    assert messages(sheet, sheet.without("ฐฑฒณ"), known=LookedAt(written=((lost, 4),))) == []


def test_rules_and_large_drawings_are_no_lost_text():
    sheet = Sheet()
    cv2.line(sheet.image, (50, 480), (800, 480), 20, 3)
    cv2.circle(sheet.image, (700, 590), 70, 20, 12)
    assert messages(sheet, sheet.reading) == []


@pytest.mark.parametrize("lost", ["", "ฐฑฒณ ดตถท"])
def test_the_audit_of_a_published_page_names_what_its_text_lacks(tmp_path, lost):
    sheet = Sheet()
    house = House(tmp_path)
    house.source(1)
    image = house.ws.store.put(png(sheet))
    read = sheet.without(lost) if lost else sheet.reading
    height, width = np.shape(sheet.image)
    page = Page(house.document, 1, image, width, height, 300.0, samples.QUALITY, (read,))
    house.ws.record_page(page, recipe_key(step="read", image=image, lost=lost))
    newest = house.ws.ledger.newest(PageRead, document=house.document, page=1)
    assert newest is not None
    house.examine(1, newest.event.blob, samples.findings(read.text))
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    report = audit(house.ws)
    found = [one for one in report.findings if one.about is About.INK]
    assert report.holds
    assert [(one.severity, one.page) for one in found] == [(Severity.WARNING, 1)] * bool(lost)


@pytest.mark.parametrize("noise", [0, 4])
def test_what_is_darker_than_the_paper_around_is_found_as_if_every_pixel_were_asked(noise):
    chance = np.random.default_rng(noise)
    page = np.full((300, 410), 238, np.uint8)
    page[:, 300:] = 150  # a darker paper
    for top, left in chance.integers(0, 280, (40, 2)).tolist():
        page[top : top + 3, left : left + 14] = 60
    page = (page + chance.normal(0, noise, page.shape)).clip(0, 255).astype(np.uint8)
    paper = cv2.medianBlur(cv2.dilate(page, np.ones((9, 9), np.uint8)), 21)
    darker = cv2.subtract(paper, page)
    limit = max(20.0, ink_pieces.CONTRAST * float(np.percentile(darker[darker > 20], 90)))
    ink_there = darker > limit
    told_otherwise = ink_pieces.ink_mask(page) != ink_there
    at_the_edge = told_otherwise[:, 300 - ink_pieces.STRIDE : 300 + 2 * ink_pieces.STRIDE].any(axis=0)
    assert np.count_nonzero(at_the_edge) <= ink_pieces.STRIDE // 2
    told_otherwise[:, 300 - ink_pieces.STRIDE : 300 + 2 * ink_pieces.STRIDE] = False
    assert np.count_nonzero(told_otherwise) < 0.01 * np.count_nonzero(ink_there)


def test_a_page_that_cannot_be_looked_at_is_an_error_of_that_page_and_the_others_are_told():
    report = AuditReport("w", 1, "0" * 64)
    with ThreadPoolExecutor(2) as executor:
        watch = InkWatch(executor, report, "d")
        watch.begin(1, Mock(side_effect=cv2.error), nullcontext)
        watch.begin(2, partial(list, ["ink 2"]), nullcontext)
        watch.finish()
    assert [(one.severity, one.page) for one in report.findings] == [
        (Severity.ERROR, 1),
        (Severity.WARNING, 2),
    ]


def test_what_is_found_of_a_page_stands_where_it_would_stand_without_threads():
    report = AuditReport("w", 1, "0" * 64)
    with ThreadPoolExecutor(2) as executor:
        watch = InkWatch(executor, report, "d")
        for page in (1, 2, 3):
            watch.begin(page, partial(list, [f"ink {page}"]), nullcontext)
            report.add(Severity.ERROR, About.PAGE, f"after {page}")
        watch.finish()
    said = [one.message for one in report.findings]
    assert said == ["ink 1", "after 1", "ink 2", "after 2", "ink 3", "after 3"]


@pytest.mark.parametrize("share", [0.002, 0.05, 0.2, 0.5, 1.0])
def test_no_more_pieces_are_begun_than_are_counted_before(share):
    speckled = np.random.default_rng(3).random((300, 400)) < share
    mask = np.asarray(cv2.dilate(speckled.astype(np.uint8), np.ones((1, 2), np.uint8)), np.uint8)
    count, _ = cv2.connectedComponents(mask, connectivity=8)
    assert count <= ink_pieces.most_pieces(mask)


@pytest.mark.parametrize("step", [2, 3, 7])
def test_a_page_of_specks_has_as_many_pieces_as_specks_be_they_more_than_a_small_number_holds(step):
    mask = np.zeros((700, 900), np.uint8)
    mask[11:-5:step, 20:-9:step] = 1
    pieces = ink_pieces.pieces_of(mask)
    assert len(pieces.stats) - 1 == np.count_nonzero(mask)
    left, top = pieces.stats[1:, [cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP]].min(axis=0)
    assert (left, top) == (20, 11)
    assert pieces.labels.max() == len(pieces.stats) - 1


def negative(sheet, ground=10, ink=245):
    """The same page light on dark."""
    image = sheet.image.astype(float)
    sheet.image = (ground + (245 - image) / 225 * (ink - ground)).round().clip(0, 255).astype(np.uint8)
    return sheet


@pytest.mark.parametrize(("ground", "shade"), [(0, 255), (40, 230), (110, 250)])
@pytest.mark.parametrize("noise", [0, 12])
def test_a_page_light_on_dark_is_audited_as_the_same_page_dark_on_light(ground, shade, noise):
    def audited(sheet, read):
        grain = np.random.default_rng(5).integers(0, noise + 1, sheet.image.shape)
        image = np.asarray((sheet.image + grain).clip(0, 255), np.uint8)
        return audit_ink(image, read_letters(read), (), NOTHING)

    whole, light = Sheet(), negative(Sheet(), ground, shade)
    beyond = [Box(600 + STEP * n, TOP, 600 + STEP * n + WIDE, TOP + 28) for n in range(4)]
    for read in (whole.reading, whole.without("ฐฑฒณ"), whole.with_more(ROWS[0], "กขคง", beyond)):
        dark_print, light_print = audited(whole, read), audited(light, read)
        assert len(light_print.lost) == len(dark_print.lost)
        assert light_print.bare == dark_print.bare
        assert light_print.unborne == dark_print.unborne == ()
    (place,) = audited(light, whole.without("ฐฑฒณ")).lost
    around = whole.box("ฐฑฒณ")
    assert around.left - 4 <= place.left <= around.left + 12
    assert around.right - 12 <= place.right <= around.right + 4


@pytest.mark.parametrize("size", [48, 72])
@pytest.mark.parametrize(("ground", "shade"), [(20, 255), (110, 250)])
def test_light_print_that_nobody_has_read_is_found_in_letters_of_fonts_too(ground, shade, size):
    drawing = Drawing(size=size)
    drawing.image.paste(ground, (0, 0, 2480, 3508))
    for number in range(6):
        drawing.text(300, 400 + 2 * size * number, "รับสมัครตั้งแต่วันที่ ๑ ถึง ๓๑ ตุลาคม ๒๕๖๗", shade)
    nothing = read_letters(reading("ก\n", [Box(300, 3300, 330, 3330), None]))
    found = audit_ink(np.asarray(drawing.pixels), nothing, (), NOTHING).lost
    again = audit_ink(np.asarray(255 - drawing.pixels), nothing, (), NOTHING).lost
    assert len(found) == len(again) >= 6


def test_dark_print_is_looked_at_as_it_is_whatever_is_dark_beside_it():
    prose = np.asarray(Drawing().prose(lines=12).pixels, np.uint8)
    table = np.full((5400, 4600), 30, np.uint8)
    table[700 : 700 + prose.shape[0], 800 : 800 + prose.shape[1]] = prose
    dice = np.random.default_rng(7)
    night = dice.integers(10, 60, (1754, 1240)).astype(np.uint8)
    for x, y, side in dice.integers((0, 0, 4), (1200, 1700, 30), (200, 3)).tolist():
        night[y : y + side, x : x + side] = 240
    under_black = Sheet()
    under_black.image[450:] = 5
    for image in (prose, table[::3, ::3].copy(), night, under_black.image, np.full((90, 90), 7, np.uint8)):
        assert dark_on_light(image) is image


@pytest.mark.parametrize("beyond", [2**31, 2**32, 2**32 + 10, 2**62, -(2**32), 2**80])
@pytest.mark.parametrize("every", [False, True])
def test_a_box_beyond_every_page_is_not_taken_for_one_on_the_page(beyond, every):
    sheet = Sheet()
    boxes = [
        Box(one.left + beyond, one.top, one.right + beyond, one.bottom) if one and (every or not at) else one
        for at, one in enumerate(sheet.boxes)
    ]
    with pytest.raises(ValueError, match="boxes"):
        read_letters(reading(sheet.text, boxes))
