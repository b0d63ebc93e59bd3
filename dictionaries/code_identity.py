"""Which code is at work: a hash over the program's own sources, the models beside them and the libraries they use.

What a step made is kept under the identity of the code that made it, so that no number has to be raised by hand when
the code changes. From the modules that are named the imports are followed, those inside functions too, as far as
they stay within the program. What only a reader of the source sees does not count: comments, docstrings and the
layout of the lines, and what only the type checker imports. Everything else does, down to the words of a message.

It lies in this room because reading and proposing, which know nothing of each other, both may use it. Our own tables
and the language model are not in it: they have a version of their own (`dictionaries.version`).

A source has to be parsed once. What came out is kept beside Python's own compiled files, under the hash of the
source's bytes; where that folder cannot be written each process does it anew, in about a third of a second.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from threading import Lock

from model.errors import MissingProgram

ROOMS = frozenset({"model", "ledger", "dictionaries", "ocr", "correction"})
"""The packages in which imports are followed: all that reading and proposing may import."""

DATA = frozenset({".csv", ".json", ".npz", ".onnx", ".sh", ".tsv"})
"""Files that count with a module in their folder that names them, but for those of this room."""

_HAS_ITS_OWN = "dictionaries"
_DISTRIBUTIONS = {"cv2": "opencv-python-headless", "PIL": "pillow", "pdfminer": "pdfminer.six"}
"""Libraries whose package in the registry has another name than the module that is imported."""

_MOST_KEPT = 1000
_REMEDY = "Install Chamra anew from its wheel, which holds the sources."


_PARSING = Lock()
"""Pages are read by several threads, and Python 3.11 counts its parser's depth once for all of them (SystemError)."""


