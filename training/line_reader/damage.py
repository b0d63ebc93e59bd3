"""What printing, copying, sending and scanning do to a line."""

from __future__ import annotations

import random

import cv2
import numpy as np

from training.line_reader.overlays import Neighbours
from training.line_reader.typeset import Image8, Ink

KINDS = (
    ("clean", 0.2),
    ("scan", 0.36),
    ("heavy", 0.24),
    ("thin", 0.04),
    ("broken", 0.05),
    ("fax", 0.04),
    ("dots", 0.02),
    ("typewriter", 0.025),
    ("photograph", 0.025),
)
"""Kinds of damage and how often each is done."""

HELD_OUT = "copied"
"""A kind that is never trained on: a copy of a copy."""


def damaged(
    ink: Ink,
    letter: float,
    kind: str,
    neighbours: Neighbours,
    draw: random.Random,
    numpy: np.random.Generator,
) -> Image8:
    """Darkness (0 to 1) as a grey image, ink dark, after that kind of damage. `letter`: letter height in pixels."""
    if kind == "dots":
        ink = _dots(ink, letter, draw)
    elif kind == "typewriter":
        ink = _uneven(ink, letter, draw, numpy)
    elif kind == "thin":
        ink = _thin(ink, letter, draw)
    scale = max(letter / 20, 0.5)
    if kind != "clean":
        width = draw.uniform(0.25, {"heavy": 1.6, "photograph": 1.6}.get(kind, 0.9)) * scale
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), width), np.float32)
    if kind == "photograph":
        ink = np.asarray(cv2.filter2D(ink, -1, _motion(letter, draw)), np.float32)
    if draw.random() < 0.2:  # ink spread or worn away, as copiers do
        ink = (ink * draw.uniform(0.6, 1.9)).clip(0, 1)
    grey = 255 - ink * 255 * draw.uniform(0.5, 1.0)
    if kind != "clean":
        grey = _paper(
            grey, scale, heavy=kind in ("heavy", "photograph"), neighbours=neighbours, draw=draw, numpy=numpy
        )
    image = np.asarray(grey.clip(0, 255), np.uint8)
    if kind == HELD_OUT:
        return _copied(image, letter, draw, numpy)
    if kind == "broken":
        return _broken(image, ink, letter, draw, numpy)
    if kind == "fax":
        return _fax(image, letter, draw)
    if kind != "clean" and draw.random() < 0.5:
        image = _compressed(
            image, draw.randint(12, 40) if kind == "heavy" and draw.random() < 0.4 else draw.randint(25, 85)
        )
    if draw.random() < 0.12:
        image = np.where(image > _between(image, draw.uniform(0.35, 0.8)), 255, 0).astype(np.uint8)
    return image


def _paper(
    grey: Ink,
    scale: float,
    *,
    heavy: bool,
    neighbours: Neighbours,
    draw: random.Random,
    numpy: np.random.Generator,
) -> Ink:
    """Show-through, uneven light, a fold, noise and specks."""
    rows, columns = grey.shape
    if draw.random() < (0.6 if heavy else 0.25):
        back = neighbours.behind((rows, columns), 2 * scale, draw)
        if back is not None:
            grey = grey - back * draw.uniform(0.02, 0.2 if heavy else 0.12)
    if draw.random() < (0.6 if heavy else 0.3):
        ends = [1 - draw.uniform(0, 0.4 if heavy else 0.25) for _ in range(4)]
        corners = np.array(ends, np.float32).reshape(2, 2)
        grey = grey * cv2.resize(corners, (columns, rows), interpolation=cv2.INTER_LINEAR)
    if draw.random() < 0.04:
        column = draw.randrange(columns)
        grey[:, column : column + max(1, round(3 * scale))] *= draw.uniform(0.5, 0.9)
    noise = draw.uniform(1, 22 if heavy else 12)
    grain = numpy.normal(0, noise, grey.shape).astype(np.float32)
    if draw.random() < 0.3:
        grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), draw.uniform(0.5, 1.2)), np.float32) * 2
    grey = grey + grain
    if draw.random() < 0.15:
        specks = numpy.random(grey.shape) < draw.uniform(0.0005, 0.006)
        grey[specks] = draw.choice((0.0, 60.0, 255.0))
    return grey


def _compressed(image: Image8, quality: int) -> Image8:
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def _between(image: Image8, share: float) -> float:
    """A grey level so far from the darkest ink to the paper."""
    dark, paper = float(np.percentile(image, 0.5)), float(np.percentile(image, 80))
    return dark + share * (paper - dark)


