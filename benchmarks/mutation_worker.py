"""Runs tests in forked children of a process that has imported everything; `benchmarks.mutation` sends it its work.

    python -m benchmarks.mutation_worker        in the root of a copy of the project, which it may spoil

Reads one request a line from its input and writes one answer a line to its output, both JSON. A child forgets the
modules that the request names and imports them anew; all others, with what they have loaded, it has from its parent.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings

Answer = dict[str, Any]

_MEMORY = 6 << 30
"""Bytes that a child may hold: a mutant that never ends often takes all there is."""
_IDLE = 10
"""A child that waits for something that never comes may take so many times its CPU time by the clock, and a minute."""
_OPTIONS = (
    "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning",
    "--hypothesis-profile=mutation",
)  # fmt: skip


class WantedTests:
    """Keeps of the collected tests those that are wanted, in that order, and notes the first that fails."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._turn = {test: at for at, test in enumerate(wanted)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop and order."""
        chosen = [one for one in items if one.nodeid in self._turn]
        items[:] = sorted(chosen, key=lambda one: self._turn[one.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


class Recorder:
    """Notes of each test whether it passed, its CPU seconds, and the lines of the targets that it ran."""

    def __init__(self, targets: Collection[str], marks: Collection[str]) -> None:
        self._lines: dict[str, set[int]] = {str(Path(one).resolve()): set() for one in targets}
        self._names = {str(Path(one).resolve()): one for one in targets}
        self._marks = marks
        self.tests: dict[str, Answer] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop what is marked as not quick."""
        items[:] = [one for one in items if not any(one.get_closest_marker(mark) for mark in self._marks)]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None]:
        """Trace a test with what is made for it."""
        self.tests[item.nodeid] = {"passed": True}
        for lines in self._lines.values():
            lines.clear()
        began = time.process_time()
        threading.settrace(self._called)
        sys.settrace(self._called)
        yield
        sys.settrace(None)
        threading.settrace(None)  # None is how it ends
        self.tests[item.nodeid] |= {
            "seconds": round(time.process_time() - began, 4),
            "lines": {self._names[path]: sorted(lines) for path, lines in self._lines.items() if lines},
        }

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that was skipped tells nothing, and so did not pass."""
        if not report.passed:
            self.tests[report.nodeid]["passed"] = False

    def _called(self, frame: FrameType, event: str, argument: object) -> Callable[..., Any] | None:
        lines = self._lines.get(frame.f_code.co_filename)
        if lines is None:
            return None

        def line(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
            lines.add(frame.f_lineno)
            return line

        return line


def record(request: Answer) -> Answer:
    """Run the tests of one file and say what each ran."""
    recorder = Recorder(request["targets"], request["marks"])
    _forget(request["forget"])
    pytest.main([*_OPTIONS, request["file"]], plugins=[recorder])
    return {"tests": recorder.tests}


def examine(request: Answer) -> Answer:
    """Run the chosen tests until one fails."""
    choice = WantedTests(request["tests"])
    files = dict.fromkeys(test.partition("::")[0] for test in request["tests"])
    _forget(request["forget"])
    status = pytest.main([*_OPTIONS, "-x", *files], plugins=[choice])
    if status == pytest.ExitCode.OK:
        return {"outcome": "survived", "by": ""}
    if status == pytest.ExitCode.NO_TESTS_COLLECTED:
        return {"outcome": "broken", "by": "none of its tests was collected"}
    # A module that cannot even be imported is noticed by whoever imports it.
    return {"outcome": "killed", "by": choice.failed or "import"}


def _forget(modules: Collection[str]) -> None:
    for name in [one for one in sys.modules if one in modules or one.partition(".")[0] == "tests"]:
        parent, _, last = name.rpartition(".")
        # `from parent import last` would find it there and never look further.
        if parent in sys.modules:
            vars(sys.modules[parent]).pop(last, None)
        del sys.modules[name]


_WORK: dict[str, Callable[[Answer], Answer]] = {"record": record, "examine": examine}


def in_child(work: Callable[[Answer], Answer], request: Answer) -> Answer:
    """What the work answers, done in a fork that may take the request's `limit` of CPU seconds."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _be_child(work, request, theirs)
    os.close(theirs)
    line = _line(ours, child, 60 + _IDLE * request["limit"])
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # with all that its tests have started
    status = os.waitpid(child, 0)[1]
    os.close(ours)
    if line.endswith(b"\n"):
        answer: Answer = json.loads(line)
        return answer
    ended = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
    return {
        "outcome": "timeout" if ended else "killed",
        "by": "the process ended",
        "seconds": request["limit"],
    }


def _be_child(work: Callable[[Answer], Answer], request: Answer, out: int) -> NoReturn:
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (request["limit"], request["limit"] + 1))
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        try:
            answer = work(request)
        except BaseException as error:  # noqa: BLE001 - the parent is told, whatever it is
            answer = {"outcome": "broken", "by": repr(error)}
        answer["seconds"] = round(time.process_time(), 3)
        with os.fdopen(out, "w") as stream:
            stream.write(json.dumps(answer) + "\n")
    finally:
        os._exit(0)


def _line(pipe: int, child: int, seconds: float) -> bytes:
    """What a child has to say, as far as it comes before its end and in time: what it has started may hold
    the pipe open after it."""
    death = os.pidfd_open(child)
    found = b""
    until = time.monotonic() + seconds
    try:
        while not found.endswith(b"\n") and (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([pipe, death], [], [], left)
            if pipe in ready:
                more = os.read(pipe, 1 << 20)
                if not more:
                    break
                found += more
            elif death in ready:
                break
    finally:
        os.close(death)
    return found


def prepare(request: Answer) -> Answer:
    """Import what the tests import, and load what is slow to load, so that children have it."""
    settings.register_profile(
        "mutation", deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )  # fmt: skip
    status = pytest.main([*_OPTIONS, "--collect-only", *request["files"]])
    if request["warm"]:
        module, _, function = request["warm"].partition(":")
        getattr(importlib.import_module(module), function)()
    # From here on sources change faster than file times tell.
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    gc.collect()
    gc.freeze()
    return {"prepared": status == pytest.ExitCode.OK}


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "w")
    with Path(os.devnull).open("r+b") as nothing:
        os.dup2(nothing.fileno(), 1)
    for line in sys.stdin:
        request = json.loads(line)
        work = _WORK.get(request["do"])
        answer = prepare(request) if work is None else in_child(work, request)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
