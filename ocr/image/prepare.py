"""A page image made ready for reading: without the scanner's borders and holes, upright, straight, without ruling
lines, and cleaned where it is poor.

Do no harm: on a good page without tables nothing is done at all, because each of these steps costs accuracy
there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from model import geometry
from model.box import Box
from model.page import Preparation, Quality, Rectification
from model.region import Region, RegionKind
from ocr.image import orientation
from ocr.image.bent import bent_lines, flat_by
from ocr.image.borders import without_borders
from ocr.image.components import components
from ocr.image.dark_grounds import dark_grounds, turned_light
from ocr.image.dark_pages import is_dark_page, negative
from ocr.image.light import DIM, UNEVEN, evenness, evenness_of_text, flattened
from ocr.image.png import dpi_of
from ocr.image.quality import Survey, survey, thumbnail_and_ink
from ocr.image.rectify import rectify, resized, whole
from ocr.image.scale import edges_of, in_image, on_thumbnail
from ocr.image.shades import level_below
from ocr.image.sheet import sheet
from ocr.image.small_print import small_print
from ocr.image.streaks import is_streaked, without_streaks
from ocr.image.watermarks import Watermark, watermarks, without_watermarks
from ocr.layout.bands import band_borders
from ocr.layout.baseline import slope_of
from ocr.layout.columns import around_tables, gutters_of
from ocr.layout.ink import PageInk, page_ink
from ocr.layout.leaders import find_leaders
from ocr.layout.pictures import PictureRegions, pictures
from ocr.layout.print_rows import print_rows
from ocr.layout.regions import NOTHING_DRAWN, DrawnRegions, drawn_regions, without_drawing
from ocr.layout.ruling import find_strikes, ruling, through_grounds, without_ruling
from ocr.layout.turned_text import turned_text
from ocr.layout.worn_rules import with_worn

cv2.setNumThreads(1)  # pages are prepared in parallel; threads within one only get in each other's way


@dataclass(frozen=True, slots=True)
class TesseractSettings:
    """How Tesseract is to read the page: its `--psm`, `thresholding_method` and `textord_min_linesize`."""

    segmentation: int
    thresholding: int
    line_size: float


ROW_BY_ROW = TesseractSettings(segmentation=6, thresholding=0, line_size=2.5)
"""The page as one block. By itself Tesseract takes loosely set Thai marks for lines of their own, loses them
and reads rubbish in their place, and it reads tables down their columns. Measured, white space ignored,
against its own layout (`--psm 3`): gazette 18.6 to 27.6 % CER -> 3.0 to 3.7, budget tables 1.2 to 46 -> 0.2
to 2.0, a scanned form 17.4 -> 7.1."""

IN_COLUMNS = TesseractSettings(segmentation=3, thresholding=0, line_size=1.25)
"""Tesseract's own layout, for pages with columns of running text."""

NOISY = 0.025
"""From this noise of the paper on (`Quality.noise`) a page is blurred and thresholded by Sauvola's method. Measured
on eight noisy pages (0.029 to 0.034): CER 13.2 -> 11.1 in sum, better on six; below 0.022 every such step was worse
than none, on a scanned form at 0.017 6.5 -> 7.7 %."""

BLUR = 0.6
"""Pixels, the standard deviation of the blur. 1.0 runs small letters together: errors rise by half."""

SAUVOLA = 2
"""Tesseract's `thresholding_method`, of which 0 is Otsu's."""


