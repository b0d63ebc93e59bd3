"""Processes killed with SIGKILL at random moments, and whether everything is as it would have been.

python -m benchmarks.kills [--kills 100] [--seed 1] [--only driver,tesseract] [--out FILE]

Each victim is a process of a real installation: the command that reads (`driver`), a process of it that opens a file
(`child`), Tesseract, the review page while somebody decides (`review`), and of `chamra up` the Prefect server, its
worker and the process of a flow run. What must hold in the end: every page asked for is read or stands on record with
its reason, text and findings are byte for byte those of a run that nobody disturbed, every decision that was answered
is on record, and the audit holds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.kills_review import kill_review
from benchmarks.kills_run import kill_runs
from benchmarks.kills_service import kill_service
from benchmarks.kills_tally import KillTally

OF_RUNS = ("driver", "child", "tesseract")
OF_SERVICE = ("server", "worker", "flow")
WEIGHTS = {"driver": 30, "child": 15, "tesseract": 20, "review": 20, "server": 5, "worker": 5, "flow": 5}
"""Of a hundred kills."""


def main() -> int:
    """Kill and count; status 1 where anything was found wrong."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default=",".join(WEIGHTS))
    options.add_argument("--out", type=Path)
    asked = options.parse_args()
    counts = shares(asked.kills, [one for one in asked.only.split(",") if one])
    tallies = {kind: KillTally() for kind in counts}
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        for _ in work(Path(folder), counts, tallies, random.Random(asked.seed)):
            print(".", end="", file=sys.stderr, flush=True)
            if asked.out:
                found = {kind: asdict(one) for kind, one in tallies.items()}
                asked.out.write_text(json.dumps({"seed": asked.seed, "kinds": found}, ensure_ascii=False))
    print(f"\n{table(tallies)}")
    return 0 if all(one.sound for one in tallies.values()) else 1


def work(
    place: Path, counts: dict[str, int], tallies: dict[str, KillTally], dice: random.Random
) -> Iterator[None]:
    """Every kill that is asked for, in an order that the dice choose."""
    runs = [kind for kind in OF_RUNS for _ in range(counts.get(kind, 0))]
    dice.shuffle(runs)
    yield from kill_runs(place / "runs", runs, tallies, dice)
    yield from kill_review(place / "review", counts.get("review", 0), tallies, dice)
    served = [kind for kind in OF_SERVICE for _ in range(counts.get(kind, 0))]
    dice.shuffle(served)
    yield from kill_service(place / "service", served, tallies, dice)


def shares(kills: int, kinds: list[str]) -> dict[str, int]:
    """So many kills over these kinds, by their weights; at least one of each."""
    whole = sum(WEIGHTS[kind] for kind in kinds)
    return {kind: max(1, round(kills * WEIGHTS[kind] / whole)) for kind in kinds}


def table(tallies: dict[str, KillTally]) -> str:
    """What was counted, in Markdown."""
    rows = [
        "| killed | times | failed meanwhile, with a reason | pages skipped | decisions lost | texts that differ |",
        "|---|---|---|---|---|---|",
    ]
    for kind, one in tallies.items():
        wrong = (len(one.skipped), len(one.lost), len(one.different))
        rows.append(f"| {kind} | {one.kills} | {one.failed_meanwhile} | {' | '.join(map(str, wrong))} |")
    for kind, one in tallies.items():
        rows += [f"{kind}: {words}" for words in (*one.skipped, *one.lost, *one.different)]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
