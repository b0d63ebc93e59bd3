"""Texts to train on, without what something is measured on.

    python -m training.line_reader.corpus OUT FILE... [--without FILE...] [--share 0.3]

Takes paragraphs of text files (UTF-8, packed with xz where they end in .xz) and leaves out each that has 34 letters in
a row, white space aside, with one of the files after `--without`. `--share` takes that part of the rest, by lot.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SHARED = 34
"""Letters in a row: a formula of officials is shorter, a line of print longer."""


def bare(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", text)


def runs(texts: Iterable[str]) -> frozenset[str]:
    """All runs of `SHARED` letters of those texts' lines."""
    lines = [bare(line) for text in texts for line in text.splitlines()]
    return frozenset(line[at : at + SHARED] for line in lines for at in range(len(line) - SHARED + 1))


def without(paragraphs: Iterable[str], forbidden: frozenset[str]) -> Iterator[str]:
    """Those paragraphs that have none of the runs."""
    for paragraph in paragraphs:
        letters = bare(paragraph)
        if not any(letters[at : at + SHARED] in forbidden for at in range(len(letters) - SHARED + 1)):
            yield paragraph


def _paragraphs(file: Path) -> list[str]:
    if file.suffix == ".xz":
        with lzma.open(file, "rt", encoding="utf-8") as stream:
            return stream.read().splitlines()
    return file.read_text("utf-8").splitlines()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--without", nargs="*", default=[], type=Path, metavar="FILE")
    parser.add_argument("--share", type=float, default=1.0)
    chosen = parser.parse_args()
    draw = random.Random(1)
    forbidden = runs(file.read_text("utf-8") for file in chosen.without)
    taken = (line for file in chosen.files for line in _paragraphs(file) if draw.random() < chosen.share)
    chosen.out.write_text("\n".join(without(taken, forbidden)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
