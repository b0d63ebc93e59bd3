"""What an archive that grows costs: a second run over what has not changed, and `status` over all of it.

python -m benchmarks.growth [--documents 1000] [--pages 300]

Documents are images of our own that a reader without Tesseract reads, so that only the pipeline is measured. Times are
processor seconds of this process and its children; the start of a command (about a second) is not in them.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw

from model.page import Reader, Reading
from ocr.image.prepare import Prepared
from ocr.source.rasterise import Source
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.settings import Settings
from review.status_list import standing
from workspace.workspace import Workspace

_TEXT = "ที่ทำการปกครองอำเภอเชียงคำ จังหวัดพะเยา\n"


class _Recited:
    """Reads every page as the same line."""

    reader = Reader("recited", "1", ())

    def read(self, source: Source, number: int, prepared: Prepared, dpi: float) -> tuple[Reading, ...]:
        return (Reading.of_text(_TEXT, self.reader, number),)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=1000)
    options.add_argument("--pages", type=int, default=300)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        long = place / "long.tif"
        first, *rest = [_page(number) for number in range(asked.pages)]
        first.save(long, save_all=True, append_images=rest, compression="tiff_lzw")
        short = [place / f"{number}.png" for number in range(asked.documents)]
        for number, path in enumerate(short):
            _page(number).save(path)
        for name, sources in (
            (f"a document of {asked.pages} pages", [long]),
            (f"{asked.documents} documents", short),
        ):
            with _archive(place / f"w{len(sources)}") as read:
                print(f"{name}: first run {_seconds(partial(read, sources)):.1f} s")
                print(f"{name}: second run {_seconds(partial(read, sources)):.2f} s")
        with Workspace.open(place / f"w{len(short)}") as ws:
            print(f"status, for the first time: {_seconds(partial(standing, ws)):.2f} s")
            print(f"status, for the second time: {_seconds(partial(standing, ws)):.2f} s")


@contextmanager
def _archive(place: Path) -> Iterator[Callable[[list[Path]], object]]:
    with Workspace.open(place, create=True) as ws:

        def read(sources: list[Path]) -> object:
            with open_run(ws, _Recited(), Settings(second_reader="off")) as run:
                return digitise_here(run, sources)

        yield read


def _page(number: int) -> Image.Image:
    image = Image.new("L", (400, 300), 250)
    ImageDraw.Draw(image).text((40, 40), f"Page {number} of the archive " * 3, fill=10)
    return image


def _seconds(work: Callable[[], object]) -> float:
    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    before = used()
    work()
    return used() - before


if __name__ == "__main__":
    main()
