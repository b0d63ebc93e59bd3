"""What an export format is, and where formats are found: one file each in `exports/`, others by entry point."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from model.errors import UsageError
from model.publication import Edition
from reports import exports

GROUP = "chamra.exports"
"""The entry points by which other packages bring formats: the name of one is the format's name, and it leads to an
`ExportFormat`."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A form in which a published document is given out.

    `name` is what `chamra export --format` calls it, `extension` ends the name of its files (with the dot),
    `description` says in a sentence what is in them. `pieces` gives the file piece by piece, text as UTF-8; it
    raises `GateError` where a page is neither published nor left out.
    """

    name: str
    extension: str
    description: str
    pieces: Callable[[Edition], Iterable[str | bytes]]


def export_names() -> tuple[str, ...]:
    """The names of all formats, in alphabetical order. Loads none."""
    return tuple(sorted({*_built_in(), *_others()}))


def export_format(name: str) -> ExportFormat:
    """The format of a name; a format of ours is never replaced by another package's.

    Raises:
        UsageError: there is none, or the package that brings it does not work.
    """
    if name in _built_in():
        found: object = import_module(f"{exports.__name__}.{name}").EXPORT
        source = f"{exports.__name__}.{name}"
    elif name in (others := _others()):
        point = others[name]
        source = f"{point.value} (of {point.dist.name if point.dist else 'an unknown package'})"
        try:
            found = point.load()
        except Exception as error:
            raise _broken(name, source, f"{type(error).__name__}: {error}") from error
    else:
        raise UsageError(
            f"There is no export format {name!r}.", remedy=f"There are: {', '.join(export_names())}."
        )
    if not isinstance(found, ExportFormat) or found.name != name:
        raise _broken(name, source, "it is no ExportFormat of that name")
    return found


def _built_in() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(exports.__path__))


def _others() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _broken(name: str, source: str, why: str) -> UsageError:
    return UsageError(
        f"The export format {name!r} from {source} cannot be used: {why}.",
        remedy="Mend or remove the package that brings it.",
    )
