"""Copies of a project, a worker in each, and what becomes of mutants there."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from benchmarks.mutants import Mutant

_NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "build", "dist", "chamra-demo*"
)
_NEVER_IMPORTED = {"", ".venv", "build", "dist", "node_modules"}


@dataclass(frozen=True, slots=True)
class Project:
    """What is examined: the root of the sources, the files of the quick tests, words in the names of files and marks
    of tests that are left out, a function ("module:name") that loads what is slow to load, and the CPU seconds that a
    mutant may take beyond four times what its tests take."""

    root: Path
    tests: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    warm: str = ""
    patience: int = 10

    def files(self) -> list[str]:
        """The test files, as paths below the root.

        Raises:
            FileNotFoundError: a pattern names no file.
        """
        found: dict[str, None] = {}
        for pattern in self.tests:
            files = sorted(str(path.relative_to(self.root)) for path in self.root.glob(pattern))
            if not files:
                raise FileNotFoundError(f"no test file is named like {pattern}")
            found |= dict.fromkeys(one for one in files if not any(word in one for word in self.left_out))
        return list(found)


@dataclass(frozen=True, slots=True)
class TracedTest:
    """A test that passes: its CPU seconds with everything traced, and the lines that it ran of each target."""

    name: str
    seconds: float
    lines: Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: `killed` by a test, `timeout`, or `survived`; `tests` counts those that were to run."""

    mutant: Mutant
    outcome: str
    by: str
    tests: int


@dataclass(slots=True)
class Modules:
    """The modules of a project by name, with their paths below the root and what they import."""

    paths: dict[str, str]
    imports: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> Modules:
        """Those of every package below a root, and of the folder of the tests."""
        paths = {}
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if parts[0] in _NEVER_IMPORTED or any(part.startswith(".") for part in parts):
                continue
            paths[".".join(parts).removesuffix(".__init__")] = str(path.relative_to(root))
        found = cls(paths)
        for name, where in paths.items():
            found.imports[name] = set(found._imported(name, ast.parse((root / where).read_bytes())))
        return found

    def named(self, patterns: Iterable[str]) -> list[str]:
        """The modules that the patterns name, in that order; packages themselves hold nothing.

        Raises:
            LookupError: a pattern names no module.
        """
        found: dict[str, None] = {}
        for pattern in patterns:
            names = [one for one in self.paths if fnmatchcase(one, pattern) and not self._is_package(one)]
            if not names:
                raise LookupError(f"no module is named like {pattern}")
            found |= dict.fromkeys(names)
        return list(found)

    def above(self, module: str) -> set[str]:
        """The module and all that import it, directly or through others."""
        found, todo = {module}, [module]
        while todo:
            below = todo.pop()
            for name, imported in self.imports.items():
                if below in imported and name not in found:
                    found.add(name)
                    todo.append(name)
        return found

    def _is_package(self, name: str) -> bool:
        return self.paths[name].endswith("__init__.py")

    def _imported(self, name: str, tree: ast.Module) -> Iterator[str]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    yield from self._meant(one.name)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    own = name.split(".")[: None if self._is_package(name) else -1]
                    base = ".".join([*own[: len(own) - node.level + 1], *filter(None, [base])])
                yield base
                for one in node.names:
                    yield from self._meant(f"{base}.{one.name}")

    def _meant(self, name: str) -> Iterator[str]:
        """A module that is imported, with its packages; whoever imports a package may find its modules by itself."""
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            yield ".".join(parts[:end])
        if name in self.paths and self._is_package(name):
            yield from (one for one in self.paths if one.startswith(f"{name}."))


