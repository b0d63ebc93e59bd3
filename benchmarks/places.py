"""How well places are found and repaired, and that nothing is repaired that is right.

    .venv/bin/python benchmarks/places.py --data DIR [--chains 1500] [--seeds 1 2 3]
        [--letters 3000000] [--json FILE]

`--chains 0` takes every subdistrict of the country. Every proposal on clean text is printed; those that a
person has judged to mend a mistake of the source stand in `places_judged.csv` and count as neutral.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.common import machine
from benchmarks.places_baselines import BASELINES, SAMPLE
from benchmarks.places_damage import Channel, chains, wrong_provinces
from benchmarks.places_text import clean_text, found_in, gazette_lines, seed_page, speed
from benchmarks.proportions import format_proportion, proportion
from correction.layers import layer
from correction.places.analyse import analyse
from correction.places.anchors import find_anchors
from correction.places.judgement import Trouble
from correction.places.letters import PlaceCharacters
from correction.places.lookup import Lookup, lookup_for
from correction.places.outline import outline
from correction.places.ranking import rank_codes, rank_districts
from dictionaries.gazetteer import Gazetteer, Level, load_gazetteer
from dictionaries.resources import default_resources
from dictionaries.version import dictionaries_version

_FRAMES = ("ศาลากลางจังหวัด{}มีหนังสือแจ้ง", "เดินทางไป จ.{} เมื่อวานนี้", "ข้าวหอมจาก {} ได้รับรางวัล")


def provinces(data: Path, lookup: Lookup) -> dict[str, Any]:
    """Damaged spellings of provinces in sentences, and names that must not become a province."""
    with (data / "gazetteer" / "province_damaged.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["damaged"], row["province"]) for row in csv.DictReader(file)]
    never = (data / "gazetteer" / "not_provinces.txt").read_text(encoding="utf-8").split()
    names = [area.name for area in lookup.gazetteer.at(Level.PROVINCE)]
    report: dict[str, Any] = {}
    for frame in _FRAMES:
        results = Counter(_province(frame, damaged, province, lookup) for damaged, province in rows)
        rewritten = [name for name in never if _rewritten(frame.format(name))]
        right = results["repaired"] + results["coded"]
        report[frame] = {
            **results,
            "right": proportion(right, len(rows)),
            "rewritten of the others": rewritten,
        }
    for name, baseline in BASELINES.items():
        asked = random.Random(1).sample(rows, SAMPLE.get(name, len(rows)))
        got = [(baseline(damaged, names), province) for damaged, province in asked]
        right = sum(a == b for a, b in got)
        report[name] = {"names": len(asked), "right": proportion(right, len(asked))}
        report[name]["wrong"] = sum(a != b and a in names for a, b in got)
        if name not in SAMPLE:
            report[name]["rewritten of the others"] = [n for n in never if baseline(n, names) in names]
    return report


def _province(frame: str, damaged: str, province: str, lookup: Lookup) -> str:
    """How one damaged spelling fares: repaired, coded (a short form or a district, whose province is known
    without changing a letter), left, or wrong."""
    text = frame.format(damaged)
    found = found_in(text)
    after = layer(text, found.proposals, "proposed")
    if after == frame.format(damaged.removesuffix("*")).replace(damaged.removesuffix("*"), province, 1) or (
        after.replace("*", "") == frame.format(province)
    ):
        return "repaired"
    if any(p.rule.startswith("GAZ") for p in found.proposals):
        return "wrong"
    bare = damaged.rstrip("ฯ*")
    codes = [
        code for level in (Level.PROVINCE, Level.DISTRICT) for code in lookup.gazetteer.named(level, bare)
    ]
    owners = {lookup.gazetteer.chain(code)[0].name for code in codes}
    return "coded" if owners == {province} else "left"


def _rewritten(text: str) -> bool:
    return any(proposal.rule.startswith("GAZ") for proposal in found_in(text).proposals)


def damaged_chains(gazetteer: Gazetteer, size: int, seeds: Sequence[int]) -> dict[str, Any]:
    """Chains with one and two errors in every name: the best candidate, and what is proposed at the margin."""
    lookup, channel = lookup_for(default_resources()), Channel()
    report: dict[str, Any] = {}
    for errors in (1, 2):
        counts: Counter[str] = Counter()
        wrong: list[dict[str, str]] = []
        started = time.process_time()
        for seed in seeds:
            for chain in chains(gazetteer, channel, errors, size, seed):
                if chain.excluded:
                    counts["excluded"] += 1
                    continue
                counts["chains"] += 1
                counts["best"] += _best(chain.text, lookup) == chain.code
                judged = [j for j in analyse(chain.text).judgements if j.code]
                codes = {j.slot.level: j.code for j in judged if not j.slot.is_body}
                right = {level: chain.code[: 2 * level] for level in Level}
                counts["repaired"] += codes == right
                repaired = [j for j in judged if any(r.after for r in j.reports)]
                elsewhere = sum(j.code != right[j.slot.level] for j in repaired)
                counts["repairs"] += len(repaired)
                counts["elsewhere"] += elsewhere
                if elsewhere:
                    counts["wrong"] += 1
                    wrong.append({"text": chain.text, "code": chain.code})
        size_of = counts["chains"]
        report[f"{errors} errors in every name"] = {
            "chains": size_of,
            "excluded": counts["excluded"],
            "best candidate right": proportion(counts["best"], size_of),
            "whole chain repaired": proportion(counts["repaired"], size_of),
            "repairs": counts["repairs"],
            "repairs to another place": proportion(counts["elsewhere"], counts["repairs"]),
            "chains with a wrong repair": proportion(counts["wrong"], size_of),
            "wrong": wrong,
            "chains a second": round(size_of / (time.process_time() - started)),
        }
    caught = named = total = 0
    for seed in seeds:
        for chain in wrong_provinces(gazetteer, size, seed):
            reports = analyse(chain.text).reports(*Trouble)
            total += 1
            caught += bool(reports)
            right_name = gazetteer.chain(chain.code)[0].name
            named += [(r.trouble, r.after) for r in reports] == [(Trouble.WRONG_PROVINCE, right_name)]
    report["wrong province"] = {
        "chains": total,
        "caught": proportion(caught, total),
        "right one named": proportion(named, total),
    }
    return report


def _best(text: str, lookup: Lookup) -> str:
    """The code of the best candidate for a chain, whatever its margin."""
    letters = PlaceCharacters(text)
    slots = {slot.level: slot for slot in outline(letters, find_anchors(letters), lookup) if not slot.is_body}
    subdistrict = slots.get(Level.SUBDISTRICT)
    if subdistrict is None:
        return ""
    members = [subdistrict]
    ranked = rank_districts(lookup, slots.get(Level.DISTRICT), slots.get(Level.PROVINCE), members)
    best = (
        (found.cost + candidate.total, code)
        for candidate in ranked[:4]
        for found, code in rank_codes(
            subdistrict, (a.code for a in lookup.gazetteer.children(candidate.code)), lookup
        )[:1]
    )
    return min(best)[1]


def show(report: dict[str, Any], console: Console) -> None:
    """The figures as one table, and below it every place proposal on clean text."""
    table = Table("what", "figure", "value", title="Places")
    for part, figures in report.items():
        if isinstance(figures, dict):
            _rows(table, part, figures, "")
    console.print(table)
    for name, figures in report["clean text"].items():
        for found in figures["shown"]:
            console.print(
                f"{name} {found['kind']} {found['rule']}: {found['context']!r}: "
                f"{found['before']!r} -> {found['after']!r}",
                markup=False,
                soft_wrap=True,
            )


def _rows(table: Table, part: str, figures: dict[str, Any], above: str) -> None:
    for name, value in figures.items():
        label = f"{above}{name}"
        if isinstance(value, dict) and "proportion" in value:
            table.add_row(part, label, format_proportion(value))
        elif isinstance(value, dict):
            _rows(table, part, value, f"{label}: ")
        elif name not in {"shown", "wrong"} or not isinstance(value, list):
            table.add_row(part, label, str(value))
        elif name == "wrong":
            table.add_row(part, label, " | ".join(f"{w['code']} {w['text']}" for w in value) or "none")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; see the head of this file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--chains", type=int, default=1500, help="chains a seed, 0 for all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--letters", type=int, default=3_000_000, help="letters of clean news")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 150)
    started = time.perf_counter()
    gazetteer = load_gazetteer()
    lookup = lookup_for(default_resources())
    loading = time.perf_counter() - started
    report: dict[str, Any] = {
        "schema": "chamra/benchmark-places/1",
        "machine": machine(),
        "dictionaries": dictionaries_version(),
        "loading": {"seconds to load the gazetteer": round(loading, 3)},
        "seed page": seed_page(options.data),
        "damaged provinces": provinces(options.data, lookup),
        "gazette lines": gazette_lines(options.data, gazetteer),
        "chains": damaged_chains(gazetteer, options.chains, options.seeds),
        "clean text": clean_text(options.data, options.letters, options.seeds[0]),
        "speed": speed(options.data),
    }
    show(report, console)
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
