"""Counts which letter was read as which, from readings beside their truth, and writes `confusions.csv`.

    python -m training.dictionaries.learn_confusions --data DIR [--tesseract]

Two channels are counted apart because they damage text differently: `ocr` (Tesseract: line pairs of
DIR/gazette/ocr_truth_pairs.csv, and with `--tesseract` the scans of DIR/prose read anew, about five
minutes) and `layer` (text layers of PDFs with broken character maps, as pdfium gives them: DIR/gazette
and DIR/budget). Both texts are brought to canonical spelling without white space first, so sara am in
two parts and spurious spaces, which rules of their own mend, are not counted. Thai letters only.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from dictionaries.confusions import TABLE
from dictionaries.spelling import canonical

Counts = Counter[tuple[str, str]]
_NOT_THAI = re.compile(r"[^\u0e01-\u0e3a\u0e40-\u0e4e]+")
# A pair of texts that differ more than this is not a reading of one another (wrong line, table order).
_MOST_DIFFERENT = 0.25


def _thai(text: str) -> str:
    return _NOT_THAI.sub("", canonical(text))


def count(truth: str, read: str, counts: Counts) -> bool:
    """Add one pair of texts to `counts`: (letter, what it was read as), "" for nothing on either side. False
    when the two are too different to be a reading of one another; nothing is counted then."""
    truth, read = _thai(truth), _thai(read)
    operations = Levenshtein.editops(truth, read)
    if not truth or len(operations) > _MOST_DIFFERENT * len(truth):
        return False
    counts.update((letter, letter) for letter in truth)
    for operation in operations:
        letter = truth[operation.src_pos] if operation.tag != "insert" else ""
        other = read[operation.dest_pos] if operation.tag != "delete" else ""
        counts[letter, other] += 1
        if letter:
            counts[letter, letter] -= 1
    return True


def ocr_lines(data: Path) -> Iterator[tuple[str, str]]:
    """Line pairs, truth and Tesseract's reading. Letters glued on in front are list numbers: cut off."""
    with (data / "gazette" / "ocr_truth_pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            truth, read = _thai(row["truth"]), _thai(row["ocr"])
            at = read.find(truth[:4])
            yield truth, read[at:] if 0 < at <= 4 else read


def ocr_pages(data: Path) -> Iterator[tuple[str, str]]:
    """The degraded scans, read anew by Tesseract, line by line beside the nearest line of their truth."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    for image in sorted((data / "prose" / "scans").glob("*.jpg")):
        page = re.search(r"p\d+", image.stem)
        if page is None:
            continue
        truth = (data / "prose" / "truth" / f"{page.group()}.txt").read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            command = ["tesseract", str(image), str(out), "-l", "tha+eng", "--psm", "3"]
            subprocess.run(command, check=True, capture_output=True, env=environment)
            read = out.with_suffix(".txt").read_text(encoding="utf-8")
        yield from _aligned_lines(truth, read)


def layer_pages(data: Path) -> Iterator[tuple[str, str]]:
    """Lines of text layers as pdfium gives them, beside the nearest line of their truth."""
    for pdf in (data / "gazette" / "constituency.pdf", *sorted((data / "budget").glob("*.pdf"))):
        stem = "" if pdf.parent.name == "gazette" else f"{pdf.stem}-"
        document = pypdfium2.PdfDocument(pdf)  # type: ignore[no-untyped-call]  # has no types
        for number, page in enumerate(document, start=1):
            truth = pdf.parent / "truth" / f"{stem}p{number:03}.txt"
            if truth.exists():
                yield from _aligned_lines(
                    truth.read_text(encoding="utf-8"), page.get_textpage().get_text_bounded()
                )


def _aligned_lines(truth: str, read: str) -> Iterator[tuple[str, str]]:
    lines = [line for line in map(_thai, read.splitlines()) if len(line) > 5]
    for line in map(_thai, truth.splitlines()):
        if len(line) > 5 and (
            best := process.extractOne(line, lines, scorer=Levenshtein.normalized_similarity)
        ):
            yield line, best[0]


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: `--data DIR`, `--tesseract` to read the scans anew, `--into FILE`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tesseract", action="store_true")
    parser.add_argument("--into", type=Path, default=TABLE)
    options = parser.parse_args(arguments)
    ocr: Counts = Counter()
    layer: Counts = Counter()
    for truth, read in ocr_lines(options.data):
        count(truth, read, ocr)
    if options.tesseract:
        for truth, read in ocr_pages(options.data):
            count(truth, read, ocr)
    for truth, read in layer_pages(options.data):
        count(truth, read, layer)
    keys = sorted(key for key in {*ocr, *layer} if ocr[key] or layer[key])
    with options.into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("truth", "read", "ocr", "layer"))
        writer.writerows((*key, ocr[key], layer[key]) for key in keys)


if __name__ == "__main__":
    main()
