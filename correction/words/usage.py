"""Where the usage of official prose asks for a space or for none: mai yamok, paiyannoi, numbers, Latin words, names.

After the rules on spacing of the Office of the Royal Society (หลักเกณฑ์การเว้นวรรค): a small space before and behind ๆ
and ฯลฯ, behind ฯ but not before it, between Thai letters and numbers or letters of another script, between given
name and surname but not between a title and the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from correction.rule import Context, Match
from model.evidence import Evidence, EvidenceKind
from model.thai import CONSONANTS, LEADING_VOWELS

CONFIDENCE = 0.9
"""That the usage asks for it; whether the page follows the usage is for a person to say."""

_THAI = "\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
_BEGINS = f"[{CONSONANTS}{LEADING_VOWELS}]"
_DIGITS = "0-9\u0e50-\u0e59"
_WORD = f"(?<=[{_THAI}])[{_THAI}]"  # the last character of a word: a single one may be a label (ก1)

_GOES_ON = f"(?={_BEGINS}|[{_DIGITS}A-Za-z])"
YAMOK = re.compile(f"(?P<only>(?<=[{_THAI}])ๆ)(?P<behind>{_GOES_ON})?|(?<=[{_THAI}] )ๆ{_GOES_ON}")
PAIYANNOI = re.compile(
    f"(?<=[{_THAI}]) (?=ฯ(?!ล|พณ))"
    f"|(?<=[{_THAI}])ฯ(?={_BEGINS})(?!ล|พณ)"
    f"|(?P<last>[{_THAI}])(?=ฯลฯ)|(?<=ฯล)ฯ(?={_BEGINS})"
)
NUMBERS = re.compile(
    f"(?P<before>{_WORD})(?=[{_DIGITS}])|(?<=[{_DIGITS}])(?P<behind>{_BEGINS})(?=[{_THAI}]{{2}})"
)
LATIN = re.compile(
    f"(?P<before>{_WORD})(?=[A-Za-z]-?[A-Za-z])|(?<=[A-Za-z]{{2}})(?P<behind>{_BEGINS})(?=[{_THAI}])"
)
NAMES = re.compile(
    f"(?:(?<![{_THAI}])|(?<=และ))(?:นางสาว|นาย|นาง)(?P<space> )(?={_BEGINS}[{_THAI}]+ {_BEGINS}[{_THAI}]+)"
)

Write = Callable[[re.Match[str]], str]


def usage_finder(pattern: re.Pattern[str], write: Write) -> Callable[[Context], Iterator[Match]]:
    """Finds what a pattern matches and proposes what `write` makes of it; a group `space` narrows the place."""

    def find(context: Context) -> Iterator[Match]:
        for match in pattern.finditer(context.text):
            start, end = match.span("space") if "space" in pattern.groupindex else match.span()
            evidence = [Evidence(EvidenceKind.SPACING_RULES)]
            gap = context.gap(start - 1) if match[0] == " " and start else context.gap(end - 1)
            if gap is not None:
                evidence.append(Evidence(EvidenceKind.WHITE_BEHIND, score=round(gap, 1)))
            yield Match(start, end, write(match), tuple(evidence), CONFIDENCE)

    return find


def spaced_yamok(match: re.Match[str]) -> str:
    """Mai yamok with the spaces that it lacks."""
    if match["only"] is None:
        return "ๆ "
    return " ๆ" if match["behind"] is None else " ๆ "


def spaced_paiyannoi(match: re.Match[str]) -> str:
    """No space before paiyannoi, one behind it, one on either side of paiyanyai."""
    if match[0] == " ":
        return ""
    return f"{match[0]} "


def parted(match: re.Match[str]) -> str:
    """The character with a space on the side of what is not Thai."""
    return f"{match[0]} " if match["before"] else f" {match[0]}"
