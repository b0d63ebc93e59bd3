"""Text whose characters stand there by name or number, or were lost: HTML references, escapes of programs, of URLs and
of mail, two bytes a character shown one by one, and question marks for whatever an encoding had no place for."""

from __future__ import annotations

import base64
import html
import re
from collections import Counter
from collections.abc import Callable
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import NamedTuple

from model.thai import THAI

_FEWEST = 6
"""Characters of Thai that the escapes of a text stand for; fewer count where they touch Thai that is none."""
_FEWEST_LOST, _MOST_KEPT = 20, 0.5
"""Question marks of a text whose letters are lost, and what else may stand in such a line, as a proportion."""
_IN_PAIRS = 0.3
"""Proportion of the bytes of Thai in UTF-16 that say nothing but that it is Thai."""
_THAI = re.compile(f"[{THAI}]")
_LOST = re.compile("[?\ufffd\u25a1\u25af]{3,}")
_ADDRESS = re.compile(r"(\S*(?:://|\bwww\.|[?&]\w+=)\S*)")
_THAI_BLOCK = "\u000e"
_SOFT_BREAK = "="


class _Escape(NamedTuple):
    """A way of writing a character that is no character: what a run of them looks like, and the text that a run is.

    Adjoining escapes are one run: several may be one character, two surrogates or three bytes.
    """

    name: str
    runs: re.Pattern[str]
    undone: Callable[[str], str]


class Escaped(NamedTuple):
    """Lines, by number, that stand there in escapes, as they were meant; most of these are of the kind `name`.

    `soft`: the numbers of those that go on in the next one, for a mail program has broken them. `partly`: of those in
    which more stands written as it is than in escapes.
    """

    name: str
    lines: dict[int, str]
    soft: set[int]
    partly: set[int]


def _bytes_of(form: str, base: int = 16) -> Callable[[str], str]:
    """What a run of bytes is that are written as `form` and a number: UTF-8, or TIS-620 where it is no UTF-8."""

    def undone(run: str) -> str:
        data = bytes(int(one, base) for one in re.findall(f"{form}([0-9a-fA-F]+)", run))
        try:
            return data.decode()
        except UnicodeDecodeError:
            return data.decode("cp874") if _THAI_BYTES.fullmatch(data) and not _CUT.search(data) else run

    return undone


def _of_program(run: str) -> str:
    """Code units by number; two surrogates are one character."""
    numbers = [int(one, 16) for one in re.findall(r"[uU]\{?([0-9a-fA-F]+)", run)]
    text = "".join(map(chr, numbers))
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def _of_mail_header(run: str) -> str:
    return str(make_header(decode_header(run)))


def _of_rich_text(run: str) -> str:
    return "".join(chr(int(one)) for one in re.findall(r"\\u(\d+)", run))


def _of_code_points(run: str) -> str:
    return "".join(chr(int(one, 16)) for one in re.findall("[0-9a-fA-F]{4,6}", run))


def _of_glyph_names(run: str) -> str:
    return "".join(chr(int(one, 16)) for one in re.findall("uni([0-9A-F]{4})", run))


def _of_hexadecimal(run: str) -> str:
    return bytes.fromhex(run).decode()


def _of_base64(run: str) -> str:
    """Text in UTF-8, of which a line of fixed width may end within a character: that belongs to the next."""
    return base64.b64decode(run, validate=True).decode()


def _of_seven_bits(run: str) -> str:
    """UTF-7, where all beyond ASCII in it is Thai: many a word with a plus before it could be read so."""
    text = run.encode().decode("utf-7")
    return text if all(one.isascii() or _THAI.match(one) for one in text) else run


def _of_references(run: str) -> str:
    return html.unescape(html.unescape(run))