@dataclass(frozen=True)
class Prepared:
    """The image to read, grey, and what was done to get it.

    `width` and `height` are the page image's. `band_borders`: the rows at which the image may be cut into bands
    (`ocr.layout.bands`). `slant`: by how many degrees clockwise it would have to be turned yet for its lines to be
    level. `gutters`: the white between columns of running text, in the frame of the image turned level.
    `small_print`: how high the letters of the page's small print are, in pixels of the image, 0 where it has none.
    `drawn`: tables, leaders and check boxes, in the image's frame. `pictures`: what is no print, in the frame of the
    page's thumbnail, which has `thumbnail_scale` of its pixels for each of the image's. `watermarks`: what was
    lifted to the paper, in the image's frame. `turned`: places of the image where lines may run up or down the page.
    """

    image: NDArray[np.uint8]
    quality: Quality
    preparation: Preparation
    width: int
    height: int
    settings: TesseractSettings = ROW_BY_ROW
    band_borders: tuple[int, ...] = ()
    slant: float = 0.0
    small_print: float = 0.0
    gutters: tuple[Box, ...] = ()
    drawn: DrawnRegions = NOTHING_DRAWN
    pictures: PictureRegions | None = None
    thumbnail_scale: float = 1.0
    watermarks: tuple[Watermark, ...] = ()
    turned: tuple[Box, ...] = ()

    @cached_property
    def ink(self) -> PageInk:
        """The pieces of ink of `image`, looked for once, for whoever reads them and whoever holds them to account."""
        return page_ink(self.image, self.quality.x_height, self.quality.contrast, self.small_print)

    def to_page(self, box: Box) -> Box:
        """A box of `image` in the frame of the page image."""
        return geometry.to_page(box, self.preparation, self.width, self.height)

    def is_cut(self, box: Box) -> bool:
        """Whether ink that is no print lies in a box of `image` or touches it."""
        if self.pictures is None or not self.pictures.regions:
            return False
        left, top, right, bottom = on_thumbnail(box, self.thumbnail_scale)
        around = self.pictures.ink[max(0, top - 1) : bottom + 2, max(0, left - 1) : right + 2]
        return bool(around.any())

    @property
    def regions(self) -> tuple[Region, ...]:
        """What is drawn on the page and what is no print of its own, from the top, boxes in the page image's frame."""
        shown = () if self.pictures is None else self.pictures.scaled(self.thumbnail_scale)
        others = [Region(picture.kind, picture.box) for picture in shown]
        others += [Region(RegionKind.WATERMARK, mark.box) for mark in self.watermarks]
        found = sorted((*self.drawn.all, *others), key=lambda region: (region.box.top, region.box.left))
        return tuple(replace(self._on_page(region), order=order) for order, region in enumerate(found))

    def _on_page(self, region: Region) -> Region:
        parts = tuple(self._on_page(part) for part in region.parts)
        return replace(region, box=self.to_page(region.box), parts=parts)


def prepare(png: bytes, *, turns: int | None = None) -> Prepared:
    """Measure a page image and make it ready. `png` is a page image as `ocr.source.rasterise` writes them.

    `turns`: how many quarter turns clockwise make it upright, by default as many as its marks say.

    Raises:
        ValueError: the bytes are no image.
    """
    return prepare_pixels(decode(png), dpi_of(png), turns=turns)


def prepare_pixels(image: NDArray[np.uint8], dpi: float, *, turns: int | None = None) -> Prepared:
    """The same for the grey pixels of a page image, rows by columns, and its pixels per inch."""
    height, width = image.shape
    image, flat, seen, steps = _flat(image, dpi)
    image, seen, marks = _lifted(image, seen, steps)
    if seen.quality.blank:
        blank = Preparation(0, 0.0, (*steps, "blank"), flat)
        return Prepared(image, seen.quality, blank, width, height, watermarks=marks)
    image, seen = _evened(image, seen, steps)
    turns = _quarter_turns(image, seen) if turns is None else turns
    found = seen.pieces.turned(turns)
    angle = orientation.skew(found)
    slant = 0.0
    if abs(angle) < orientation.LEAST_SKEW:
        angle, slant = 0.0, angle
    if turns:
        steps.append(f"turned {90 * turns} degrees clockwise")
    if angle:
        steps.append(f"straightened {angle:+.2f} degrees")
    thumbnail, mask = seen.thumbnail, seen.mask
    if turns or angle:
        marks = _turned_marks(marks, Preparation(turns, angle), image)
        image = _turned(image, turns, angle)
        thumbnail, mask = thumbnail_and_ink(image)
        found = orientation.pieces(mask)
    done = Preparation(turns, angle, tuple(steps), flat)
    upright_page = Prepared(image, seen.quality, done, width, height, slant=slant, watermarks=marks)
    return _without_drawing(upright_page, thumbnail, mask, found)


