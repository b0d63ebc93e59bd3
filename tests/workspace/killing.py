"""Run something in a child process and kill it at a random moment."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

from ledger.disk import write_all


def killed(work: Callable[[Callable[[int], None]], None], dice: random.Random, longest: float) -> list[int]:
    """Run `work` in a child that is killed with SIGKILL at a random moment, at most `longest` seconds after
    it has acknowledged something for the first time.

    `work` gets a function to acknowledge numbers with; those that it did acknowledge are returned.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(lambda number: write_all(writing, f"{number}\n".encode()))
        finally:
            os._exit(1)
    os.close(writing)
    said = os.read(reading, 1)
    time.sleep(dice.uniform(0, longest))
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        said += piece
    os.close(reading)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status), f"the child ended by itself: {status}, after {said!r}"
    return [int(line) for line in said.split()]