class MutationWorker:
    """A copy of the project and the process that runs its tests there."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.root = folder / "copy"
        shutil.copytree(project.root, self.root, ignore=_NOT_COPIED, symlinks=True)
        if (project.root / ".venv").exists():
            (self.root / ".venv").symlink_to(project.root / ".venv")
        temporary = folder / "tmp"
        temporary.mkdir()
        # Forked children must not wait for threads that only their parent had.
        single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        tools = str(Path(__file__).parents[1])
        path = os.pathsep.join(dict.fromkeys((str(self.root), tools)))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.mutation_worker"], cwd=self.root, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, **single, "TMPDIR": str(temporary), "PYTHONPATH": path},
        )  # fmt: skip
        self.ask(do="prepare", files=project.files(), warm=project.warm)

    def ask(self, **request: object) -> dict[str, Any]:
        """Send a request and wait for its answer.

        Raises:
            RuntimeError: the worker is gone.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class Workers:
    """Workers that take work in turn; what they know of the original they keep."""

    def __init__(self, project: Project, modules: Modules, workers: Sequence[MutationWorker]) -> None:
        self._project = project
        self._modules = modules
        self._count = len(workers)
        self._free: SimpleQueue[MutationWorker] = SimpleQueue()
        for worker in workers:
            self._free.put(worker)
        self._sound: dict[tuple[str, str], bool] = {}

    @contextmanager
    def _one(self) -> Iterator[MutationWorker]:
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)

    def pool(self) -> ThreadPoolExecutor:
        """As many threads as workers."""
        return ThreadPoolExecutor(self._count)

    def record(self, targets: Sequence[str]) -> list[TracedTest]:
        """Run all tests once, and note which lines of the target modules each ran."""
        paths = [self._modules.paths[name] for name in targets]
        forget = sorted(set().union(*(self._modules.above(name) for name in targets)))

        def one(file: str) -> dict[str, Any]:
            with self._one() as worker:
                return worker.ask(
                    do="record",
                    file=file,
                    targets=paths,
                    marks=self._project.marks,
                    forget=forget,
                    limit=900,
                )

        files = self._project.files()
        with self.pool() as pool:
            answers = list(pool.map(one, files))
        for file, answer in zip(files, answers, strict=True):
            if "tests" not in answer:
                raise RuntimeError(f"{file} could not be recorded: {answer['outcome']} {answer['by']}")
        return [
            TracedTest(
                name, said["seconds"], {path: frozenset(lines) for path, lines in said["lines"].items()}
            )
            for answer in answers
            for name, said in answer["tests"].items()
            if said["passed"] and "seconds" in said
        ]

    def fate_of(self, mutant: Mutant, tests: Sequence[TracedTest]) -> Fate:
        """Run the tests on a mutant until one fails that passes where nothing but the file is another."""
        left = list(tests)
        with self._one() as worker:
            original = (worker.root / self._modules.paths[mutant.module]).read_bytes()
            while left:
                answer = self._examined(worker, mutant.module, mutant.apply(original), left)
                if answer["outcome"] == "broken":
                    raise RuntimeError(f"{mutant.module}, {mutant.after}: {answer['by']}")
                by = answer["by"]
                if not any(one.name == by for one in left) or self._is_sound(worker, mutant.module, by, left):
                    return Fate(mutant, answer["outcome"], by, len(tests))
                left = [one for one in left if one.name != by]
        return Fate(mutant, "survived", "", len(tests))

    def _examined(
        self, worker: MutationWorker, module: str, source: bytes, tests: Sequence[TracedTest]
    ) -> dict[str, Any]:
        path = worker.root / self._modules.paths[module]
        original = path.read_bytes()
        limit = self._project.patience + int(4 * sum(one.seconds for one in tests))
        names = [one.name for one in tests]
        path.write_bytes(source)
        try:
            return worker.ask(
                do="examine", tests=names, forget=sorted(self._modules.above(module)), limit=limit
            )
        finally:
            path.write_bytes(original)

    def _is_sound(self, worker: MutationWorker, module: str, name: str, tests: Sequence[TracedTest]) -> bool:
        """Whether a test passes with a statement more that does nothing: one that holds the code's identity does not,
        nor does one that fails where modules are imported again."""
        key = (module, name)
        if key not in self._sound:
            (test,) = [one for one in tests if one.name == name]
            source = (worker.root / self._modules.paths[module]).read_bytes() + b"\npass\n"
            self._sound[key] = self._examined(worker, module, source, [test])["outcome"] == "survived"
        return self._sound[key]


@contextmanager
def workers(project: Project, modules: Modules, jobs: int) -> Iterator[Workers]:
    """So many workers in copies that are gone afterwards."""
    with ExitStack() as stack:
        started = []
        for _ in range(jobs):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mutants-")))
            worker = MutationWorker(project, folder)
            stack.callback(worker.close)
            started.append(worker)
        yield Workers(project, modules, started)


def chosen_tests(
    mutant: Mutant, path: str, tests: Sequence[TracedTest], *, slowest: float, more: float
) -> list[TracedTest]:
    """The tests to run on a mutant: those that ran its statement, and others that ran its module, for `more` seconds;
    a test that ran what is cached there may stand for others. Quick ones come first, file by file."""
    sure: list[TracedTest] = []
    perhaps: list[TracedTest] = []
    for test in tests:
        lines = test.lines.get(path)
        if lines is None or test.seconds > slowest:
            continue
        reached = mutant.statement is None or not lines.isdisjoint(
            range(mutant.statement[0], mutant.statement[1] + 1)
        )
        (sure if reached else perhaps).append(test)
    chosen = _in_turn(sure)
    for test in _in_turn(perhaps):
        more -= test.seconds
        if more < 0:
            break
        chosen.append(test)
    return chosen


def _in_turn(tests: Sequence[TracedTest]) -> list[TracedTest]:
    costs: dict[str, float] = {}
    for test in tests:
        file = test.name.partition("::")[0]
        costs[file] = costs.get(file, 0.0) + test.seconds

    def turn(test: TracedTest) -> tuple[bool, float, str, float]:
        file = test.name.partition("::")[0]
        return test.seconds > 0.5, costs[file], file, test.seconds

    return sorted(tests, key=turn)
