import struct
import zlib

import cv2
import numpy as np
import pytest

from audit.page_image import page_image
from ocr.image.png import encode_grey
from ocr.source.rasterise import Raster

SIZE = (WIDTH, HEIGHT) = 40, 30
PIXELS = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)
PNG = encode_grey(PIXELS.data, *SIZE, 300.0)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed_with(level):
    """The same file by another zlib."""
    at = PNG.index(b"IDAT") - 4
    rows = zlib.decompress(PNG[at + 8 : -16])
    return PNG[:at] + chunk(b"IDAT", zlib.compress(rows, level)) + PNG[-12:]


def shows(png, pixels, dpi=300.0):
    image = page_image(png)
    drawn = Raster(pixels, pixels.shape[1], pixels.shape[0], dpi)
    return image is not None and drawn.shows(image.pixels, image.per_metre)


def test_a_file_is_known_by_its_pixels_whatever_packed_them():
    assert shows(PNG, PIXELS)
    other = packed_with(9)
    assert other != PNG
    assert shows(other, PIXELS)


@pytest.mark.parametrize("at", [(0, 0), (0, WIDTH - 1), (HEIGHT - 1, 0), (17, 5)])
def test_one_other_pixel_is_another_image(at):
    pixels = PIXELS.copy()
    pixels[at] ^= 1
    assert not shows(PNG, pixels)


def test_another_size_or_resolution_is_another_image():
    assert not shows(PNG, PIXELS, 200.0)
    assert not shows(PNG, PIXELS.reshape(WIDTH, HEIGHT))


@pytest.mark.parametrize(
    "png",
    [
        b"",
        PNG[:-1],
        PNG + b"\0",
        PNG[:-12] + chunk(b"tEXt", b"Comment\0seen") + PNG[-12:],
        PNG[:33] + chunk(b"gAMA", struct.pack(">I", 1)) + PNG[33:],
        PNG[:60] + bytes([PNG[60] ^ 1]) + PNG[61:],
        PNG[:-20] + bytes(4) + PNG[-16:],
    ],
    ids=["nothing", "cut", "longer", "a text", "a gamma", "a bit", "another sum"],
)
def test_a_file_that_says_anything_else_is_another(png):
    assert not shows(png, PIXELS)


def test_a_bomb_is_not_unpacked():
    at = PNG.index(b"IDAT") - 4
    bomb = PNG[:at] + chunk(b"IDAT", zlib.compress(bytes(50_000_000))) + PNG[-12:]
    assert not shows(bomb, PIXELS)


def test_a_picture_of_another_form_is_seen_as_viewers_show_it_and_anything_else_is_none():
    done, encoded = cv2.imencode(".png", PIXELS)
    assert done
    image = page_image(encoded.tobytes())
    assert image is not None
    assert image.per_metre is None
    assert np.array_equal(image.pixels, PIXELS)
    assert page_image(b"no picture" * 20) is None
