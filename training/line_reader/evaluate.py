"""How well a model reads fresh lines: `python -m training.line_reader.evaluate MODEL --text FILE... --fonts DIR...`.

Rendered lines by what they hold and by how they are damaged, in the fonts of the training and in those held out of it,
the same lines for the same seed and files: character error rate, lines and numbers that are entirely right. One kind
of damage is held out of the training, too. Real pages are `benchmarks/second_reader.py`'s.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from ocr.line_reader.crops import LineCrop
from ocr.line_reader.decoding import decode
from ocr.line_reader.model import scores
from training.line_reader.damage import HELD_OUT
from training.line_reader.damage import KINDS as DAMAGES
from training.line_reader.fonts import faces
from training.line_reader.render import Renderer
from training.line_reader.supply import drawn
from training.line_reader.texts import KINDS, Texts
from training.line_reader.typeset import Image8

_NUMBER = re.compile("[๐-๙]+(?:[.,/:-][๐-๙]+)*|[0-9]+(?:[.,/:-][0-9]+)*")


@dataclass(slots=True)
class LineTally:
    """Lines, their letters and numbers, and how many of them are wrong or right."""

    lines: int = 0
    lines_right: int = 0
    letters: int = 0
    errors: int = 0
    numbers: int = 0
    numbers_right: int = 0

    def add(self, text: str, found: str) -> None:
        """Counts one line."""
        wanted, there = _NUMBER.findall(text), _NUMBER.findall(found)
        self.lines += 1
        self.lines_right += found == text
        self.letters += len(text)
        self.errors += Levenshtein.distance(found, text)
        self.numbers += len(wanted)
        self.numbers_right += sum(min(wanted.count(one), there.count(one)) for one in set(wanted))

    def __str__(self) -> str:
        """As cells of a table."""
        rate = f"{100 * self.errors / self.letters:.2f} %" if self.letters else f"{self.errors} letters"
        numbers = f"{self.numbers_right} of {self.numbers}" if self.numbers else ""
        return f"{self.lines_right} of {self.lines} | {rate} | {numbers}"


def read(lines: Sequence[Image8], model: Path) -> list[str]:
    """What a model reads in lines as the renderer gives them."""
    crops = [LineCrop(row, line, 0.0, 1.0, 0, 1) for row, line in enumerate(lines)]
    return ["".join(one.character for one in decode(scored)).strip() for scored in scores(crops, model)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_reader.evaluate", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--text", nargs="+", type=Path, required=True)
    parser.add_argument("--fonts", nargs="+", type=Path, required=True)
    parser.add_argument("--lines", type=int, default=100, help="lines of each kind")
    parser.add_argument("--longest", type=int, default=40, help="letters of the longest line")
    parser.add_argument("--seed", type=int, default=4711)
    chosen = parser.parse_args()
    source = Texts(chosen.text, chosen.seed)
    kinds = [(name, "") for name, _ in KINDS]
    damages = [("running", name) for name in (*(name for name, _ in DAMAGES), HELD_OUT)]
    for held_out in (False, True):
        known = faces(chosen.fonts, held_out=held_out)
        renderer, draw = Renderer(chosen.seed), random.Random(chosen.seed)
        fonts = "fonts held out" if held_out else "fonts of the training"
        sys.stdout.write(f"\n| {fonts} | lines right | CER | numbers right |\n|---|---|---|---|\n")
        for kind, damage in kinds + damages:
            made = [
                drawn(source, renderer, known, draw, chosen.longest, kind=kind, damage=damage)
                for _ in range(chosen.lines)
            ]
            tally = LineTally()
            for (_, text), found in zip(made, read([line for line, _ in made], chosen.model), strict=True):
                tally.add(text, found)
            sys.stdout.write(f"| {damage or kind} | {tally} |\n")


if __name__ == "__main__":
    main()
