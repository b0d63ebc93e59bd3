"""What a package brings to the program: reading engines, imports, exports, found by their entry points.

Ours are declared in `pyproject.toml` like anybody's. Where the program runs from a checkout, which is not installed and
so has no metadata, they are read there. So each is declared in one place, and a package that is installed beside the
program can bring one of its own (`docs/readers.md`, `docs/exports.md`).
"""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.errors import MissingProgram, UsageError

ENGINES = "chamra.engines"
"""Entry points of things that make a reader of pages: `ocr.engine.EngineFactory`."""

IMPORTS = "chamra.imports"
"""Entry points of file formats in which another engine's output is taken: `ocr.imported.parts.ImportFormat`."""

EXPORTS = "chamra.exports"
"""Entry points of forms in which a published document is given out: `reports.export_format.ExportFormat`."""

_OURS = "chamra"
_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Extension:
    """Something that a package brings: under which name, from which package, and where in it."""

    group: str
    name: str
    package: str
    place: str

    def load(self) -> Any:  # noqa: ANN401  what it is stands with the group
        """The thing itself.

        Raises:
            MissingProgram: its module cannot be imported, or has no such name.
        """
        point = importlib.metadata.EntryPoint(self.name, self.place, self.group)
        try:
            return point.load()
        except Exception as error:
            raise MissingProgram(
                f"{self.name!r} of the package {self.package} cannot be loaded: {type(error).__name__}: {error}.",
                remedy=f"Install {self.package} anew, or remove it.",
            ) from error


def names(group: str) -> tuple[str, ...]:
    """The names that may be asked for: ours first, in our order, then those of other packages by name."""
    return tuple(dict.fromkeys(one.name for one in _found(group)))


def load(group: str, name: str) -> Any:  # noqa: ANN401  what it is stands with the group
    """What is brought under this name, None where nothing is.

    Raises:
        UsageError: two packages bring it, and neither may quietly take the other's place.
        MissingProgram: it cannot be loaded.
    """
    found = [one for one in _found(group) if one.name == name]
    if len(found) > 1:
        packages = " and ".join(one.package for one in found)
        raise UsageError(f"The packages {packages} both bring {name!r}.", remedy="Remove one of them.")
    return found[0].load() if found else None


def module(group: str, name: str) -> str:
    """The module in which what is brought under this name lies; it is there."""
    return next(one.place.partition(":")[0] for one in _found(group) if one.name == name)


def _found(group: str) -> Iterator[Extension]:
    ours = _of_the_checkout(group)
    others: list[Extension] = []
    for point in importlib.metadata.entry_points(group=group):
        package = point.dist.name if point.dist is not None else "unknown"
        one = Extension(group, point.name, package, point.value)
        if package != _OURS:
            others.append(one)
        elif not _PROJECT.is_file():
            ours.append(one)
    yield from ours
    yield from sorted(others, key=lambda one: (one.name, one.package))


def _of_the_checkout(group: str) -> list[Extension]:
    """What this checkout declares; nothing where the program is installed."""
    if not _PROJECT.is_file():
        return []
    declared = tomllib.loads(_PROJECT.read_text("utf-8"))["project"].get("entry-points", {}).get(group, {})
    return [Extension(group, name, _OURS, place) for name, place in declared.items()]
