"""How long reading takes beside bare Tesseract and OCRmyPDF, and how fast the command line answers.

    .venv/bin/python benchmarks/speed.py --data DIR [--document prose] [--pages 6] [--rounds 3] [--json FILE]

All run in turns within one run, on the same pages and with the same parallelism: bare Tesseract on page
images that were rasterised beforehand (one process a page, one thread each), once as it is and once in the
layout mode that chamra chooses (which takes another time and reads something else), `chamra digitise` on the PDF
with a fresh workspace, OCRmyPDF on the same PDF. Wall time is what a user waits, CPU time is steadier on a
busy machine; ratios are medians of each round's ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2
from rich.console import Console
from rich.table import Table

from benchmarks.common import machine
from ocr.image.prepare import prepare
from ocr.source.rasterise import open_source

LANGUAGES = "tha+eng"
HELP_ROUNDS = 7
DOCUMENTS = {"gazette": Path("gazette/constituency.pdf"), "prose": Path("prose/prose.pdf")}
"""Documents that are read from their images, in the folder of the material."""

SCRIPTS = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds that one run took: on the clock, and on all processors together."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Material:
    """What is read: a PDF, its page images, and the layout mode (`--psm`) that chamra chooses for each.

    Bare Tesseract gets the same mode: its own default takes another time and reads something else.
    """

    pdf: Path
    images: tuple[Path, ...]
    psm: tuple[int, ...]


def prepared_material(source: Path, pages: int, folder: Path) -> Material:
    """The first pages of a PDF as a PDF of their own and as the page images that chamra makes of them."""
    pdf = folder / "pages.pdf"
    new: Any = pypdfium2.PdfDocument  # the library has no types
    with new(source) as whole, new.new() as part:
        part.import_pages(whole, list(range(min(pages, len(whole)))))
        part.save(pdf)
    images: list[Path] = []
    psm: list[int] = []
    with open_source(pdf) as opened:
        for number in range(1, opened.page_count + 1):
            images.append(folder / f"page-{number:03}.png")
            images[-1].write_bytes(opened.page(number).png)
            psm.append(prepare(images[-1].read_bytes()).settings.segmentation)
    return Material(pdf, tuple(images), tuple(psm))


def timed(work: Callable[[], None]) -> Took:
    """Run something that does its work in child processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    work()
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def run(command: Sequence[str | Path], allowed: Sequence[int] = (0,)) -> None:
    """Run a command to its end.

    Raises:
        RuntimeError: it ended with a status that is not allowed; the message has the end of its errors.
    """
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "PREFECT_API_URL": ""}
    # A program used twice has its bytecode kept; without it every start compiles hundreds of modules.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([str(part) for part in command], capture_output=True, env=environment, check=False)
    if done.returncode not in allowed:
        end = done.stderr[-2000:].decode("utf-8", "replace")
        raise RuntimeError(f"{command[0]} ended with status {done.returncode}: {end}")


def bare_tesseract(material: Material, jobs: int, scratch: Path) -> None:
    """As anybody would call it: one process a page, `jobs` at a time, its own layout mode."""

    def read(image: Path) -> None:
        run(["tesseract", image, scratch / image.stem, "-l", LANGUAGES])

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(read, material.images))


def tesseract_row_by_row(material: Material, jobs: int, scratch: Path) -> None:
    """The same in the layout mode that chamra chooses for each page."""

    def read(image: Path, psm: int) -> None:
        run(["tesseract", image, scratch / image.stem, "-l", LANGUAGES, "--psm", str(psm)])

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(read, material.images, material.psm))


def chamra(material: Material, jobs: int, scratch: Path) -> None:
    """Into a fresh workspace, in this process's way: no Prefect server."""
    run([SCRIPTS / "chamra", "digitise", material.pdf, "-w", scratch / "workspace", "--jobs", str(jobs),
         "--reader", "cascade", "--json"])  # fmt: skip


def ocrmypdf(material: Material, jobs: int, scratch: Path) -> None:
    """As its manual says for a PDF that must be read anew."""
    run([SCRIPTS / "ocrmypdf", "--force-ocr", "-l", LANGUAGES, "--jobs", str(jobs), "--quiet",
         material.pdf, scratch / "out.pdf"])  # fmt: skip


