"""The manual page chamra(1), made from the commands themselves: `python -m cli.man_page` writes docs/chamra.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from model.errors import Exit
from model.program import NAME, program_version

PATH = Path(__file__).parents[1] / "docs" / "chamra.1"

_STATUS = {
    Exit.DONE: "done",
    Exit.NEEDS_A_PERSON: "done, but something needs a person",
    Exit.USAGE: "wrong usage",
    Exit.BAD_INPUT: "bad input",
    Exit.MISSING_PROGRAM: "a program or a language is missing",
    Exit.WORKSPACE: "the workspace or its ledger cannot be used",
    Exit.NO_SPACE_OR_PERMISSION: "no space or no permission",
    Exit.INTERRUPTED: "interrupted; what was finished is kept",
}
_FILES = {
    "~/.config/chamra/chamra.env": "settings of an account",
    "/etc/chamra.env": "settings of a machine; variables of the environment go before both",
}


def man_page() -> str:
    """The page in the language of man(7)."""
    from cli.app import app

    group: Any = typer.main.get_command(app)
    parts = [
        f'.TH CHAMRA 1 "" "{NAME} {program_version()}" "User Commands"',
        ".SH NAME",
        f"{NAME} \\- {_roff(_one_line(group.help).rstrip('.'))}",
        ".SH SYNOPSIS",
        f".B {NAME}",
        "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]",
        ".SH OPTIONS",
        *_options(group),
        ".SH COMMANDS",
        *(line for name, one in group.commands.items() for line in _command(one, f"{NAME} {name}")),
        ".SH EXIT STATUS",
        *_terms({str(int(status)): words for status, words in _STATUS.items()}),
        ".SH ENVIRONMENT",
        *_terms({_roff(name): _roff(words) for name, words in _variables(group)}),
        ".SH FILES",
        *_terms(_FILES),
        "",
    ]
    return "\n".join(parts)


def _command(command: Any, name: str) -> Iterator[str]:  # noqa: ANN401  Typer's own kind of command is private
    inner = getattr(command, "commands", None)
    if inner is not None:
        for word, one in inner.items():
            yield from _command(one, f"{name} {word}")
        return
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    yield f".SS {name} {' '.join(_argument(one) for one in arguments)}".rstrip()
    yield _roff(_one_line(command.help))
    yield from _terms({_argument(one): _one_line(one.help) for one in arguments if one.help})
    yield from _options(command)


def _argument(one: Any) -> str:  # noqa: ANN401
    name = f"\\fI{str(one.name).upper().replace('_', chr(45))}\\fR"
    return name if one.required else f"[{name}]"


def _options(command: Any) -> Iterator[str]:  # noqa: ANN401
    context = typer.Context(command)
    for one in command.params:
        record = one.get_help_record(context) if one.param_type_name == "option" else None
        if record is not None:
            yield from _terms({_roff(record[0]): _roff(_one_line(_named(record[1])))})


def _named(words: str) -> str:
    """A help text with the extensions that there are in place of their names."""
    from model import extensions

    groups = {"engines": extensions.ENGINES, "imports": extensions.IMPORTS, "exports": extensions.EXPORTS}
    for name, group in groups.items():
        words = words.replace(f"{{{name}}}", ", ".join(extensions.names(group)))
    return words


def _variables(group: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """The variables of the environment that options name, each with the first help that there is."""
    found: dict[str, str] = {}

    def look(command: Any) -> None:  # noqa: ANN401
        for one in command.params:
            if one.envvar and one.help:
                found.setdefault(str(one.envvar), _one_line(_named(one.help)))
        for inner in getattr(command, "commands", {}).values():
            look(inner)

    look(group)
    return sorted(found.items())


def _terms(found: dict[str, str]) -> Iterator[str]:
    for term, words in found.items():
        yield ".TP"
        yield f"\\fB{term}\\fR"
        yield words


def _one_line(words: str | None) -> str:
    return " ".join((words or "").split())


def _roff(words: str) -> str:
    """Words that begin no request and hold no escape."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", escaped)


if __name__ == "__main__":
    PATH.write_text(man_page(), encoding="utf-8")
