import cv2
import numpy as np
import pytest

from model.account import InkKind
from model.page import Reader
from model.region import RegionKind
from ocr.accounting.account import account
from ocr.image.components import components
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.image.quality import survey
from ocr.layout.pictures import pictures
from ocr.layout.print_rows import print_rows
from ocr.letters import reading_of
from tests.ocr import recordings
from tests.ocr.drawn import Drawing

LETTER = 22  # pixels, the height of a letter of the recorded prose


def page():
    """The recorded prose with white paper below it."""
    text = recordings.image("prose")
    sheet = np.full((1700, text.shape[1]), 255, np.uint8)
    sheet[: text.shape[0]] = text
    return sheet


def found_on(image):
    seen = survey(image)
    found = components(seen.mask)
    size = seen.pieces.letter_height
    return pictures(found, size, print_rows(found, size)), seen.mask


def ink_of(image):
    """A page with this on it, what was found, and the shares of the drawing's and of the print's ink it takes."""
    sheet = np.minimum(page(), image)
    found, mask = found_on(sheet)
    drawn = cv2.dilate((image < 128).astype(np.uint8), np.ones((5, 5))) > 0
    ours, print_ink = (mask > 0) & drawn, (mask > 0) & ~drawn
    taken = found.ink > 0
    return found.regions, (taken & ours).sum() / ours.sum(), (taken & print_ink).sum() / print_ink.sum()


def blank():
    return np.full_like(page(), 255)


def curve(image, points, thickness=3):
    """A smooth stroke through points."""
    t = np.linspace(0, len(points) - 1, 40 * len(points))
    smooth = np.stack(
        [np.interp(t, range(len(points)), np.array(points)[:, axis]) for axis in (0, 1)], axis=1
    )
    smooth = np.stack([np.convolve(smooth[:, axis], np.ones(31) / 31, "valid") for axis in (0, 1)], axis=1)
    cv2.polylines(image, [smooth.round().astype(np.int32)], False, 0, thickness, cv2.LINE_AA)


def signature(image, left, top):
    points = [
        (0, 60),
        (40, -20),
        (70, 90),
        (110, -30),
        (120, 100),
        (190, 10),
        (220, 70),
        (330, 20),
        (260, 90),
    ]
    curve(image, [(left + x, top + y) for x, y in points])


def emblem(image, left, top, radius=90):
    """A round seal with a figure in it, alike on both sides."""
    centre = (left + radius, top + radius)
    cv2.circle(image, centre, radius, 0, 3, cv2.LINE_AA)
    cv2.circle(image, centre, radius - 22, 0, 2, cv2.LINE_AA)
    for side in (-1, 1):
        for step in range(4):
            start = (centre[0], centre[1] - 40 + 22 * step)
            cv2.line(image, start, (start[0] + side * (45 - 6 * step), start[1] - 18), 0, 4, cv2.LINE_AA)
    cv2.ellipse(image, centre, (14, 50), 0, 0, 360, 0, 3, cv2.LINE_AA)


def ring(image, left, top, radius):
    """A round seal with letters around a figure that is not alike on both sides."""
    centre = (left + radius, top + radius)
    cv2.circle(image, centre, radius, 0, 3, cv2.LINE_AA)
    for step in range(18):
        angle = 0.35 * step
        x, y = (
            round(centre[n] + 0.8 * radius * turn) for n, turn in enumerate((np.cos(angle), np.sin(angle)))
        )
        cv2.ellipse(image, (x, y), (7, 10), 20 * step, 0, 300, 0, 3, cv2.LINE_AA)
    cv2.ellipse(image, (centre[0] - 15, centre[1]), (20, 30), 0, 0, 200, 0, 4, cv2.LINE_AA)


@pytest.mark.parametrize("name", recordings.NAMES)
def test_print_is_nothing_else(name):
    found, _ = found_on(recordings.image(name))
    assert found.regions == ()
    assert not found.ink.any()


def test_a_page_of_print_with_one_letter_or_none_has_nothing():
    assert found_on(np.full((900, 600), 255, np.uint8))[0].regions == ()


def test_a_signature_is_found_and_no_letter_with_it():
    image = blank()
    signature(image, 500, 900)
    regions, share, print_share = ink_of(image)
    assert [region.kind for region in regions] == [RegionKind.SIGNATURE]
    assert share > 0.95
    assert print_share == 0
    box = regions[0].box
    assert box.left >= 495
    assert box.top >= 875


def test_a_signature_across_a_line_of_print_takes_none_of_its_letters():
    image = blank()
    signature(image, 500, 500)
    regions, _, _ = ink_of(image)
    clean, _ = found_on(page())
    sheet = np.minimum(page(), image)
    found, _ = found_on(sheet)
    seen = survey(page())
    letters = seen.mask > 0
    apart = cv2.dilate((image < 200).astype(np.uint8), np.ones((5, 5))) == 0
    assert len(regions) == 1
    assert not clean.regions
    assert not (found.ink[letters & apart]).any()


