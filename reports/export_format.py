"""What an export format is, and how one is found: by the name under which an entry point brings it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from model import extensions
from model.errors import UsageError
from model.publication import Edition


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A form in which a published document is given out.

    `name` is what `chamra export --format` calls it, `extension` ends the name of its files (with the dot),
    `description` says in a sentence what is in them. `pieces` gives the file piece by piece, text as UTF-8; it
    raises `GateError` where a page is neither published nor left out. `published_only` is a form for published text
    alone; any other gives the edition's layer.
    """

    name: str
    extension: str
    description: str
    pieces: Callable[[Edition], Iterable[str | bytes]]
    published_only: bool = False

    def of(self, edition: Edition) -> Iterable[str | bytes]:
        """The file of an edition, piece by piece.

        Raises:
            UsageError: it is a form for published text and another layer is asked for.
        """
        if self.published_only and edition.layer != "published":
            raise UsageError(
                f"The export format {self.name!r} is for published text.", remedy="Leave --layer out."
            )
        return self.pieces(edition)


def export_names() -> tuple[str, ...]:
    """The names of all formats, ours first. Loads none."""
    return extensions.names(extensions.EXPORTS)


def export_format(name: str) -> ExportFormat:
    """The format of that name.

    Raises:
        UsageError: there is none, two packages bring one of that name, or it is no format.
        MissingProgram: it cannot be loaded.
    """
    found: object = extensions.load(extensions.EXPORTS, name)
    if found is None:
        raise UsageError(
            f"There is no export format {name!r}.", remedy=f"Choose one of {', '.join(export_names())}."
        )
    if not isinstance(found, ExportFormat) or found.name != name:
        raise UsageError(
            f"What is brought as the export format {name!r} is no ExportFormat of that name.",
            remedy="Mend or remove the package that brings it.",
        )
    return found
