"""The fonts that training lines are rendered in, weighted by how formal documents look."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

BOXES = "☐☑"
BULLET = "•"
DRAWN = BOXES + BULLET
"""Drawn here: Thai fonts have no boxes to tick, and bullets come in shapes that they lack."""

WEIGHTS = (
    (r"sarabun|THSarabun", 7.0),
    (r"liberation|dejavu", 2.0),
    (r"arundina", 1.0),
    (r"laksaman|kinnari|norasi", 4.0),
    (r"garuda|loma|umpush|waree", 2.5),
    (r"niramit|krub|kodchasan|koho|k2d|chakra|bai-?jamjuree|fahkwang", 0.8),
    (r"noto|ibmplex|tlwgtypo|tlwgtypewriter|tlwgtypist|tlwgmono", 1.0),
    (r"trirong|taviraj|prompt|kanit|mitr|pridi|maitree|athiti", 0.6),
    (r"charm|mali|itim|purisa|sawasdee|srisakdi|sriracha", 0.15),
)
"""Families by file name and how often they are drawn; Sarabun and the old system fonts are what offices print with."""

HELD_OUT = r"maitree|athiti|umpush|bai-?jamjuree"
"""Families that are never trained on: they tell how the reader does with fonts that it has not seen."""

_WEIGHT = r"thin|extralight|light|regular|medium|semibold|bold|extrabold|black"
_UNUSED = r"100Thin|200ExtraLight|900Black|800ExtraBold"
_SAMPLE = "กนบมรสอท"


@dataclass(slots=True)
class Face:
    """One font file. `letter_height` is that of a plain consonant in ems, or of an x in a font without Thai letters;
    sizes are loaded as they are needed."""

    path: Path
    family: str
    weight: float
    letters: frozenset[str]
    letter_height: float
    _sizes: dict[int, ImageFont.FreeTypeFont] = field(default_factory=dict)

    def at(self, letter_height: float) -> ImageFont.FreeTypeFont:
        """The font at the size that draws consonants that high, in pixels."""
        size = max(6, round(letter_height / self.letter_height))
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(self.path, size, layout_engine=ImageFont.Layout.RAQM)
        return self._sizes[size]


def faces(folders: list[Path], *, held_out: bool = False) -> list[Face]:
    """All usable faces under the folders: those to train with, or those that are held out.

    Raises:
        ValueError: there is none.
    """
    found: list[Face] = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.[to]tf")):
        face = _face(path)
        if face is not None and bool(re.search(HELD_OUT, face.family, re.IGNORECASE)) == held_out:
            found.append(face)
    counts: dict[str, float] = {}
    for face in found:
        counts[face.family] = counts.get(face.family, 0.0) + face.weight
    for face in found:
        face.weight *= _family_weight(face.family) / counts[face.family]
    if not found:
        raise ValueError(f"no Thai font in {', '.join(map(str, folders))}")
    return found


def latin(found: list[Face], draw: random.Random) -> Face | None:
    """A face without Thai letters, for the Latin words of a line; None where no such font is there."""
    plain = [face for face in found if "ก" not in face.letters]
    return draw.choice(plain) if plain else None


def choose(found: list[Face], text: str, draw: random.Random) -> Face | None:
    """A face that has a glyph for every letter of the text; None when five draws found none."""
    needed = set(text).difference(DRAWN)
    for face in draw.choices(found, weights=[face.weight for face in found], k=5):
        if face.letters.issuperset(needed):
            return face
    return None


def _face(path: Path) -> Face | None:
    family = re.split(r"[-_]", path.stem)[0]
    if _family_weight(family) == 0.0 or re.search(_UNUSED, path.stem):
        return None
    font = TTFont(path, lazy=True)
    letters = frozenset(map(chr, font.getBestCmap()))
    font.close()
    sample = _SAMPLE if letters.issuperset(_SAMPLE) else "xzvwo"
    if not letters.issuperset(sample + "09"):
        return None
    slanted = re.search("italic|oblique", path.stem, re.IGNORECASE)
    light = re.search("light", path.stem, re.IGNORECASE)
    drawn = ImageFont.truetype(path, 200, layout_engine=ImageFont.Layout.RAQM)
    heights = sorted(-drawn.getbbox(letter, anchor="ls")[1] for letter in sample)
    weight = (0.15 if slanted else 1.0) * (0.3 if light else 1.0)
    return Face(path, family, weight, letters, heights[len(heights) // 2] / 200)


def _family_weight(family: str) -> float:
    plain = re.sub(_WEIGHT, "", family, flags=re.IGNORECASE)
    return next((w for pattern, w in WEIGHTS if re.search(pattern, plain or family, re.IGNORECASE)), 0.0)