def _without_drawing(
    page: Prepared, thumbnail: orientation.Thumbnail, mask: NDArray[np.uint8], found: orientation.Pieces
) -> Prepared:
    """An upright page without what is drawn on it, which is kept; `mask` and `found` are its thumbnail's."""
    image, quality, steps = page.image, page.quality, list(page.preparation.steps)
    grounds = dark_grounds(thumbnail.image, found.letter_height)
    if grounds:
        image = turned_light(image, grounds, thumbnail.scale)
        thumbnail, mask = thumbnail_and_ink(image)
        found = orientation.pieces(mask)
        steps.append("light letters on dark grounds turned dark")
    small, scale = thumbnail.image, thumbnail.scale
    rules = with_worn(ruling(small, mask, found.letter_height), mask, found.letter_height)
    seen = through_grounds(rules, grounds, mask)
    drawn = drawn_regions(image, mask, seen, found.letter_height, scale)
    if rules.any():
        struck = find_strikes(rules, mask)
        drawn = replace(drawn, strikes=tuple(in_image(edges_of(box), scale) for box in struck.boxes))
        # Where a rule goes through a letter it is left: what would be painted over is the letter's.
        lines = rules.mask & ~struck.crossed
        image = without_ruling(image, small, rules, lines)
        mask = np.where(lines > 0, np.uint8(0), mask)
        steps.append("ruling lines painted over")
    if drawn.ink:
        image = without_drawing(image, drawn.ink)
        steps.append("leaders and check boxes painted over")
    settings, rows = ROW_BY_ROW, band_borders(mask, found, scale)
    gutters = _gutters(found, drawn, scale, page.slant)
    if gutters:
        settings, rows = IN_COLUMNS, ()
    steps.append("column by column" if settings is IN_COLUMNS else "row by row")
    if quality.noise >= NOISY:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), BLUR), np.uint8)
        settings = replace(settings, thresholding=SAUVOLA)
        steps.append("blurred for its noise, thresholded by Sauvola's method")
    pieces = components(mask)
    print_found = print_rows(pieces, found.letter_height)
    turned = turned_text(pieces, found.letter_height, print_found.standing)
    return replace(
        page,
        image=image,
        preparation=replace(page.preparation, steps=tuple(steps)),
        settings=settings,
        band_borders=rows,
        small_print=small_print(found) / scale,
        gutters=gutters,
        drawn=drawn,
        pictures=pictures(pieces, found.letter_height, print_found, rules.mask),
        thumbnail_scale=scale,
        turned=tuple(in_image(edges_of(box), scale) for box in turned),
    )


def _quarter_turns(image: NDArray[np.uint8], seen: Survey) -> int:
    """How many quarter turns clockwise make the page upright. A page is not turned for the dots of its leaders, which
    stand below letters as marks stand above them."""
    turns = orientation.quarter_turns(seen.pieces)
    if not turns:
        return 0
    mask = seen.mask.copy()
    for box in find_leaders(image, seen.mask, seen.pieces.letter_height, seen.scale).ink:
        left, top, right, bottom = on_thumbnail(box, seen.scale)
        mask[max(0, top - 1) : bottom + 2, max(0, left - 1) : right + 2] = 0
    return orientation.quarter_turns(orientation.pieces(mask))


def _gutters(found: orientation.Pieces, drawn: DrawnRegions, scale: float, slant: float) -> tuple[Box, ...]:
    """The gutters between columns of running text beside no table, in the frame of the image turned level."""
    gutters = gutters_of(found, slope_of(slant))
    tables = [table.box for table in drawn.ruled.tables]
    return around_tables([in_image(edges_of(box), scale) for box in gutters], tables)


def _flat(
    image: NDArray[np.uint8], dpi: float
) -> tuple[NDArray[np.uint8], Rectification | None, Survey, list[str]]:
    """The sheet in a photograph, flat, or a scan without its borders and holes; how, what is seen on it, in words."""
    height, width = image.shape
    known = orientation.thumbnail(image)
    dark = is_dark_page(known)
    if dark:
        image = negative(image)
        known = orientation.thumbnail(image)
    found = sheet(survey(image, known), width, height) if evenness(known.image) < UNEVEN else None
    if found is None:
        image, painted = without_borders(image, dpi, known)
        flat, steps, shown = whole(width, height), list(painted), image
    else:
        flat, steps, shown = found, ["sheet cut out and made flat"], rectify(image, found)
    seen = survey(shown, None if steps else known)
    if dark:
        steps.insert(0, "light print on a dark page turned dark")
    bent = bent_lines(seen.pieces)
    if bent is not None:
        flat = found = flat_by(bent, flat, seen.scale)
        steps.append("bent lines made flat")
        shown = rectify(image, flat)
        seen = survey(shown)
    better = resized(flat, seen)
    if better is flat:
        return shown, found, seen, steps
    across, down = better.width / flat.width, better.height / flat.height
    steps.append(f"scaled to {across:.2f} across and {down:.2f} down for its letters")
    shown = rectify(image, better)
    return shown, better, survey(shown), steps


