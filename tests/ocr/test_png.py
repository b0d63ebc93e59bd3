import struct
import zlib

import numpy as np
import pytest

from ocr.image.png import encode_grey, is_encoded

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


def test_a_file_is_known_by_its_pixels_whatever_packed_them():
    assert is_encoded(PNG, PIXELS.data, *SIZE, 300.0)
    other = packed_with(9)
    assert other != PNG
    assert is_encoded(other, PIXELS.data, *SIZE, 300.0)


@pytest.mark.parametrize("at", [(0, 0), (0, WIDTH - 1), (HEIGHT - 1, 0), (17, 5)])
def test_one_other_pixel_is_another_image(at):
    pixels = PIXELS.copy()
    pixels[at] ^= 1
    assert not is_encoded(PNG, pixels.data, *SIZE, 300.0)


def test_another_size_or_resolution_is_another_image():
    assert not is_encoded(PNG, PIXELS.data, *SIZE, 200.0)
    assert not is_encoded(PNG, PIXELS.data, HEIGHT, WIDTH, 300.0)


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
    assert not is_encoded(png, PIXELS.data, *SIZE, 300.0)


def test_a_bomb_is_not_unpacked():
    at = PNG.index(b"IDAT") - 4
    bomb = PNG[:at] + chunk(b"IDAT", zlib.compress(bytes(50_000_000))) + PNG[-12:]
    assert not is_encoded(bomb, PIXELS.data, *SIZE, 300.0)