def test_what_is_no_print_is_kept_with_the_page_where_it_lies_on_the_page_image():
    image = blank()
    signature(image, 500, 900)
    sheet = np.minimum(page(), image)
    turned = np.ascontiguousarray(np.rot90(sheet, 2))
    found = prepare(encode_grey(turned.tobytes(), turned.shape[1], turned.shape[0], 200))
    assert found.preparation.quarter_turns == 2
    (region,) = (one for one in found.regions if one.kind is RegionKind.SIGNATURE)
    ys, xs = np.nonzero(np.rot90(image, 2) < 128)
    for edge, true in zip(
        (region.box.left, region.box.top, region.box.right, region.box.bottom),
        (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1),
        strict=True,
    ):
        assert abs(edge - true) <= 8


def test_a_seal_is_told_by_its_symmetry():
    image = blank()
    emblem(image, 530, 800)
    regions, share, print_share = ink_of(image)
    assert [region.kind for region in regions] == [RegionKind.SEAL]
    assert share > 0.98
    assert print_share == 0


def copied(image, seed=3):
    """Line art as a worn copy has it: its strokes broken into pieces, none of them taller than a letter."""
    dice = np.random.default_rng(seed)
    wear = cv2.GaussianBlur(dice.normal(0, 1, image.shape).astype(np.float32), (0, 0), 2.2)
    return np.where(wear > 0.09, np.uint8(255), image)


def winged(image, left, top, wide=300):
    """A figure with two hatched wings, a crown and a tail in fine line, alike on both sides."""
    middle = left + wide // 2
    for side in (-1, 1):
        for feather in range(12):
            start = (middle + side * (14 + 3 * feather), top + 150 - 6 * feather)
            end = (middle + side * (60 + 8 * feather), top + 160 - 13 * feather)
            cv2.line(image, start, end, 0, 3, cv2.LINE_AA)
            tail = (middle + side * 9 * feather, top + 290 - 3 * feather)
            cv2.line(image, (middle + side * 6 * feather, top + 195), tail, 0, 3, cv2.LINE_AA)
        for knot in range(5):
            place = (middle + side * (8 + 14 * knot), top + 168 + 14 * (knot % 2))
            cv2.circle(image, place, 8, 0, 2, cv2.LINE_AA)
    for ornament in range(6):
        half = 30 - 4 * ornament
        cv2.ellipse(image, (middle, top + 120 - 18 * ornament), (half, 8), 0, 0, 360, 0, 2, cv2.LINE_AA)


def diamond(image):
    corners = np.array([(600, 700), (950, 950), (600, 1200), (250, 950)], np.int32)
    cv2.polylines(image, [corners], True, 0, 4, cv2.LINE_AA)


def oval(image):
    cv2.ellipse(image, (600, 950), (160, 120), 0, 0, 360, 0, 4, cv2.LINE_AA)


@pytest.mark.parametrize("seed", range(4))
def test_an_emblem_that_a_copier_broke_into_pieces_is_one_seal_with_all_of_them(seed):
    image = blank()
    winged(image, 450, 800)
    worn = copied(image, seed)
    seen = components(survey(worn).mask)
    assert len(seen.areas) > 30
    regions, share, print_share = ink_of(worn)
    assert [region.kind for region in regions] == [RegionKind.SEAL]
    assert share > 0.99
    assert print_share == 0


def test_the_white_between_the_strokes_of_an_emblem_is_the_emblems_and_what_stands_by_it_is_not():
    image = blank()
    winged(image, 450, 800)
    text = recordings.image("notice")[60:110, 60:300]
    image[1105 : 1105 + text.shape[0], 480 : 480 + text.shape[1]] = text
    found, mask = found_on(np.minimum(page(), image))
    (seal,) = found.regions
    assert seal.kind is RegionKind.SEAL
    assert seal.box.bottom <= 1105
    wing = found.ink[850:930, 520:580]
    assert (wing > 0).all()
    below = np.s_[1105 : 1105 + text.shape[0], 480 : 480 + text.shape[1]]
    assert (mask[below] > 0).any()
    assert not (found.ink[below] > 0)[mask[below] > 0].any()


def test_line_art_that_is_not_alike_on_both_sides_is_no_seal():
    image = blank()
    winged(image, 450, 800)
    image[:, 600:] = 255
    assert RegionKind.SEAL not in {region.kind for region in ink_of(image)[0]}


def test_no_ink_of_an_emblem_is_lost_text():
    image = blank()
    winged(image, 450, 800)
    sheet = np.minimum(page(), copied(image))
    prepared = prepare(encode_grey(sheet.tobytes(), sheet.shape[1], sheet.shape[0], 200))
    nothing = reading_of(1, Reader("made", "1"), [])
    places = account(prepared, nothing)
    assert not [place for place in places.missing if place.box.bottom > 790]
    assert [place.kind for place in places.named if place.box.top > 700] == [InkKind.SEAL]


