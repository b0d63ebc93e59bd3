"""Text whose characters stand there by name or number, or were lost: HTML references, escapes of programs and URLs,
two bytes a character shown one by one, and question marks for whatever an encoding had no place for."""

from __future__ import annotations

import html
import quopri
import re
import urllib.parse
from collections.abc import Callable
from typing import NamedTuple

from model.thai import THAI

_FEWEST = 6
"""Characters of Thai that a line of escapes stands for."""
_FEWEST_LOST, _MOST_KEPT = 20, 0.5
"""Question marks of a text whose letters are lost, and what else may stand in such a line, as a proportion."""
_IN_PAIRS = 0.3
"""Proportion of the bytes of Thai in UTF-16 that say nothing but that it is Thai."""
_THAI = re.compile(f"[{THAI}]")
_LOST = re.compile("[?\ufffd]{3,}")
_ADDRESS = re.compile(r"://|\bwww\.|[?&]\w+=")
_THAI_BLOCK = "\u000e"


class _Escape(NamedTuple):
    """A way of writing a character that is no character: what one looks like, and the text that a line of them is."""

    name: str
    pattern: re.Pattern[str]
    undone: Callable[[str], str]


class Escaped(NamedTuple):
    """Lines, by number, that stand there in escapes of the kind `name`, as they were meant."""

    name: str
    lines: dict[int, str]


def _of_program(line: str) -> str:
    return re.sub(r"\\u\{?([0-9a-fA-F]{4})\}?", lambda one: chr(int(one[1], 16)), line)


def _of_mail(line: str) -> str:
    return quopri.decodestring(line.encode("utf-8", "replace")).decode("utf-8")


def _of_address(line: str) -> str:
    return urllib.parse.unquote(line, errors="strict")


_REFERENCE = re.compile("&#(?:36[0-9]{2}|37[01][0-9]|[xX]0*[eE][0-7][0-9a-fA-F]);")
_ESCAPES = (
    _Escape("HTML character references", _REFERENCE, html.unescape),
    _Escape("escapes of a program", re.compile(r"\\u\{?0[eE][0-7][0-9a-fA-F]\}?"), _of_program),
    _Escape("escapes of a URL", re.compile("%[eE]0%[bB][89]%[0-9a-fA-F]{2}"), _of_address),
    _Escape("quoted-printable", re.compile("=E0=B[89]=[0-9A-F]{2}"), _of_mail),
)


def escaped(lines: list[str]) -> Escaped | None:
    """The lines of a text that are written in escapes of one kind, None where there is none. Addresses of the web are
    written so by right."""
    for escape in _ESCAPES:
        found: dict[int, str] = {}
        for number, line in enumerate(lines):
            if len(escape.pattern.findall(line)) >= _FEWEST and not _ADDRESS.search(line):
                try:
                    found[number] = escape.undone(line)
                except (UnicodeDecodeError, ValueError):
                    continue
        if found:
            return Escaped(escape.name, found)
    return None


def in_pairs(text: str) -> str | None:
    """The text that stands there as the single bytes of UTF-16; None where it is none."""
    if text.count(_THAI_BLOCK) < max(_IN_PAIRS * len(text), _FEWEST) or max(text) > "\xff":
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            after = text.encode("latin-1").decode(codec)
        except UnicodeDecodeError:
            continue
        if len(_THAI.findall(after)) >= 2 * _IN_PAIRS * len(after):
            return after.removeprefix("\ufeff")
    return None


def lost_lines(lines: list[str]) -> set[int]:
    """The numbers of the lines of which question marks are left; none where the text has but few of them."""
    found = {number: sum(map(len, _LOST.findall(line))) for number, line in enumerate(lines)}
    lost = {
        number
        for number, marks in found.items()
        if marks and not _THAI.search(lines[number])
        and marks >= _MOST_KEPT * len("".join(lines[number].split()))
    }  # fmt: skip
    return lost if sum(found[number] for number in lost) >= _FEWEST_LOST else set()
