"""Places in running text: lines of a gazette as an OCR gave them, clean text, the seed page, speed."""

from __future__ import annotations

import csv
import lzma
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.places_baselines import BASELINES, SAMPLE, Baseline
from benchmarks.proportions import proportion
from correction.engine import propose
from correction.layers import layer
from correction.places.analyse import analyse
from correction.places.judgement import Trouble
from dictionaries.gazetteer import Gazetteer, Level
from dictionaries.spelling import canonical
from model.edit import Findings
from model.page import Reader, Reading
from model.thai import compose_sara_am

JUDGED = Path(__file__).parent / "places_judged.csv"
READER = Reader("benchmark", "1")
LETTERS_OF_A_PAGE = 2000
_LINE = re.compile("(จังหวัด|อำเภอ|ตำบล|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร)([\u0e01-\u0e4e]+)$")
_LEVELS = {"จังหวัด": Level.PROVINCE, "อำเภอ": Level.DISTRICT}


def found_in(text: str) -> Findings:
    """What all the rules find in a text."""
    return propose(Reading.of_text(text, READER), strict=True)


def gazette_lines(data: Path, gazetteer: Gazetteer) -> dict[str, Any]:
    """Lines of somebody's OCR output page by page: damaged names that are repaired, lines that are harmed."""
    with (data / "gazette" / "ocr_truth_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (int(row["page"]), canonical(row["truth"]), canonical(row["ocr"])) for row in csv.DictReader(file)
        ]
    pages: dict[int, list[tuple[str, str]]] = {}
    for page, truth, read in rows:
        pages.setdefault(page, []).append((truth, read))
    ours: list[tuple[str, str, str]] = []
    for lines in pages.values():
        text = "\n".join(read for _, read in lines)
        after = layer(text, [p for p in found_in(text).proposals if p.rule.startswith("GAZ")], "proposed")
        ours += [(truth, read, out) for (truth, read), out in zip(lines, after.split("\n"), strict=True)]
    report = {"chamra": _line_figures(ours)}
    names = {level: sorted({area.name for area in gazetteer.at(level)}) for level in Level}
    for name, baseline in BASELINES.items():
        asked = [(truth, read) for _, truth, read in rows]
        if name in SAMPLE:
            asked = random.Random(1).sample([pair for pair in asked if pair[0] != pair[1]], SAMPLE[name])
        report[name] = _line_figures(
            [(truth, read, _baseline_line(read, baseline, names)) for truth, read in asked]
        )
    return report


def _baseline_line(read: str, baseline: Baseline, names: dict[Level, list[str]]) -> str:
    match = _LINE.search(read)
    if match is None:
        return read
    level = _LEVELS.get(match.group(1), Level.SUBDISTRICT)
    name = match.group(2)
    return read if name in names[level] else read[: match.start(2)] + baseline(name, names[level])


def _line_figures(lines: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """Damaged: the name at the line's end is not what it should be. Harm: a line that is further from its
    truth than before."""
    counts: Counter[str] = Counter()
    for truth, read, out in lines:
        counts["lines"] += 1
        match = _LINE.search(truth)
        if match is None or read.endswith(match.group()):
            counts["harmed"] += out != read and not (match and out.endswith(match.group()))
            continue
        counts["damaged"] += 1
        counts["repaired"] += out.endswith(match.group(2))
        counts["harmed"] += out != read and not out.endswith(match.group(2))
    return {
        "damaged lines": counts["damaged"],
        "repaired": proportion(counts["repaired"], counts["damaged"]),
        "harmed per 1,000 lines": round(1000 * counts["harmed"] / counts["lines"], 2),
    }


def clean_text(data: Path, letters: int, seed: int) -> dict[str, Any]:
    """Place proposals on text that is right, each shown; those that mend the source's own mistakes apart."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        neutral = {(row["before"], row["after"]) for row in csv.DictReader(file)}
    report = {}
    for name, texts in (("prose", _prose(data)), ("news", _news(data, letters, seed))):
        counts: Counter[str] = Counter()
        shown = []
        for text in texts:
            counts["letters"] += len(text)
            for found in analyse(text).reports(*Trouble):
                before = text[found.start : found.end]
                kind = (
                    "flag"
                    if found.after is None
                    else "neutral"
                    if (before, found.after) in neutral
                    else "proposal"
                )
                counts[kind] += 1
                shown.append(
                    {
                        "kind": kind,
                        "rule": found.trouble.value,
                        "context": text[max(found.start - 30, 0) : found.end + 30],
                        "before": before,
                        "after": found.after,
                    }
                )
        every = counts["proposal"] + counts["neutral"]
        report[name] = {
            "letters": counts["letters"],
            "proposals per 10,000 letters": round(1e4 * every / counts["letters"], 4),
            "of them not judged to mend the source": round(1e4 * counts["proposal"] / counts["letters"], 4),
            "flags per 10,000 letters": round(1e4 * counts["flag"] / counts["letters"], 4),
            "shown": shown,
        }
    return report


def _composed(text: str) -> str:
    """As the text reaches these rules: encoding repaired."""
    return compose_sara_am(text.replace("\u0e40\u0e40", "\u0e41"))


def _prose(data: Path) -> Iterator[str]:
    for path in sorted((data / "prose" / "truth").glob("*.txt")):
        yield _composed(path.read_text(encoding="utf-8"))


def _news(data: Path, letters: int, seed: int) -> Iterator[str]:
    with lzma.open(data / "corpora" / "thaigov_sample.txt.xz", "rt", encoding="utf-8") as file:
        documents = file.read().split("\n\n")
    random.Random(seed).shuffle(documents)
    for document in documents:
        if letters <= 0:
            return
        letters -= len(document)
        yield _composed(document)


def seed_page(data: Path) -> dict[str, Any]:
    """The page the project starts from: what is expected of GAZ, what is found."""
    folder = data / "seed"
    text = next(folder.glob("*.txt")).read_bytes().decode("utf-8")
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["family"] == "GAZ"]
    expected = {(int(row["start"]), int(row["end"]), row["after"]) for row in rows}
    proposals = [p for p in found_in(text).proposals if p.rule.startswith("GAZ")]
    got = {(p.edit.span.start, p.edit.span.end, p.edit.after) for p in proposals}
    return {"expected": len(expected), "found": len(expected & got), "others": sorted(got - expected)}


def speed(data: Path) -> dict[str, float]:
    """Pages a second on one core: news without a place, and pages that are nothing but damaged places."""
    plain = [t for t in _news(data, 400_000, 11) if not analyse(t).judgements]
    with (data / "gazette" / "ocr_truth_pairs.csv").open(encoding="utf-8", newline="") as file:
        lines = [canonical(row["ocr"]) for row in csv.DictReader(file)]
    dense = ["\n".join(lines[at : at + 40]) for at in range(0, len(lines), 40)]
    started = time.process_time()
    for text in plain:
        analyse(text + " ")
    pages = sum(map(len, plain)) / LETTERS_OF_A_PAGE
    without = pages / (time.process_time() - started)
    started = time.process_time()
    for text in dense:
        analyse(text + " ")
    return {
        "pages a second without places": round(without),
        "pages of 40 damaged place lines a second": round(len(dense) / (time.process_time() - started)),
    }