@cache
def code_identity(*names: str) -> str:
    """Sixteen hexadecimal digits that change with the code of these modules and of all that they import.

    A name that ends in `.*` stands for every module below that package: for code that is found by being there. Modules
    of another package may be named; imports are followed in it as in the program's own. The version of each library
    that is imported counts, and the feature release of Python.

    Raises:
        MissingProgram: a source or an imported library is not installed.
    """
    sources = _sources(ROOMS | {name.partition(".")[0] for name in names})
    reached, libraries = _reached(names, sources)
    rows = [f"module {name} {sources.parsed(name).sha256}" for name in reached]
    rows += [f"data {name} {sha256}" for name, sha256 in _data(reached, sources)]
    rows += [f"library {name} {_version(name)}" for name in libraries]
    rows += [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    sources.keep()
    return hashlib.sha256("\n".join(sorted(rows)).encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What counts of a source: the hash of its syntax, and what it imports.

    `modules` are imported themselves; of `members`, `package.name`, each may be a module or something in one.
    `files` are names of data files that it spells out.
    """

    sha256: str
    modules: tuple[str, ...]
    members: tuple[str, ...]
    files: tuple[str, ...]


def parse(source: bytes) -> Parsed:
    """What counts of a Python source.

    Raises:
        SyntaxError: it is none.
        ValueError: it imports relative to its own place, which is not followed.
    """
    with _PARSING:
        tree = ast.parse(source)
    modules: set[str] = set()
    members: set[str] = set()
    files: set[str] = set()
    open_nodes: list[ast.AST] = [tree]
    while open_nodes:
        node = open_nodes.pop()
        _drop_prose(node)
        if isinstance(node, ast.If) and _for_the_type_checker(node.test):
            node.body = []
        elif isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise ValueError(f"line {node.lineno} imports relative to its own place")
            modules.add(node.module)
            members.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call):
            modules.update(_imported_by_call(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            files.update({node.value} if Path(node.value).suffix in DATA else ())
        open_nodes.extend(ast.iter_child_nodes(node))
    shape = ast.dump(tree, annotate_fields=False)
    sha256 = hashlib.sha256(shape.encode("utf-8")).hexdigest()
    return Parsed(sha256, tuple(sorted(modules)), tuple(sorted(members)), tuple(sorted(files)))


def _drop_prose(node: ast.AST) -> None:
    """Docstrings, and strings that stand as statements to describe what is above them."""
    for block in ("body", "orelse", "finalbody"):
        statements = getattr(node, block, None)
        if isinstance(statements, list):
            setattr(node, block, [one for one in statements if not _is_prose(one)])


def _is_prose(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _for_the_type_checker(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _imported_by_call(call: ast.Call) -> Iterator[str]:
    """`import_module("name")` with the name spelt out."""
    if isinstance(call.func, ast.Name) and call.func.id == "import_module" and call.args:
        name = call.args[0]
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            yield name.value


class _Sources:
    """The sources of some packages by their modules' names, each parsed once as long as its bytes are the same."""

    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages
        self._files: dict[str, dict[str, Path]] = {}
        self._parsed: dict[str, Parsed] = {}
        self._known = _remembered()
        self._new: dict[str, Parsed] = {}

    def modules(self, package: str) -> dict[str, Path]:
        """The modules of a package with their files."""
        if package not in self._files:
            self._files[package] = dict(_files(package))
        return self._files[package]

    def file(self, module: str) -> Path | None:
        """A module's file, None where there is none of that name."""
        return self.modules(module.partition(".")[0]).get(module)

    def parsed(self, module: str) -> Parsed:
        """What counts of a module.

        Raises:
            MissingProgram: its source is not there.
        """
        if module not in self._parsed:
            path = self.file(module)
            try:
                source = b"" if path is None else path.read_bytes()
            except OSError:
                path = None
            if path is None:
                raise MissingProgram(f"The source of {module} is missing.", remedy=_REMEDY)
            key = hashlib.sha256(source).hexdigest()
            if key not in self._known:
                self._known[key] = self._new[key] = parse(source)
            self._parsed[module] = self._known[key]
        return self._parsed[module]

    def keep(self) -> None:
        """Remember what was parsed, for the next process."""
        if self._new:
            _remember(self._known if len(self._known) <= _MOST_KEPT else self._new)
            self._new = {}


_sources = cache(_Sources)  # what runs in a process is what was there when it began


def _files(package: str) -> Iterator[tuple[str, Path]]:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return
    if spec.submodule_search_locations is None:
        yield package, Path(spec.origin)
        return
    folder = Path(spec.origin).parent
    # What lies there compiled can be imported without its source, which is then missed when it is parsed.
    compiled = (path for path in folder.rglob("*.pyc") if path.parent.name != "__pycache__")
    for path in (*folder.rglob("*.py"), *(path.with_suffix(".py") for path in compiled)):
        parts = path.relative_to(folder).with_suffix("").parts
        yield ".".join((package, *(parts[:-1] if parts[-1] == "__init__" else parts))), path


def _reached(names: Iterable[str], sources: _Sources) -> tuple[list[str], list[str]]:
    """The modules that are imported from these on, and the libraries."""
    wanted = [module for name in names for module in _spelt_out(name, sources)]
    reached: set[str] = set()
    libraries: set[str] = set()
    while wanted:
        module = wanted.pop()
        top, _, below = module.rpartition(".")
        if module in reached:
            continue
        reached.add(module)
        if below and top:
            wanted.append(top)  # a module's packages are imported with it
        found = sources.parsed(module)
        ours = [name for name in found.modules if name.partition(".")[0] in sources.packages]
        wanted += ours
        wanted += [
            name for name in found.members
            if name.partition(".")[0] in sources.packages and sources.file(name) is not None
        ]  # fmt: skip
        libraries.update(name.partition(".")[0] for name in set(found.modules) - set(ours))
    return sorted(reached), sorted(libraries - sys.stdlib_module_names)


def _spelt_out(name: str, sources: _Sources) -> Iterator[str]:
    package = name.removesuffix(".*")
    yield package
    if package != name:
        yield from (one for one in sources.modules(name.partition(".")[0]) if one.startswith(f"{package}."))


def _data(modules: Iterable[str], sources: _Sources) -> Iterator[tuple[str, str]]:
    """The data files beside these modules that they name, with the hashes of their bytes."""
    for module in modules:
        path = sources.file(module)
        if path is None or module.partition(".")[0] == _HAS_ITS_OWN:
            continue
        for name in sources.parsed(module).files:
            data = path.with_name(name)
            if data.is_file():
                yield f"{module} {name}", hashlib.sha256(data.read_bytes()).hexdigest()


@cache
def _version(library: str) -> str:
    name = _DISTRIBUTIONS.get(library, library)
    try:
        return version(name)
    except PackageNotFoundError:
        raise MissingProgram(f"The library {name} is not installed.", remedy=_REMEDY) from None


def _memory() -> Path:
    return Path(cache_from_source(__file__, optimization="")).with_suffix(".json")


def _itself() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _remembered() -> dict[str, Parsed]:
    """What earlier processes have parsed, by the hashes of the sources; nothing where that cannot be read."""
    try:
        kept = json.loads(_memory().read_bytes())
        if kept["by"] != _itself():
            return {}
        return {
            key: Parsed(str(sha256), tuple(modules), tuple(members), tuple(files))
            for key, (sha256, modules, members, files) in kept["sources"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, NotImplementedError):
        return {}


def _remember(parsed: dict[str, Parsed]) -> None:
    if sys.dont_write_bytecode:
        return
    rows = {key: (one.sha256, one.modules, one.members, one.files) for key, one in parsed.items()}
    with suppress(OSError, NotImplementedError):
        memory = _memory()
        memory.parent.mkdir(parents=True, exist_ok=True)
        written = memory.with_name(f"{memory.name}.{os.getpid()}.{id(rows)}")
        written.write_text(json.dumps({"by": _itself(), "sources": rows}), "utf-8")
        written.replace(memory)  # another process reads the old file or the new one, whole