def _thin(ink: Ink, letter: float, draw: random.Random) -> Ink:
    """Hairlines and small marks nearly gone, as on a faint print: strokes lose more the thinner they are."""
    body = cv2.GaussianBlur(ink, (0, 0), letter * draw.uniform(0.04, 0.08))
    full = max(float(np.percentile(body[ink > 0.5], 80)) if (ink > 0.5).any() else 1.0, 0.1)
    cut = draw.uniform(0.2, 0.6)
    return np.asarray(((body / full - cut) / (1 - cut) * draw.uniform(0.7, 1.2)).clip(0, 1), np.float32)


def _broken(
    image: Image8, ink: Ink, letter: float, draw: random.Random, numpy: np.random.Generator
) -> Image8:
    """In black and white with so high a demand that thin strokes break: more in some places than in others."""
    grain = numpy.normal(0, 1, image.shape).astype(np.float32)
    grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), letter * draw.uniform(0.06, 0.3)), np.float32)
    grain *= draw.uniform(8, 30) / max(float(grain.std()), 1e-6)
    dark = float(np.percentile(image[ink > 0.5], 20)) if (ink > 0.5).any() else 0.0
    limit = dark + (255 - dark) * draw.uniform(0.12, 0.45)
    return np.where(image.astype(np.float32) + grain > limit, 255, 0).astype(np.uint8)


def _dots(ink: Ink, letter: float, draw: random.Random) -> Ink:
    """Printed by needles: a raster of round dots."""
    step = max(2.0, letter / draw.uniform(6, 9))
    rows, columns = ink.shape
    shape = (max(4, round(columns / step)), max(4, round(rows / step)))
    small = np.asarray(
        cv2.resize(ink, shape, interpolation=cv2.INTER_AREA) > draw.uniform(0.25, 0.45), np.float32
    )
    dots = np.zeros_like(ink)
    y, x = np.nonzero(small)
    dots[((y + 0.5) * rows / shape[1]).astype(int), ((x + 0.5) * columns / shape[0]).astype(int)] = 1
    size = max(1, round(step * draw.uniform(0.7, 1.2)))
    return np.asarray(
        cv2.dilate(dots, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))), np.float32
    )


def _uneven(ink: Ink, letter: float, draw: random.Random, numpy: np.random.Generator) -> Ink:
    """Struck unevenly: every letter darker or lighter, smeared a little."""
    columns = ink.shape[1]
    count = max(2, round(columns / letter))
    force = numpy.uniform(draw.uniform(0.35, 0.7), 1.3, (1, count)).astype(np.float32)
    weight = cv2.resize(force, (columns, 1), interpolation=cv2.INTER_NEAREST)
    smeared = cv2.GaussianBlur(ink, (0, 0), letter * draw.uniform(0.02, 0.05))
    return np.asarray((smeared * weight * 1.3).clip(0, 1), np.float32)


def _motion(letter: float, draw: random.Random) -> Ink:
    """The kernel of a hand that moved."""
    size = max(3, round(letter * draw.uniform(0.1, 0.3))) | 1
    kernel = np.zeros((size, size), np.float32)
    end = (draw.randrange(size), draw.randrange(size))
    cv2.line(kernel, end, (size - 1 - end[0], size - 1 - end[1]), 1.0, 1)
    return kernel / max(float(kernel.sum()), 1.0)


def _copied(image: Image8, letter: float, draw: random.Random, numpy: np.random.Generator) -> Image8:
    """Copied twice: each time softened, made harder, and dusted."""
    for _ in range(2):
        soft = cv2.GaussianBlur(image, (0, 0), letter * draw.uniform(0.02, 0.05)).astype(np.float32)
        limit = _between(soft.astype(np.uint8), draw.uniform(0.4, 0.75))
        hard = 255 / (1 + np.exp(-(soft - limit) / draw.uniform(14, 30)))
        dust = numpy.random(image.shape) < draw.uniform(0.0002, 0.001)
        hard[cv2.dilate(dust.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = draw.uniform(0, 120)
        image = hard.clip(0, 255).astype(np.uint8)
    return image


def _fax(image: Image8, letter: float, draw: random.Random) -> Image8:
    """Sent in black and white with coarse rows."""
    rows, columns = image.shape
    coarse = min(1.0, draw.uniform(9, 15) / letter)
    down = coarse * draw.choice((1.0, 1.0, 0.7))
    small = np.asarray(cv2.resize(image, None, fx=coarse, fy=down, interpolation=cv2.INTER_AREA), np.uint8)
    sent = np.where(small > _between(small, draw.uniform(0.4, 0.8)), 255, 0).astype(np.uint8)
    way = cv2.INTER_NEAREST if draw.random() < 0.5 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(sent, (columns, rows), interpolation=way), np.uint8)
