"""What a command answers: lines for people, or one JSON object for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import typer


def tell(command: str, values: Mapping[str, object], lines: Iterable[str], *, as_json: bool) -> None:
    """Print the values as one object whose schema is that of the command (docs/schemas/commands.json), or the lines."""
    if as_json:
        typer.echo(json.dumps({"schema": f"chamra/{command}/1", **values}, ensure_ascii=False))
        return
    for line in lines:
        typer.echo(line)
