"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperOption

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", help="The workspace folder.", envvar="CHAMRA_WORKSPACE", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
DocumentArgument = Annotated[
    str,
    typer.Argument(help="A source path, or a document's id or its unique prefix.", show_default=False),
]
WhoOption = Annotated[
    str,
    typer.Option(
        "--who", help="Your name, recorded as claimed beside the account that acts.", show_default=False
    ),
]
DaskOption = Annotated[
    str | None,
    typer.Option(
        help="Who reads pages instead of threads: a Dask scheduler's tcp://HOST:PORT, or `here` for processes.",
        show_default=False,
    ),
]
DictionaryOption = Annotated[
    list[Path] | None,
    typer.Option("--dictionary", help="Your own places and words; may be given several times."),
]


class ReportLanguage(StrEnum):
    """A language that reports are written in."""

    ENGLISH = "en"
    THAI = "th"


class LayerChoice(StrEnum):
    """The layers of a document's text."""

    RAW = "raw"
    SAFE = "safe"
    PROPOSED = "proposed"
    PUBLISHED = "published"


class WithExtensions(TyperCommand):
    """A command whose help names the extensions that there are: looked up then, not at every start."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  Typer's types for it are private
        """Write the options, with the names of the extensions in them."""
        from model import extensions

        names = {"engines": extensions.ENGINES, "imports": extensions.IMPORTS, "exports": extensions.EXPORTS}
        found = {word: ", ".join(extensions.names(group)) for word, group in names.items()}
        for option in self.params:
            if isinstance(option, TyperOption) and option.help is not None:
                option.help = option.help.format(**found)
        super().format_options(ctx, formatter)
