"""How many small changes to the code that must be right no test notices.

    python -m benchmarks.mutation [--modules GLOB ...] [--sample N] [--seed S] [--jobs N] [--record FILE] [--json FILE]

Each mutant (`benchmarks/mutants.py`) is put into a copy of the project, and the quick tests that run the changed
statement run on it until one fails. What survives is either a hole in the tests or makes no difference; the latter are
listed, with the reason, in `benchmarks/equivalent_mutants.csv` and are not counted. Tests that are slow or need an
outside program do not run, so a mutant that only those would notice survives here.

`--sample` takes the same mutants every time: the seed orders them, and a change elsewhere moves none. `--record` keeps
which test runs which line; it is used again while no source has changed. The exit status is 0, whatever survives.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import machine
from benchmarks.mutants import Mutant, mutants_of
from benchmarks.mutation_run import Fate, Modules, Project, TracedTest, Workers, chosen_tests, workers
from benchmarks.proportions import format_proportion, proportion

ROOT = Path(__file__).parents[1]

TARGETS: dict[str, tuple[str, ...]] = {
    "correction": (
        "correction.engine", "correction.resolve", "correction.layers", "correction.view", "correction.witness",
        "correction.levels", "correction.catalogue",
    ),
    "ledger": (
        "ledger.chain", "ledger.ledger", "ledger.batch", "ledger.query", "ledger.anchors", "ledger.verify",
        "workspace.store",
    ),
    "publishing": ("correction.in_force", "review.decide", "review.sign", "review.publish", "review.published"),
    "carrying over": ("review.reanchor",),
    "audit": ("audit.*",),
}  # fmt: skip
"""The modules that are changed, by the part of the work that hangs on them."""

PROJECT = Project(
    ROOT,
    tests=tuple(
        f"tests/{room}/test_*.py" for room in ("audit", "correction", "ledger", "review", "workspace")
    ),
    left_out=("test_web_",),
    marks=("tesseract", "browser", "server", "mount", "slow"),
    warm="benchmarks.mutation:warm",
)
"""The tests that run on them: those of `make check` in the rooms that these parts lie in, without the review page."""

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.csv")
_SLOWEST = 8.0  # CPU seconds of a test, with every line traced
_MORE = 5.0


def warm() -> None:
    """Load the dictionaries and the network once, for all who fork from here."""
    from correction.engine import propose  # noqa: PLC0415  the process that only counts mutants needs no rules
    from model.page import Reader, Reading  # noqa: PLC0415

    propose(Reading.of_text("ก", Reader("test", "1")))


def all_mutants(sources: Mapping[str, bytes]) -> list[Mutant]:
    """The mutants of modules, given by name, but what Python itself would refuse."""
    return [
        one
        for name, source in sources.items()
        for one in mutants_of(name, source)
        if _compiles(one.apply(source))
    ]


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def equivalent(path: Path) -> dict[tuple[str, str, str, str], str]:
    """Why no test can notice these mutants, by `Mutant.key`."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {(row["module"], row["function"], row["before"], row["after"]): row["reason"] for row in rows}


def sample_of(mutants: Sequence[Mutant], size: int | None, seed: int) -> list[Mutant]:
    """So many mutants (None: all) by their rank, in order of place."""
    chosen = sorted(mutants, key=lambda one: one.rank(seed))[:size]
    return sorted(chosen, key=lambda one: (one.module, one.start, one.end, one.replacement))


def fates(
    crew: Workers, modules: Modules, mutants: Sequence[Mutant], tests: Sequence[TracedTest]
) -> list[Fate]:
    """What becomes of each mutant; progress goes to standard error."""
    done = 0

    def one(mutant: Mutant) -> Fate:
        nonlocal done
        chosen = chosen_tests(mutant, modules.paths[mutant.module], tests, slowest=_SLOWEST, more=_MORE)
        fate = crew.fate_of(mutant, chosen)
        done += 1
        print(
            f"{done}/{len(mutants)} {fate.outcome} {mutant.module}: {mutant.after}",
            file=sys.stderr,
            flush=True,
        )
        return fate

    with crew.pool() as pool:
        return list(pool.map(one, mutants))