_THAI_BYTES = re.compile(
    rb"[\xa1-\xda\xdf-\xfb\x20-\x7e]*[\xa1-\xda\xdf-\xfb]{3}[\xa1-\xda\xdf-\xfb\x20-\x7e]*"
)
_CUT = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
_REFERENCE = r"&(?:amp;)?#(?:\d{2,6}|[xX][0-9a-fA-F]{2,6})\b;?"
_NAMED = r"&(?:nbsp|amp|quot|apos|lt|gt|[nm]dash|hellip|[lr][sd]quo|bull|middot|zwn?j|e[nm]sp|thinsp|times);"
_TOUCHING_NAMED = re.compile(f"(?<=[{THAI}])(?:{_NAMED})+|(?:{_NAMED})+(?=[{THAI}])")
"""Of no text that is about such names: those stand between spaces."""
_MAIL_WORD = r"=\?[\w-]+\?[QqBb]\?[^?\s]*\?="
_QUOTED = re.compile("(?:=[0-9A-F]{2})+")
_FOLDED_END, _FOLDED_START = re.compile(f"{_MAIL_WORD}$"), re.compile(rf"[ \t]+{_MAIL_WORD}")
_ESCAPES = (
    _Escape("HTML character references", re.compile(f"(?:{_REFERENCE}|{_NAMED})+"), _of_references),
    _Escape("escapes of rich text", re.compile(r"(?:\\u3[567]\d\d ?\?)+"), _of_rich_text),
    _Escape("bytes of rich text", re.compile(r"(?:\\'[0-9a-fA-F]{2})+"), _bytes_of(r"\\'")),
    _Escape(
        "escapes of a program",
        re.compile(r"(?:\\{1,2}u[0-9a-fA-F]{4}|\\{1,2}u\{[0-9a-fA-F]{2,6}\}|\\{1,2}U000[0-9a-fA-F]{5})+"),
        _of_program,
    ),
    _Escape("bytes of a program", re.compile(r"(?:\\{1,2}x[0-9a-fA-F]{2})+"), _bytes_of("x")),
    _Escape("octal bytes of a program", re.compile(r"(?:\\[23][0-7]{2})+"), _bytes_of(r"\\", 8)),
    _Escape("escapes of a URL", re.compile("(?:%u[0-9a-fA-F]{4})+"), _of_program),
    _Escape("escapes of a URL", re.compile("(?:%(?:25)?[0-9a-fA-F]{2})+"), _bytes_of("%(?:25)?")),
    _Escape("encoded words of mail", re.compile(rf"{_MAIL_WORD}(?:\s*{_MAIL_WORD})*"), _of_mail_header),
    _Escape(
        "numbers of code points",
        re.compile(
            "(?:<U\\+0[eE][0-5][0-9a-fA-F]>)+|[uU]\\+0[eE][0-5][0-9a-fA-F]"
            "(?:,? ?[uU]\\+(?:0[eE][0-5][0-9a-fA-F]|00[2-7][0-9a-fA-F])){5,}"
        ),
        _of_code_points,
    ),
    _Escape("names of glyphs", re.compile("(?:/?uni0E[0-5][0-9A-F])+"), _of_glyph_names),
    _Escape(
        "bytes in hexadecimal",
        re.compile(
            r"(?<![0-9a-fA-F])(?:[eE]0 ?[bB][89] ?[89abAB][0-9a-fA-F] ?)"
            r"(?:[2-7][0-9a-fA-F] ?|[eE]0 ?[bB][89] ?[89abAB][0-9a-fA-F] ?){5,}"
        ),
        _of_hexadecimal,
    ),
    _Escape(
        "Base64",
        re.compile(
            r"(?<![A-Za-z0-9+/])4L[im][A-Za-z0-9+/](?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2,3}={1,2})?(?![A-Za-z0-9+/=])"
        ),
        _of_base64,
    ),
    _Escape(
        "escapes of a style sheet",
        re.compile(rf"(?:\\(?:00)?0[eE][0-5][0-9a-fA-F](?: (?![{THAI}]))?)+"),
        _of_code_points,
    ),
    _Escape("UTF-7", re.compile(r"\+(?:D[g-v]|IB)[A-Za-z0-9+/]+-?"), _of_seven_bits),
    _Escape("quoted-printable", _QUOTED, _bytes_of("=")),
)
_ANY = re.compile("|".join(escape.runs.pattern for escape in _ESCAPES))


