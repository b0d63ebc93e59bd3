"""How the code is kept: what its size, its names and its imports say, in figures.

    .venv/bin/python -m benchmarks.house [--json]

Counts over all Python files of the rooms, of training/ and of benchmarks/, tests left out: class names that mean
two or more things, functions over 60 lines, files over 400 lines, circles of imports (of those that run when a
module is loaded, and of all), and public things without a docstring.
"""

from __future__ import annotations

import argparse
import ast
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONGEST_FUNCTION = 60
"""Lines from `def` to the end of the body, docstring and blank lines included."""
LONGEST_FILE = 400

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A Python file: `path` from the root with slashes, its dotted module name, its text and syntax tree."""

    path: str
    module: str
    text: str
    tree: ast.Module


@dataclass(frozen=True, slots=True)
class HouseFigures:
    """What was counted. Places are `path:line`; a circle is the modules that reach each other by imports."""

    files: int
    lines: int
    classes: int
    homonyms: dict[str, list[str]]
    functions: int
    long_functions: dict[str, int]
    long_files: dict[str, int]
    circles: list[list[str]]
    circles_by_any_import: list[list[str]]
    public: int
    without_docstring: list[str]


def rooms(root: Path = ROOT) -> list[str]:
    """The folders that are looked at: the packages that pyproject.toml names, and what helps to make them."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return [*project["tool"]["importlinter"]["root_packages"], "training", "benchmarks"]


def code_files(root: Path, folders: Iterable[str]) -> list[CodeFile]:
    """Every Python file below these folders, in order of its path."""
    found = []
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*.py")):
        inside = path.relative_to(root)
        parts = inside.with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text("utf-8")
        found.append(CodeFile(inside.as_posix(), module, text, ast.parse(text)))
    return found


def measure(files: Iterable[CodeFile]) -> HouseFigures:
    """All figures of these files."""
    files = list(files)
    sizes = {file.path: len(file.text.splitlines()) for file in files}
    functions = [
        (f"{file.path}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for file in files
        for node in ast.walk(file.tree)
        if isinstance(node, Function)
    ]
    classes = _classes(files)
    public = [thing for file in files for thing in _public(file)]
    return HouseFigures(
        files=len(files),
        lines=sum(sizes.values()),
        classes=len(classes),
        homonyms={name: places for name, places in classes.items() if len(places) > 1},
        functions=len(functions),
        long_functions={place: lines for place, lines in functions if lines > LONGEST_FUNCTION},
        long_files={path: lines for path, lines in sizes.items() if lines > LONGEST_FILE},
        circles=circles(_imports(files, everywhere=False)),
        circles_by_any_import=circles(_imports(files, everywhere=True)),
        public=len(public),
        without_docstring=[place for place, documented in public if not documented],
    )


def _classes(files: Iterable[CodeFile]) -> dict[str, list[str]]:
    """Where each class name is defined; a leading underscore makes no other name of it."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(f"{file.path}:{node.lineno}")
    return dict(sorted(places.items()))


def _public(file: CodeFile) -> Iterator[tuple[str, bool]]:
    """The module, and what it has for others, with whether it has a docstring."""
    yield file.path, ast.get_docstring(file.tree) is not None or not file.tree.body
    yield from _public_below(file.tree, file.path, "")


def _public_below(above: ast.Module | ast.ClassDef, path: str, prefix: str) -> Iterator[tuple[str, bool]]:
    for node in above.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or _is_overload(node):
            continue
        yield f"{path}:{node.lineno} {prefix}{node.name}", ast.get_docstring(node) is not None
        if isinstance(node, ast.ClassDef):
            yield from _public_below(node, path, f"{node.name}.")


def _is_overload(node: Function | ast.ClassDef) -> bool:
    return any(ast.unparse(one) in {"overload", "override"} for one in node.decorator_list)


def _imports(files: Iterable[CodeFile], *, everywhere: bool) -> dict[str, set[str]]:
    """For each module the modules of ours that it imports: when it is loaded, or `everywhere` in its text."""
    files = list(files)
    modules = {file.module for file in files}
    return {file.module: set(_imported(file, modules, everywhere)) - {file.module} for file in files}


def _imported(file: CodeFile, modules: set[str], everywhere: bool) -> Iterator[str]:
    for node in ast.walk(file.tree) if everywhere else _run_when_loaded(file.tree.body):
        names = [name.name for name in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            # What is imported from a package is a module of it, or else something that the package defines.
            inside = [f"{node.module}.{name}" for name in names]
            names = [name if name in modules else str(node.module) for name in inside]
        yield from (name for name in names if name in modules)


def _run_when_loaded(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is loaded: none of a function, none for the type checker alone."""
    for node in body:
        yield node
        if isinstance(node, Function):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield from _run_when_loaded(node.orelse)
            continue
        for part in ("body", "orelse", "finalbody"):
            yield from _run_when_loaded(getattr(node, part, []))
        for handler in getattr(node, "handlers", []):
            yield from _run_when_loaded(handler.body)


def circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of two or more modules that reach each other (the strongly connected components)."""
    reach = {module: _reachable(module, imports) for module in imports}
    groups = {frozenset(other for other in reach[one] if one in reach.get(other, ())) for one in imports}
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _reachable(start: str, imports: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        for module in imports.get(todo.pop(), ()):
            if module not in found:
                found.add(module)
                todo.append(module)
    return found


def table(figures: HouseFigures) -> str:
    """The figures as lines to read, each followed by the places that it counts."""
    rows = [
        (f"{figures.files} files, {figures.lines} lines", []),
        (
            f"{len(figures.homonyms)} of {figures.classes} class names mean two or more things",
            [f"{name}: {', '.join(places)}" for name, places in figures.homonyms.items()],
        ),
        (
            f"{len(figures.long_functions)} of {figures.functions} functions over {LONGEST_FUNCTION} lines",
            [f"{place}: {lines}" for place, lines in figures.long_functions.items()],
        ),
        (
            f"{len(figures.long_files)} files over {LONGEST_FILE} lines",
            [f"{path}: {lines}" for path, lines in figures.long_files.items()],
        ),
        (
            f"{len(figures.circles)} circles of imports when a module is loaded",
            [" <-> ".join(circle) for circle in figures.circles],
        ),
        (
            f"{len(figures.circles_by_any_import)} circles of imports anywhere in the text",
            [" <-> ".join(circle) for circle in figures.circles_by_any_import],
        ),
        (
            f"{len(figures.without_docstring)} of {figures.public} public things without a docstring",
            figures.without_docstring,
        ),
    ]
    return "\n".join(line for head, places in rows for line in (head, *(f"    {place}" for place in places)))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="How the code is kept, in figures.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    figures = measure(code_files(ROOT, rooms()))
    print(json.dumps(asdict(figures), indent=1) if arguments.json else table(figures))


if __name__ == "__main__":
    main()
