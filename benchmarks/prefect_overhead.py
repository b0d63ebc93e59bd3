"""What a page costs more under a Prefect server that runs already than in this process.

python -m benchmarks.prefect_overhead [--pages 100] [--rounds 3] [--jobs 2] [--reader text-layer]

The same pages are read in turns by `chamra digitise` alone and with `PREFECT_API_URL` set to a server that was started
before, each time into a fresh workspace. Given are the medians of the rounds' ratios, on the clock and in seconds of
processors of the command (not of the server), and what a page takes more. With the reader `text-layer` the
pages are small ones of our own, so that little but the overhead is measured; with any other they are those of the
bundled scan, again and again.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pikepdf

from benchmarks.kills_run import BIN, SCAN
from benchmarks.scale import document, used
from flows.server import answers

_START_SECONDS = 600.0


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--pages", type=int, default=100)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--reader", default="text-layer")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="prefect-") as folder:
        place = Path(folder)
        source = place / "pages.pdf"
        source.write_bytes(document(asked.pages) if asked.reader == "text-layer" else _scans(asked.pages))
        alone = {key: value for key, value in os.environ.items() if key != "PREFECT_API_URL"}
        with _server(place) as address:
            took: list[tuple[float, float, float, float]] = []
            for number in range(asked.rounds):
                words: list[str | Path] = [
                    BIN / "chamra", "digitise", source, "--reader", asked.reader, "--jobs", str(asked.jobs), "--json",
                ]  # fmt: skip
                here = _timed([*words, "-w", place / f"here-{number}"], alone)
                there = _timed(
                    [*words, "-w", place / f"there-{number}"], alone | {"PREFECT_API_URL": address}
                )
                took.append((*here, *there))
                print(f"alone {here[0]:.1f} s ({here[1]:.1f} of processors), "
                      f"with the server {there[0]:.1f} s ({there[1]:.1f})", flush=True)  # fmt: skip
    for name, at in (("on the clock", 0), ("of processors", 1)):
        ratio = median(one[2 + at] / one[at] for one in took)
        more = median(one[2 + at] - one[at] for one in took) / asked.pages
        print(f"{name}: {ratio:.2f} times, {more * 1000:.0f} ms more a page")
    return 0


def _timed(words: list[str | Path], environment: Mapping[str, str]) -> tuple[float, float]:
    begun, before = time.monotonic(), used()
    own = {"CHAMRA_SECOND_READER": "off"} if "text-layer" in words else {}
    subprocess.run(words, check=True, capture_output=True, env={**environment, **own})
    return time.monotonic() - begun, used() - before


@contextmanager
def _server(place: Path) -> Iterator[str]:
    """A Prefect server with a home of its own; gives the address of its API."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PREFECT_HOME": str(place / "prefect"), "PREFECT_SERVER_API_PORT": str(port)}
    address = f"http://127.0.0.1:{port}/api"
    with (place / "log").open("w") as log:
        process = subprocess.Popen(
            [BIN / "prefect", "server", "start", "--port", str(port)],
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        end = time.monotonic() + _START_SECONDS
        while not answers(address):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((place / "log").read_text()[-2000:])
            time.sleep(0.5)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(120)


def _scans(pages: int) -> bytes:
    """A PDF of so many pages of the bundled scan."""
    with pikepdf.open(SCAN) as scan, pikepdf.new() as whole, tempfile.TemporaryFile() as out:
        for number in range(pages):
            whole.pages.append(scan.pages[number % len(scan.pages)])
        whole.save(out)
        out.seek(0)
        return out.read()


if __name__ == "__main__":
    sys.exit(main())
