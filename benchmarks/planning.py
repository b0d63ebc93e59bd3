"""How many machines, hours, terabytes and how much reviewing an archive takes: measured here, simulated for more.

python -m benchmarks.planning --measure FILE      measures this machine and this program (some minutes), into FILE
python -m benchmarks.planning FILE                simulates 1 to 64 workers and prints the planning table
python -m benchmarks.planning --scaling 1,2,4     runs so many worker processes on this machine, beside the simulation

A page is read by a worker (`page`, seconds of a processor). One process drives a run: it hands out pages and finishes
documents (`driver`, seconds a page), and one writer at a time appends to the ledger (`ledger`, seconds a page). The
simulation lets pages wait for a worker, then for the ledger, then for the driver. What people do is taken from the pace
that the program assumes before it knows them (`review/pace.py`).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from heapq import heappop, heappush
from math import ceil
from pathlib import Path

from benchmarks.planning_measured import measure, scaling
from review.pace import USUAL

CORES = 16
"""Of a machine of the table, each with one worker."""
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
WORKERS = (1, 2, 4, 8, 16, 32, 64)
_PAGES = 4000
"""That are simulated for each number of workers."""
_SPREAD = 0.35
"""Of the time for a page, as the deviation of its logarithm."""
_WEEK = 7 * 24.0


@dataclass(frozen=True, slots=True)
class Costs:
    """Of a page: seconds of a worker, of the driver, of the ledger's writer; bytes kept, bytes of the ledger, and how
    many decisions it asks of a person."""

    page: float
    driver: float
    ledger: float
    stored: float
    recorded: float
    decisions: float


@dataclass(frozen=True, slots=True)
class Prices:
    """Of an hour of a machine of `CORES` cores, a terabyte-month of storage and an hour of a reviewer, in baht."""

    machine: float = 15.0
    storage: float = 800.0
    person: float = 150.0


def simulated(
    costs: Costs, workers: int, pages: int = _PAGES, *, waits: float = 0.0, cores: int = 0
) -> float:
    """Pages a second by so many workers and one driver.

    `waits`: seconds of each page in which a worker waits and no processor is at work; `cores`: how many processors all
    workers share, 0 for one each.
    """
    dice = random.Random(workers)
    slower = max(1.0, workers / cores) if cores else 1.0

    def reads() -> float:
        return waits + costs.page * slower * dice.lognormvariate(-(_SPREAD**2) / 2, _SPREAD)

    in_hand = sorted(reads() for _ in range(min(workers, pages)))
    ledger = driver = 0.0
    for number in range(pages):
        ledger = max(ledger, heappop(in_hand)) + costs.ledger
        # A worker has its next page at once; the driver only falls behind, and must have caught up in the end.
        driver = max(driver, ledger) + costs.driver
        if number + workers < pages:
            heappush(in_hand, ledger + reads())
    return pages / driver


def scaling_table(costs: Costs, workers: Sequence[int] = WORKERS) -> str:
    """Pages an hour by so many workers, and how much of each is used, in Markdown."""
    rows = ["| workers | pages an hour | of what so many alone would read |", "|---|---|---|"]
    alone = simulated(costs, 1)
    for count in workers:
        rate = simulated(costs, count)
        rows.append(f"| {count} | {3600 * rate:,.0f} | {rate / (count * alone):.0%} |")
    return "\n".join(rows)


def planning_table(costs: Costs, prices: Prices) -> str:
    """What archives of several sizes take, in Markdown."""
    rows = [
        "| pages | hours on one machine | machines for a week | TB, with a backup | ledger, GB | review, person-days"
        " | machines, baht | a year of storage, baht | review, baht |",
        "|" + "---|" * 9,
    ]
    rate = simulated(costs, CORES)
    decision, rest = USUAL
    for pages in SIZES:
        hours = pages / rate / 3600
        stored = 2 * pages * (costs.stored + costs.recorded) / 1e12
        review = pages * (costs.decisions * decision + rest) / 3600
        cells = (
            f"{pages:,}", f"{hours:,.1f}", f"{ceil(hours / _WEEK)}", f"{stored:,.2f}",
            f"{pages * costs.recorded / 1e9:,.2f}", f"{review / 8:,.0f}", f"{hours * prices.machine:,.0f}",
            f"{12 * stored * prices.storage:,.0f}", f"{review * prices.person:,.0f}",
        )  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def most_workers(costs: Costs) -> int:
    """From how many workers on another one adds less than half of a worker: the driver is what is short then."""
    count, rate = 1, simulated(costs, 1)
    alone = rate
    while count < 4096:
        more = simulated(costs, 2 * count)
        if more - rate < 0.5 * count * alone:
            return count
        count, rate = 2 * count, more
    return count


def main() -> int:
    """Measure, or simulate what was measured."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("file", type=Path, nargs="?")
    options.add_argument("--measure", type=Path)
    options.add_argument("--scaling")
    for name, price in asdict(Prices()).items():
        options.add_argument(f"--{name}-baht", type=float, default=price)
    asked = options.parse_args()
    if asked.measure:
        found = measure()
        asked.measure.write_text(json.dumps(found, indent=1) + "\n")
        print(json.dumps(found, indent=1))
        return 0
    if asked.file is None:
        options.error("name the file of a measurement")
    costs = Costs(**json.loads(asked.file.read_text()))
    if asked.scaling:
        print("| workers on this machine | measured, s | simulated, s |\n|---|---|---|")
        for count, run in scaling([int(one) for one in asked.scaling.split(",")]):
            rate = simulated(costs, count, run.pages, waits=run.waits, cores=run.cores)
            print(f"| {count} | {run.seconds:.1f} | {run.pages / rate:.1f} |")
        return 0
    prices = Prices(asked.machine_baht, asked.storage_baht, asked.person_baht)
    print(f"{scaling_table(costs)}\n\n{planning_table(costs, prices)}\n")
    print(f"One run keeps {most_workers(costs)} workers busy; for more, start another run on other files.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
