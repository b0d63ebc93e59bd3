"""How well a model reads fresh lines: `python -m training.line_reader.evaluate MODEL --text FILE... --fonts DIR...`.

Rendered lines in the fonts of the training and in those held out of it, degraded as the training lines are: character
error rate, and how many runs of Thai digits are entirely right. Real pages are `benchmarks/second_reader.py`'s.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from ocr.line_reader.crops import LineCrop
from ocr.line_reader.decoding import decode
from ocr.line_reader.model import scores
from training.line_reader.supply import TrainingBatch, batches

_RUN = re.compile("[๐-๙]+(?:[.,/:-][๐-๙]+)*")


def read(batch: TrainingBatch, model: Path) -> list[str]:
    """What a model reads in the lines of a batch."""
    crops = [
        LineCrop(row, line[:, :width], 0.0, 1.0, 0, 1)
        for row, (line, width) in enumerate(zip(batch.lines, batch.widths, strict=True))
    ]
    return ["".join(one.character for one in decode(scored)).strip() for scored in scores(crops, model)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_reader.evaluate", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--text", nargs="+", type=Path, required=True)
    parser.add_argument("--fonts", nargs="+", type=Path, required=True)
    parser.add_argument("--batches", type=int, default=60)
    parser.add_argument("--longest", type=int, default=40, help="letters of the longest line")
    parser.add_argument("--seed", type=int, default=4711)
    chosen = parser.parse_args()
    for held_out in (False, True):
        made = batches(chosen.text, chosen.fonts, chosen.seed, chosen.longest, held_out=held_out)
        errors = letters = right = runs = lines = 0
        for _ in range(chosen.batches):
            batch = next(made)
            for text, found in zip(batch.texts, read(batch, chosen.model), strict=True):
                errors += Levenshtein.distance(found, text)
                letters += len(text)
                lines += 1
                wanted, there = _RUN.findall(text), _RUN.findall(found)
                runs += len(wanted)
                right += sum(min(wanted.count(one), there.count(one)) for one in set(wanted))
        fonts = "fonts held out" if held_out else "fonts of the training"
        sys.stdout.write(
            f"{fonts}: {lines} lines, CER {100 * errors / letters:.2f} %, runs of Thai digits {right}/{runs}\n"
        )


if __name__ == "__main__":
    main()
