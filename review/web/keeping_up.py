"""What the server does between requests: it counts and indexes what has changed, so that no look has to wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from model.errors import ChamraError
from review.search_index import SearchIndex
from review.summary_store import bring_up_to_date
from review.web.overview import Overview
from workspace.workspace import Workspace

_SLICE = 0.05
"""Seconds for which the lists may be held at a time."""
_PAUSE = 0.01
_GENTLY = 0.1
_WARMED = 200
"""Documents whose pages are taken up at a time, before somebody asks what waits for them: a few milliseconds."""
_REST = 2.0
"""Seconds until the ledger is asked again where nothing was left to do."""


@contextmanager
def keeping_up(ws: Workspace, overview: Overview, index: SearchIndex) -> Iterator[None]:
    """Keep the lists and the index up to date in a thread of its own for as long as the context lasts."""
    stop = Event()
    thread = Thread(target=_keep_up, args=(ws, overview, index, stop), name="keeping-up", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_up(ws: Workspace, overview: Overview, index: SearchIndex, stop: Event) -> None:
    try:
        bring_up_to_date(ws, stop.is_set)
        if overview.began_with_nothing and not stop.is_set():
            overview.begin_again()
    except ChamraError:
        pass  # whoever looks is told
    while not stop.is_set():
        left = 1
        try:
            overview.documents(_SLICE)
            left = overview.uncounted + index.follow(_SLICE)
        except ChamraError:
            left = 0
        if left:
            stop.wait(_PAUSE)
        else:
            stop.wait(_GENTLY if _warmer(overview) else _REST)


def _warmer(overview: Overview) -> bool:
    try:
        return overview.warm_up(_WARMED)
    except ChamraError:
        return False