def test_a_round_seal_takes_its_lettering_with_it_and_not_what_it_is_stamped_over():
    image = blank()
    ring(image, 500, 800, 110)
    regions, share, print_share = ink_of(image)
    assert [region.kind for region in regions] == [RegionKind.SEAL]
    assert share > 0.95
    assert print_share == 0
    over = blank()
    ring(over, 500, 300, 110)
    _, _, print_share = ink_of(over)
    assert print_share < 0.02


@pytest.mark.parametrize("draw", [diamond, oval])
def test_the_words_in_a_drawing_stay_print(draw):
    text = recordings.image("notice")[60:110, 60:300]
    image = blank()
    draw(image)
    sheet = np.minimum(page(), image)
    sheet[925 : 925 + text.shape[0], 480 : 480 + text.shape[1]] = text
    found, mask = found_on(sheet)
    assert len(found.regions) == 1
    assert found.ink.any()
    assert draw is oval or found.regions[0].kind is RegionKind.PICTURE
    inside = mask[925 : 925 + text.shape[0], 480 : 480 + text.shape[1]] > 0
    assert inside.any()
    assert not found.ink[925 : 925 + text.shape[0], 480 : 480 + text.shape[1]].any()


def test_a_stamp_set_askew_is_told_by_its_frame_and_its_words_stay():
    text = recordings.image("notice")[60:110, 60:300]
    stamp = np.full((260, 520), 255, np.uint8)
    cv2.rectangle(stamp, (60, 60), (460, 200), 0, 3)
    stamp[100 : 100 + text.shape[0], 100 : 100 + text.shape[1]] = text
    turn = cv2.getRotationMatrix2D((260, 130), 6, 1)
    image = blank()
    image[900:1160, 400:920] = cv2.warpAffine(stamp, turn, (520, 260), borderValue=255)
    regions, share, print_share = ink_of(image)
    assert [region.kind for region in regions] == [RegionKind.STAMP]
    assert 0.1 < share < 0.75
    assert print_share == 0


def test_letters_that_stand_on_no_baseline_are_handwriting_and_the_same_on_one_are_print():
    word = recordings.image("prose")[60:122, 60:700]
    _, labels = cv2.connectedComponents((word < 200).astype(np.uint8))
    level, uneven = blank(), blank()
    for label in range(1, labels.max() + 1):
        letter = np.where(labels == label, word, 255)
        lift = (-14, 9, -3, 15, -9, 3)[label % 6]
        for image, top in ((level, 900), (uneven, 900 + lift)):
            place = image[top : top + 62, 200:840]
            np.minimum(place, letter, out=place)
    assert ink_of(level)[0] == ()
    regions, share, print_share = ink_of(uneven)
    assert {region.kind for region in regions} == {RegionKind.HANDWRITING}
    assert share > 0.3
    assert print_share == 0


def test_a_word_that_lost_its_feet_to_a_ruling_line_is_no_handwriting():
    word = recordings.image("prose")[60:122, 60:700]
    _, labels = cv2.connectedComponents((word < 200).astype(np.uint8))
    image = blank()
    for label in range(1, labels.max() + 1):
        lift = (-14, 9, -3, 15, -9, 3)[label % 6]
        place = image[900 + lift : 962 + lift, 200:840]
        np.minimum(place, np.where(labels == label, word, 255), out=place)
    seen = survey(np.minimum(page(), image))
    found = components(seen.mask)
    cut = np.zeros_like(seen.mask)
    size = seen.pieces.letter_height
    rows = print_rows(found, size)
    assert pictures(found, size, rows, cut).regions
    cut[955:960, 100:1000] = 255
    assert pictures(found, size, rows, cut).regions == ()


def test_a_title_in_large_type_is_print():
    text = recordings.image("notice")
    title = cv2.resize(text[60:130], None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)[:, :1240]
    sheet = page()
    sheet[800 : 800 + title.shape[0], : title.shape[1]] = title
    assert found_on(sheet)[0].regions == ()


def test_what_dissolves_into_dirt_is_left_alone():
    dice = np.random.default_rng(5)
    sheet = page()
    for x, y in dice.integers(20, 1200, (9000, 2)):
        sheet[y + 480 : y + 486, x : x + 7] = 0
    assert found_on(sheet[:1650])[0].regions == ()


@pytest.mark.parametrize("size", [110, 130, 170])
def test_a_headline_is_print(size):
    sheet = np.asarray(Drawing(size=46).prose(lines=12, step=80).pixels)
    headline = Drawing(size=size).text(300, 1800, "ปิดคลองซ่อมประตูน้ำ").pixels
    assert found_on(np.minimum(sheet, headline))[0].regions == ()