def _lifted(
    image: NDArray[np.uint8], seen: Survey, steps: list[str]
) -> tuple[NDArray[np.uint8], Survey, tuple[Watermark, ...]]:
    """The image without watermarks, which is said in `steps`, and where they were."""
    found = watermarks(seen)
    if found is None:
        return image, seen, ()
    image = without_watermarks(image, found, seen.pieces.letter_height / seen.scale)
    steps.append("watermark lifted")
    return image, survey(image), found.marks


def _turned_marks(
    marks: tuple[Watermark, ...], preparation: Preparation, image: NDArray[np.uint8]
) -> tuple[Watermark, ...]:
    """Watermarks of an image where they lie once it is turned as `preparation` says."""
    high, wide = image.shape
    return tuple(replace(mark, box=geometry.to_upright(mark.box, preparation, wide, high)) for mark in marks)


def _evened(image: NDArray[np.uint8], seen: Survey, steps: list[str]) -> tuple[NDArray[np.uint8], Survey]:
    """The image with uneven light and streaks evened where it has them, which is said in `steps`."""
    if _is_dim(seen) and _is_dim(_beside_grounds(seen)):
        image = flattened(image, seen.quality.x_height)
        seen = survey(image)
        steps.append("light evened")
    if is_streaked(seen):
        image = without_streaks(image, seen.quality.x_height)
        seen = survey(image)
        steps.append("streaks evened")
    return image, seen


def _is_dim(seen: Survey) -> bool:
    return evenness_of_text(seen.small, seen.pieces.letters()) < DIM


def _beside_grounds(seen: Survey) -> Survey:
    """What is seen of a page without its dark grounds: a bar with light letters is no shadow, and would be washed out
    with the print around it."""
    grounds = dark_grounds(seen.small, seen.pieces.letter_height)
    if not grounds:
        return seen
    small, edges = seen.small.copy(), seen.pieces.edges
    paper = level_below(seen.thumbnail.shades, 0.6)
    beside = np.ones(len(edges), np.bool_)
    x, y = (edges[:, 0] + edges[:, 2]) / 2, (edges[:, 1] + edges[:, 3]) / 2
    for box in grounds:
        small[max(0, box.top - 1) : box.bottom + 1, max(0, box.left - 1) : box.right + 1] = paper
        beside &= (x < box.left) | (x > box.right) | (y < box.top) | (y > box.bottom)
    shown = orientation.Thumbnail(small, seen.scale)
    return replace(seen, thumbnail=shown, pieces=replace(seen.pieces, edges=edges[beside]))


def decode(png: bytes) -> NDArray[np.uint8]:
    """The grey pixels of a page image, rows by columns."""
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise ValueError("not a page image")
    return np.asarray(image, np.uint8)


def upright(image: NDArray[np.uint8], preparation: Preparation) -> NDArray[np.uint8]:
    """A page image made flat, turned and straightened as `preparation` says, not cleaned: for people to look at."""
    if preparation.rectification is not None:
        image = rectify(image, preparation.rectification)
    return _turned(image, preparation.quarter_turns % 4, preparation.skew)


def _turned(image: NDArray[np.uint8], turns: int, skew: float) -> NDArray[np.uint8]:
    if turns:
        image = np.ascontiguousarray(np.rot90(image, -turns))
    if not skew:
        return image
    height, width = image.shape[:2]
    turn = geometry.straightening(skew, width, height)
    # OpenCV's coordinates are those of pixel centres, half a pixel off the corner.
    matrix = np.array(
        [
            [turn.a, turn.b, turn.c + (turn.a + turn.b - 1) / 2],
            [turn.d, turn.e, turn.f + (turn.d + turn.e - 1) / 2],
        ]
    )
    paper = int(np.median(image[:: max(1, height // 100), :: max(1, width // 100)]))
    turned = cv2.warpAffine(
        image,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=paper,
    )
    return np.asarray(turned, np.uint8)