def escaped(lines: list[str]) -> Escaped | None:
    """The lines of a text that are written in escapes, None where there is none. Addresses of the web are written so
    by right, and so are single characters that a text about escapes names."""
    if not any(map(_ANY.search, lines)):
        return None
    joined, soft = _without_soft_breaks(lines)
    kinds: Counter[str] = Counter()
    undone = {number: _undone(line, kinds) for number, line in joined.items()}
    shown = {number: _count(undone[number]) - _count(line) for number, line in joined.items()}
    many = sum(shown.values()) >= _FEWEST
    found: dict[int, str] = {}
    partly: set[int] = set()
    for number, line in joined.items():
        alone = many and not _THAI.search(line)
        is_named = shown[number] == 0 and _TOUCHING_NAMED.search(line) is not None
        if is_named:
            kinds[_ESCAPES[0].name] += 1
            undone[number] = _without(_ESCAPES[0], line)
        if is_named or shown[number] >= _FEWEST or (shown[number] and (alone or _touching(line))):
            found[number] = undone[number]
            partly |= {number} if _count(line) > shown[number] else set()
            last = number
            while last in soft:
                last += 1
                found[last] = ""
    return Escaped(kinds.most_common(1)[0][0], found, soft & set(found), partly) if found else None


def _without_soft_breaks(lines: list[str]) -> tuple[dict[int, str], set[int]]:
    """The lines by the number of their first, those that a mail program has broken in one, and its breaks."""
    joined: dict[int, str] = {}
    soft: set[int] = set()
    first = 0
    for number, line in enumerate(lines):
        if number - 1 not in soft:
            first, joined[number] = number, ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        ended = line.rstrip("\r")
        is_quoted = ended.endswith(_SOFT_BREAK) and after and _QUOTED.search(ended)
        if is_quoted or (_FOLDED_END.search(ended) and _FOLDED_START.match(after)):
            soft.add(number)
        joined[first] += ended.removesuffix(_SOFT_BREAK) if is_quoted else line
    return joined, soft


def _undone(line: str, kinds: Counter[str]) -> str:
    """The line without escapes, what stands in addresses left; of each kind that it holds the Thai is counted."""
    pieces = _ADDRESS.split(line)
    for escape in _ESCAPES:
        after = [_without(escape, piece) for piece in pieces[::2]]
        if gained := sum(map(_count, after)) - sum(map(_count, pieces[::2])):
            kinds[escape.name] += gained
            pieces[::2] = after
    return "".join(pieces)


def _without(escape: _Escape, text: str) -> str:
    return escape.runs.sub(lambda run: _of_run(escape, run[0]), text)


def _of_run(escape: _Escape, run: str) -> str:
    """The text of a run, the run itself where it is none."""
    try:
        text = escape.undone(run)
    except (ValueError, LookupError, OverflowError, HeaderParseError):
        return run
    return text if not any("\ud800" <= one <= "\udfff" for one in text) else run


def _touching(line: str) -> bool:
    """Whether an escape stands inside Thai that is written as it is: no text about escapes writes that."""
    for escape in _ESCAPES:
        for run in escape.runs.finditer(line):
            beside = line[max(0, run.start() - 1) : run.start()] + line[run.end() : run.end() + 1]
            if _THAI.search(beside) and _THAI.search(_of_run(escape, run[0])):
                return True
    return False


def _count(text: str) -> int:
    return len(_THAI.findall(text))


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


def in_other_order(text: str) -> str | None:
    """The text whose two bytes of each character stand there in the other order; None where it is none."""
    if sum(ord(one) & 0xFF == ord(_THAI_BLOCK) for one in text if one > "\xff") < max(
        _IN_PAIRS * len(text), _FEWEST
    ):
        return None
    after = text.encode("utf-16-le", "surrogatepass").decode("utf-16-be", "replace")
    return after.removeprefix("\ufeff") if len(_THAI.findall(after)) >= 2 * _IN_PAIRS * len(after) else None


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
