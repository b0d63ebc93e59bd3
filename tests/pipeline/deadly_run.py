"""A run of which one page ends every process that makes it ready: `deadly_run.py WORKSPACE SCAN MANNER PAGE [JOBS]`.

The reader carries the fault to whichever process works with it, as a library would in which it lies.
"""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline import read_page
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.settings import Settings
from tests.pipeline.fake_reader import FakeReader
from workspace.workspace import Workspace


def eat():
    """Take memory until the kernel kills whoever does; where that is bounded, until there is no more."""
    if resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY:
        os.kill(os.getpid(), signal.SIGKILL)  # as it does when the machine has no more
    held = []
    while True:
        held.append(bytearray(256 << 20))


MANNERS = {
    "abort": os.abort,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "memory": eat,
    "hang": lambda: time.sleep(600),
}


def nothing(number):
    pass


class Deadly(FakeReader):
    """Reads like `FakeReader`, and spoils the preparation of one page in its process."""

    def __init__(self, manner, page):
        super().__init__(nothing)
        made_ready = vars(read_page)["made_ready"]

        def spoilt(source, number, raster):
            if number == page:
                MANNERS[manner]()
            return made_ready(source, number, raster)

        vars(read_page)["made_ready"] = spoilt
        self._made_of = (manner, page)

    def __reduce__(self):
        return Deadly, self._made_of


if __name__ == "__main__":
    import tests.pipeline.deadly_run as importable  # this script's own class, nobody else can import

    workspace, scan, manner, page, *jobs = sys.argv[1:]
    settings = Settings(jobs=int(jobs[0]) if jobs else 1, retry_seconds=0)
    with (
        Workspace.open(Path(workspace), create=True) as ws,
        open_run(ws, importable.Deadly(manner, int(page)), settings) as run,
    ):
        print(json.dumps(digitise_here(run, [Path(scan)])))  # noqa: T201  the answer to the test
