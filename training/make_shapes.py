"""Makes the table of reference shapes (`shapes.npz`) from free Thai fonts.

    .venv/bin/python -m training.make_shapes FONT...

The table that is shipped comes from the regular and bold faces of Debian's fonts-tlwg (Garuda, Kinnari, Laksaman,
Loma, Norasi, Sawasdee, Tlwg Typo, Umpush, Waree) and fonts-noto (Noto Looped Thai, Sans Thai, Serif Thai): pictures
of 16 x 16 pixels, no outlines.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ocr.source.worker_outlines import FontProgram
from ocr.text_layer import shapes
from ocr.text_layer.shapes import Shape, shape_of

LETTERS = "".join(map(chr, (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x0E01, 0x0E3B),
                            *range(0x0E3F, 0x0E5C))))  # fmt: skip
X_HEIGHT_LETTERS = "กคงจดตนบมรลวอ"


def shapes_of(path: Path) -> list[tuple[str, Shape]]:
    """The letters of a font file with their shapes."""
    program = FontProgram(path.read_bytes())
    glyphs = {letter: program.by_code(-1, letter, None) for letter in LETTERS}
    tops = [
        max(y for contour in program.outline(glyph) for _, y in contour)
        for letter in X_HEIGHT_LETTERS
        if (glyph := glyphs[letter]) is not None
    ]
    x_height = float(np.median(tops))
    found = (
        (letter, shape_of(tuple(tuple(contour) for contour in program.outline(glyph)), x_height))
        for letter, glyph in glyphs.items()
        if glyph
    )
    return [(letter, shape) for letter, shape in found if shape is not None]


def main(arguments: Sequence[str]) -> int:
    """Write the table where the reader of text layers looks for it."""
    known = [pair for path in arguments for pair in shapes_of(Path(path))]
    np.savez_compressed(
        Path(shapes.__file__).with_name("shapes.npz"),
        letters=np.array([ord(letter) for letter, _ in known], np.int32),
        pictures=np.stack([(shape.picture * 255).round().astype(np.uint8).ravel() for _, shape in known]),
        places=np.stack([shape.places for _, shape in known]).astype(np.float16),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
