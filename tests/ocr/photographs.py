"""Photographs of a sheet of paper, made on the spot: on a table, seen from one side, curled, unevenly lit."""

import cv2
import numpy as np


def table(width, height, dice, grey=70, grain=12):
    """A table with a grain, no two places alike."""
    coarse = dice.normal(0, grain, (height // 16 + 1, width // 16 + 1)).astype(np.float32)
    fine = dice.normal(0, grain / 3, (height, width)).astype(np.float32)
    return grey + cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) + fine


def light(width, height, low, high, angle):
    """Light that falls off across the picture, `low` to `high` times the full one."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    along = (x / width) * np.cos(angle) + (y / height) * np.sin(angle)
    along = (along - along.min()) / (along.max() - along.min())
    return low + (high - low) * along**1.3


def photograph(
    sheet, size=(2000, 2600), corners=((260, 250), (1700, 190), (1830, 2380), (180, 2300)), curl=0.0,
    grey=70, low=0.55, angle=0.8, seed=1, blur=0.8, noise=3.0, paper=225, quality=80,
):  # fmt: skip
    """A grey photograph of a sheet (255 is paper) whose corners lie there, clockwise from the top left.

    `curl`: by how much the top and bottom edge bend, as a share of the sheet's height.
    """
    dice = np.random.default_rng(seed)
    width, height = size
    rows, columns = sheet.shape
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(corners, np.float32), square)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    below = matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2]
    u = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / below
    v = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / below
    v = v - curl * np.sin(np.pi * u.clip(0, 1))
    shown = cv2.remap(
        sheet, (u * columns - 0.5).astype(np.float32), (v * rows - 0.5).astype(np.float32), cv2.INTER_AREA
    ).astype(np.float32)
    on = ((u >= 0) & (u < 1) & (v >= 0) & (v < 1)).astype(np.float32)
    on = cv2.GaussianBlur(on, (0, 0), 1.0)
    picture = on * shown * (paper / 255) + (1 - on) * table(width, height, dice, grey)
    picture *= light(width, height, low, 1.0, angle)
    picture = cv2.GaussianBlur(picture, (0, 0), blur) + dice.normal(0, noise, picture.shape)
    _, data = cv2.imencode(".jpg", picture.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
