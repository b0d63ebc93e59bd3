"""Print `truth.txt` and scan it: makes the bundled `scan.pdf`, byte for byte the same on every run.

    .venv/bin/python training/sample/make_scan.py [OUTPUT.pdf]

Needs the Debian package fonts-thai-tlwg. The bytes depend on the versions of Pillow, OpenCV, NumPy and the
fonts, so the scan is kept in the repository; this script remakes it when the text or a page's look changes.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, features

HERE = Path(__file__).parents[2] / "cli" / "sample"
FONTS = Path("/usr/share/fonts/truetype/tlwg")
A4_MM = (210.0, 297.0)
LEFT_MM, RIGHT_MM, TOP_MM = 26.0, 16.0, 24.0
PAPER, INK = 247, 22  # grey values of the unworn print
INK_OR_PAPER = 128  # a black-and-white scanner cuts here
SEED = 2566
MADE = time.struct_time((2023, 11, 15, 0, 0, 0, 2, 319, 0))  # a fixed date keeps the bytes the same

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Wear:
    """What print, age and scanner did to a page.

    `angle` is in degrees anticlockwise; `blur` a sigma in pixels of the scan; `noise` a sigma in grey values;
    `shade` the share of light lost in the darkest corner; `fade` the share of the ink lost; `through` how
    much of the ink of the page behind shows.
    """

    angle: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    shade: float = 0.0
    fade: float = 0.0
    through: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is set and scanned.

    `heads` and `titles` are line indexes (bold; bold and centred), `columns` the left edges of a table's
    columns in mm from the margin. `quality` is the JPEG quality; None is a scan in black and white (CCITT
    group 4).
    """

    font: str
    points: float
    leading: float
    dpi: int
    quality: int | None
    wear: Wear
    titles: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    columns: tuple[float, ...] = ()
    rules: frozenset[int] = field(default=frozenset())  # a line is ruled below these line indexes


LOOKS = (
    Look("Laksaman", 12.2, 1.7, 300, None, Wear(blur=0.7, noise=6), frozenset({0, 1, 2}), frozenset({3, 9})),
    Look(
        "Norasi", 13.8, 1.85, 200, 60, Wear(angle=-0.2, blur=0.5, noise=3, shade=0.05),
        frozenset({0}), frozenset({1, 10}), (0, 12, 66, 98, 120, 146), frozenset({0, 1, 9, 10}),
    ),
    Look(
        "Garuda", 12.2, 1.65, 200, 42, Wear(angle=1.3, blur=1.1, noise=8, shade=0.2, fade=0.15, through=0.03),
        heads=frozenset({0}),
    ),
    Look("Laksaman", 12, 1.75, 200, 45, Wear(angle=0.4, blur=1, noise=2.5, shade=0.08, through=0.015)),
    Look(
        "Laksaman", 12.2, 1.8, 200, 60, Wear(angle=-0.5, blur=0.6, noise=4, shade=0.08, through=0.02),
        heads=frozenset({0, 9, 16}),
    ),
)  # fmt: skip


def draw(lines: list[str], look: Look) -> Grey:
    """One page, freshly printed.

    Raises:
        ValueError: a line is wider than the page, or a row has more cells than the page has columns.
    """
    mm = look.dpi / 25.4
    width, height = (round(side * mm) for side in A4_MM)
    image = Image.new("L", (width, height), PAPER)
    pen = ImageDraw.Draw(image)
    size = look.points * look.dpi / 72
    regular, bold = (
        ImageFont.truetype(FONTS / f"{look.font}{style}.ttf", size, layout_engine=ImageFont.Layout.RAQM)
        for style in ("", "-Bold")
    )
    left, right = LEFT_MM * mm, width - RIGHT_MM * mm
    baseline = TOP_MM * mm + size
    for index, line in enumerate(lines):
        font = bold if index in look.titles | look.heads else regular
        cells = line.split("\t")
        starts = [left + column * mm for column in look.columns[: len(cells)]] if len(cells) > 1 else [left]
        if index in look.titles:
            starts = [(left + right - font.getlength(line)) / 2]
        for x, cell, limit in zip(starts, cells, [*starts[1:], right], strict=True):
            if x + font.getlength(cell) > limit:
                message = f"line {index + 1} is too wide: {cell}"
                raise ValueError(message)
            pen.text((x, baseline), cell, fill=INK, font=font, anchor="ls", language="th")
        if index in look.rules:
            y = baseline + size * 0.5
            pen.line((left, y, right, y), fill=INK, width=max(1, round(0.25 * mm)))
        baseline += size * look.leading
    return np.asarray(image)


def scan(page: Grey, behind: Grey, wear: Wear, dots: np.random.Generator) -> Grey:
    """The page as a scanner sees it: paper, the page behind, tilt, blur, uneven light, noise."""
    height, width = page.shape
    x = page.astype(np.float32)
    x = PAPER - (PAPER - x) * (1 - wear.fade)
    if wear.through:
        mirrored = cv2.resize(cv2.flip(behind, 1), (width, height)).astype(np.float32)
        x -= (PAPER - cv2.GaussianBlur(mirrored, (0, 0), 2.5)) * wear.through
    if wear.angle:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), wear.angle, 1)
        x = np.asarray(
            cv2.warpAffine(x, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=PAPER), np.float32
        )
    if wear.blur:
        x = np.asarray(cv2.GaussianBlur(x, (0, 0), wear.blur), np.float32)
    across, down = np.linspace(0, 1, width)[None, :], np.linspace(0, 1, height)[:, None]
    x *= 1 - wear.shade * np.clip(0.65 * across + 0.55 * down - 0.2, 0, 1)
    x += dots.normal(0, wear.noise, x.shape) if wear.noise else 0
    return x.clip(0, 255).astype(np.uint8)


def write(path: Path) -> None:
    """Set, scan and bind all pages of `truth.txt` into one PDF that holds images alone."""
    if not features.check("raqm"):
        message = "this Pillow has no libraqm: Thai marks would be drawn in wrong places"
        raise SystemExit(message)
    texts = (HERE / "truth.txt").read_text(encoding="utf-8").split("\f")
    printed = [draw(text.splitlines(), look) for text, look in zip(texts, LOOKS, strict=True)]
    path.unlink(missing_ok=True)
    for number, (page, look) in enumerate(zip(printed, LOOKS, strict=True)):
        worn = scan(page, printed[number - 1], look.wear, np.random.default_rng(SEED + number))
        image, coding = Image.fromarray(worn), {"quality": look.quality}
        if look.quality is None:
            image, coding = Image.fromarray(worn > INK_OR_PAPER), {}
        image.save(
            path, "PDF", append=number > 0, resolution=look.dpi, title="Chamra: sample scan",
            producer="training/sample/make_scan.py", creationDate=MADE, modDate=MADE, **coding,
        )  # fmt: skip


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "scan.pdf")