Runner = Callable[[Material, int, Path], None]
RUNNERS: dict[str, Runner] = {
    "tesseract": bare_tesseract,
    "tesseract, same layout": tesseract_row_by_row,
    "chamra": chamra,
    "ocrmypdf": ocrmypdf,
}


def rounds_of(
    material: Material, names: Sequence[str], rounds: int, jobs: int, folder: Path
) -> dict[str, list[Took]]:
    """Each runner once a round, each round starting with another one."""
    took: dict[str, list[Took]] = {name: [] for name in names}
    for number in range(rounds):
        shift = number % len(names)
        for name in (*names[shift:], *names[:shift]):
            scratch = folder / f"{name.replace(', ', '-').replace(' ', '-')}-{number}"
            scratch.mkdir()
            took[name].append(timed(partial(RUNNERS[name], material, jobs, scratch)))
            shutil.rmtree(scratch)
            print(f"round {number + 1}: {name} {took[name][-1].wall:.1f} s", file=sys.stderr, flush=True)
    return took


def start_up(rounds: int = HELP_ROUNDS) -> list[Took]:
    """`chamra --help`, again and again; the first one warms the disk and is not counted."""
    runs = [timed(lambda: run([SCRIPTS / "chamra", "--help"])) for _ in range(rounds + 1)]
    return runs[1:]


def summary(took: dict[str, list[Took]], help_took: list[Took], pages: int) -> dict[str, Any]:
    """Medians, and chamra's ratio to each of the others."""
    return {
        "seconds": {
            name: {
                "wall": median(run.wall for run in runs),
                "cpu": median(run.cpu for run in runs),
                "wall_per_page": median(run.wall for run in runs) / pages,
                "rounds": [run.wall for run in runs],
            }
            for name, runs in took.items()
        },
        "chamra_over": {
            name: {
                "wall": median(a.wall / b.wall for a, b in zip(took["chamra"], runs, strict=True)),
                "cpu": median(a.cpu / b.cpu for a, b in zip(took["chamra"], runs, strict=True)),
            }
            for name, runs in took.items()
            if name != "chamra"
        },
        "help": {"wall": median(run.wall for run in help_took), "cpu": median(run.cpu for run in help_took)},
    }


def show(report: dict[str, Any], console: Console) -> None:
    """Print the table."""
    title = f"{report['pages']} pages, {report['jobs']} jobs, medians of {report['rounds']} rounds"
    table = Table("", title=title, title_justify="left")
    for name in ("Wall, s", "CPU, s", "Wall a page, s", "chamra over it, wall", "CPU"):
        table.add_column(name, justify="right")
    for name, seconds in report["seconds"].items():
        over = report["chamra_over"].get(name)
        ratios = (f"{over['wall']:.2f}", f"{over['cpu']:.2f}") if over else ("", "")
        numbers = (f"{seconds[key]:.2f}" for key in ("wall", "cpu", "wall_per_page"))
        table.add_row(name, *numbers, *ratios)
    console.print(table)
    console.print(f"chamra --help: {report['help']['wall']:.2f} s wall, {report['help']['cpu']:.2f} s CPU")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit status 0, or 2 when its data is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with gazette/ and prose/")
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--document", choices=list(DOCUMENTS), default="gazette", help="what is read")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--without", nargs="*", choices=[name for name in RUNNERS if name != "chamra"], default=[]
    )
    parser.add_argument("--json", type=Path, help="also write everything here")
    options = parser.parse_args(arguments)
    source = options.data / DOCUMENTS[options.document]
    if not source.is_file():
        print(f"Not measured: {source} is not there.", file=sys.stderr)
        return 2
    names = [name for name in RUNNERS if name not in options.without]
    with tempfile.TemporaryDirectory(prefix="chamra-speed-") as temporary:
        folder = Path(temporary)
        material = prepared_material(source, options.pages, folder)
        took = rounds_of(material, names, options.rounds, options.jobs, folder)
        report: dict[str, Any] = {
            "schema": "chamra/benchmark-speed/1",
            "document": options.document,
            "machine": machine(),
            "pages": len(material.images),
            "rounds": options.rounds,
            "jobs": options.jobs,
            "psm": material.psm,
            **summary(took, start_up(), len(material.images)),
        }
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    show(report, Console(width=None if sys.stdout.isatty() else 120))
    return 0


if __name__ == "__main__":
    sys.exit(main())
