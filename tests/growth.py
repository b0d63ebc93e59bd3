"""How work grows with its size, told by ratios: no machine is too slow or too busy for these."""

import gc
import statistics
import time
from collections.abc import Callable


def growth(work: Callable[[int], object], small: int, large: int) -> float:
    """How many times as much processor time the large work takes as the small one.

    The middle of five ratios, each of two runs made one after the other in this process.
    """

    def taken(size: int) -> float:
        started = time.process_time()
        work(size)
        return time.process_time() - started

    work(small)  # what is loaded or kept the first time is loaded now
    was_on = gc.isenabled()
    gc.disable()  # its rounds would fall upon one run or the other
    try:
        return statistics.median(taken(large) / taken(small) for _ in range(5))
    finally:
        if was_on:
            gc.enable()