def recorded(crew: Workers, root: Path, targets: Sequence[str], kept: Path | None) -> list[TracedTest]:
    """The tests with the lines they ran, from the file if it was made of the same sources."""
    digest = hashlib.sha256("\0".join(targets).encode())
    for path in sorted(root.rglob("*.py")):
        if ".venv" not in path.parts:
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    state = digest.hexdigest()
    if kept is not None and kept.exists():
        body = json.loads(kept.read_text("utf-8"))
        if body["state"] == state:
            return [
                TracedTest(
                    one["name"],
                    one["seconds"],
                    {path: frozenset(lines) for path, lines in one["lines"].items()},
                )
                for one in body["tests"]
            ]
    tests = crew.record(targets)
    if kept is not None:
        rows = [
            {
                "name": one.name,
                "seconds": one.seconds,
                "lines": {key: sorted(value) for key, value in one.lines.items()},
            }
            for one in tests
        ]
        kept.write_text(json.dumps({"state": state, "tests": rows}), "utf-8")
    return tests


def summary(found: Sequence[Fate], sources: Mapping[str, bytes]) -> dict[str, Any]:
    """Numbers for each module and for all, and the survivors with their diffs."""
    rows = []
    for name in dict.fromkeys(fate.mutant.module for fate in found):
        rows.append({"module": name, **_counted([fate for fate in found if fate.mutant.module == name])})
    survivors = [
        {
            "module": fate.mutant.module, "function": fate.mutant.function, "kind": fate.mutant.kind,
            "before": fate.mutant.before, "after": fate.mutant.after, "tests": fate.tests,
            "diff": fate.mutant.diff(sources[fate.mutant.module]),
        }
        for fate in found
        if fate.outcome == "survived"
    ]  # fmt: skip
    return {"modules": rows, "all": _counted(found), "survivors": survivors}


def _counted(found: Sequence[Fate]) -> dict[str, Any]:
    survived = sum(fate.outcome == "survived" for fate in found)
    return {
        "mutants": len(found),
        "killed": len(found) - survived,
        "by_time": sum(fate.outcome == "timeout" for fate in found),
        "survived": survived,
        "not_run": sum(fate.tests == 0 for fate in found),
        "proportion": proportion(len(found) - survived, len(found)),
    }


def table(result: dict[str, Any]) -> str:
    """The numbers as a table for people."""
    lines = [f"{'module':32}{'mutants':>8}{'killed':>8}{'survived':>9}  proportion killed"]
    for row in (*result["modules"], {"module": "all", **result["all"]}):
        numbers = f"{row['mutants']:8}{row['killed']:8}{row['survived']:9}"
        lines.append(f"{row['module']:32}{numbers}  {format_proportion(row['proportion'])}")
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--modules", nargs="+", metavar="GLOB", help="only the targets so named")
    parser.add_argument("--sample", type=int, metavar="N", help="so many mutants, not all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep which test runs which line")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


def main() -> None:
    """Measure, print, and write what was asked for."""
    args = _arguments()
    began = time.monotonic()
    modules = Modules.of(ROOT)
    targets = modules.named(pattern for group in TARGETS.values() for pattern in group)
    wanted = targets if args.modules is None else modules.named(args.modules)
    names = [name for name in targets if name in wanted]
    reasons = equivalent(EQUIVALENT)
    sources = {name: (ROOT / modules.paths[name]).read_bytes() for name in names}
    mutants = all_mutants(sources)
    telling = [one for one in mutants if one.key not in reasons]
    with workers(PROJECT, modules, args.jobs) as crew:
        tests = recorded(crew, ROOT, targets, args.record)
        found = fates(crew, modules, sample_of(telling, args.sample, args.seed), tests)
    result = summary(found, sources)
    print(table(result))
    print(
        f"{len(mutants)} mutants in {len(names)} modules, {len(mutants) - len(telling)} of them equivalent; "
        f"{len(tests)} tests; {time.monotonic() - began:.0f} s"
    )
    for one in result["survivors"]:
        print(f"\n{one['module']}.{one['function']} ({one['tests']} tests)\n{one['diff']}")
    if args.json is not None:
        head = {
            "sample": args.sample, "seed": args.seed, "possible": len(mutants),
            "equivalent": len(mutants) - len(telling), "tests": len(tests), "machine": machine(),
        }  # fmt: skip
        args.json.write_text(json.dumps(head | result, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
