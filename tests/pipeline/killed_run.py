"""Run steps in children that die by SIGKILL at the nth time that something was to be made durable.

Reads one line of JSON a child from standard input ({step, workspace, scan, log, nth}; with nth 0 it lives)
and answers each with its exit status, negative for a signal. One process for all children, because starting
Python costs more than a run.
"""

import json
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.local import digitise_here
from pipeline.publishing import publish_signed
from pipeline.run import open_run
from pipeline.settings import Settings
from tests.pipeline.fake_reader import FakeReader
from workspace.workspace import Workspace


def die_at(nth):
    durable = os.fsync
    left = nth

    def counting(descriptor):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        durable(descriptor)

    os.fsync = counting


def work(step, workspace, scan, log, nth):
    def note(number):
        with Path(log).open("a") as file:
            file.write(f"{number}\n")

    with Workspace.open(Path(workspace), create=True) as opened:
        die_at(nth)
        if step == "publish":
            publish_signed(opened)
        else:
            with open_run(opened, FakeReader(note), Settings(jobs=1)) as run:
                digitise_here(run, [Path(scan)])


for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work(**json.loads(line))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201  the answer to the test
