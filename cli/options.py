"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
DictionaryOption = Annotated[
    list[Path] | None,
    typer.Option("--dictionary", help="Your own places and words; may be given several times."),
]
