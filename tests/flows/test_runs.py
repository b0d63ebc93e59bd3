"""The runs that flows and tasks share: one for all threads, gone at the end."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import pytest

from flows.runs import run_options, settings_of, shared_run, sharing_runs
from pipeline.settings import Settings
from workspace.workspace import Workspace

OPTIONS = run_options("text-layer", Settings(jobs=2, second_reader="off"))
OTHER_OPTIONS = run_options("text-layer", Settings(jobs=1, second_reader="off"))


@pytest.fixture
def place(tmp_path):
    Workspace.open(tmp_path / "w", create=True).close()
    return str(tmp_path / "w")


def run_here(place, options=OPTIONS):
    with shared_run(place, options) as run:
        return run


def in_threads(count, *arguments):
    """What as many tasks of this flow get, each in a thread that has the flow's context, as Prefect gives it."""
    with ThreadPoolExecutor(count) as threads:
        tasks = [threads.submit(copy_context().run, run_here, *arguments) for _ in range(count)]
        return [task.result() for task in tasks]


@pytest.fixture
def closed(monkeypatch):
    """The runs whose sources were closed."""
    found = []

    def close(pool):
        found.append(pool)

    monkeypatch.setattr("pipeline.source_pool.SourcePool.close", close)
    return found


def test_a_flow_and_its_tasks_in_threads_share_one_run_which_is_closed_at_the_end(place, closed):
    with sharing_runs():
        first = run_here(place)
        assert all(run is first for run in in_threads(2, place))
        assert run_here(place, OTHER_OPTIONS) is not first
        assert closed == []
    assert first.reading.sources in closed
    assert len(closed) == 2


def test_a_flow_that_nobody_called_shares_its_own_run_with_its_tasks(place, closed):
    with shared_run(place, OPTIONS) as run:
        assert in_threads(1, place) == [run]
        assert closed == []
    assert closed == [run.reading.sources]


def test_options_need_not_name_settings():
    assert settings_of({"reader": "text-layer"}) == Settings()
    assert settings_of(OPTIONS) == Settings(jobs=2, second_reader="off")


def test_nothing_of_one_run_is_left_for_the_next(place):
    first, second = run_here(place), run_here(place)
    assert first is not second


def test_password_and_listener_reach_the_run_and_are_in_nothing_that_prefect_stores(place, monkeypatch):
    secret, told = "กุญแจลับ", list[Any]()
    opened = []
    monkeypatch.setattr(
        "pipeline.source_pool.open_source", lambda path, *, password, **_: opened.append(password)
    )
    with sharing_runs(secret, told.append):
        run = run_here(place)
        run.reading.sources.open("x.pdf")
        run.tell("an event")
    assert opened == [secret]
    assert told == ["an event"]
    assert secret not in repr(run)
    assert secret not in repr(OPTIONS)
