"""How Thai spellings are compared: one canonical form, and a skeleton that survives damaged marks.

Only for looking things up. Nothing here is ever written back into a text: NFC and NFKC are not used,
because NFC reorders Thai marks and NFKC splits sara am.
"""

from __future__ import annotations

import re

from model.thai import MARKS, NIKHAHIT, SARA_AA, SARA_AM, TONES, compose_sara_am

_NOTHING = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\\s\\-\u2010\u2011]+")
_UNUSUAL = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff\\s\\-\u2010\u2011\u0e4d]|\u0e40\u0e40|[\u0e48-\u0e4c][\u0e31\u0e34-\u0e3a\u0e47]|\u0e33[\u0e48-\u0e4b]"
)
_DOUBLED_E = "\u0e40\u0e40"
_TONE_BEHIND_AM = re.compile(f"{SARA_AM}([{TONES}])")
_TONE_FIRST = re.compile("([\u0e48-\u0e4c]+)([\u0e31\u0e34-\u0e3a\u0e47])")
_MARK = re.compile(f"[{MARKS}]")
_SILENT = re.compile("[\u0e01-\u0e2e][\u0e34\u0e38]?\u0e4c")
_DOUBLE_R = re.compile("\u0e23\u0e23[\u0e13\u0e19\u0e0d\u0e25]?(?=[\u0e01-\u0e2e]|$)")
_AI = re.compile("([\u0e01-\u0e2e])\u0e31\u0e22")
_TRUE_R = re.compile("[\u0e28\u0e2a\u0e29]\u0e23(?=\u0e35)")
_MARK_BUT_VOWEL = re.compile(f"[\u0e47{TONES}\u0e4c-\u0e4e]")
_TWICE = re.compile(r"(.)\1")
_AT_END = re.compile(
    "(?<=[^\u0e40-\u0e44])[\u0e01-\u0e2e](?![\u0e30-\u0e3a\u0e47])"  # no vowel before or behind it
)
_SAID_ALIKE = str.maketrans(
    "\u0e13\u0e0d\u0e2c\u0e28\u0e29\u0e0b\u0e0e\u0e0f\u0e10\u0e18\u0e11\u0e12\u0e20\u0e06",
    "\u0e19\u0e22\u0e25\u0e2a\u0e2a\u0e2a\u0e14\u0e15\u0e16\u0e17\u0e17\u0e17\u0e1e\u0e04",
)
"""Consonants that are said alike at the beginning of a syllable."""
_SAID_ALIKE_AT_END = str.maketrans(
    "\u0e23\u0e25\u0e19\u0e2a\u0e0a\u0e08\u0e14\u0e15\u0e16\u0e17\u0e1e\u0e1a\u0e1b\u0e1f\u0e04\u0e02",
    "\u0e19\u0e19\u0e19\u0e14\u0e14\u0e14\u0e14\u0e14\u0e14\u0e14\u0e1a\u0e1a\u0e1a\u0e1a\u0e01\u0e01",
)
"""And those at its end: as n, as t, as p, as k."""


def canonical(text: str) -> str:
    """One spelling for what is drawn alike: no white space, hyphens or invisible characters, sara am
    composed (after a tone mark), vowels before tone marks, two sara e as sara ae."""
    if not _UNUSUAL.search(text):
        return text  # nearly every name: this is what keeps loading fast
    text = _NOTHING.sub("", text).replace(_DOUBLED_E, "\u0e41")
    if NIKHAHIT in text or SARA_AM in text:
        text = _TONE_BEHIND_AM.sub(rf"\1{SARA_AM}", compose_sara_am(text))
    return _TONE_FIRST.sub("\\2\\1", text)


def skeleton(text: str) -> str:
    """The letters of `text` in canonical form without any mark, sara am as sara aa.

    93 % of the damage seen in names of provinces is in marks and sara am, so equal skeletons are strong
    evidence; two provinces never share one (the linter holds that).
    """
    return _MARK.sub("", canonical(text)).replace(SARA_AM, SARA_AA)


def latin_key(text: str) -> str:
    """A romanised name in lower case letters only, so that `Su-ngai Kolok` and `Sungai Kolok` are equal."""
    return re.sub("[^a-z]", "", text.lower())


def sound(text: str) -> str:
    """What is left of `text` in canonical form where letters that are said alike are one, those that may end a
    syllable by what is said there; without silent letters, tone marks and a letter that stands twice.

    Who misspells a name writes what is heard: two provinces never sound alike (the linter holds that).
    """
    said = _SILENT.sub("", canonical(text))
    said = _DOUBLE_R.sub("\u0e31\u0e19", said)
    said = _AI.sub("\u0e44\\1", said.replace("\u0e43", "\u0e44"))
    said = _TRUE_R.sub("\u0e2a", _MARK_BUT_VOWEL.sub("", said))
    said = _AT_END.sub(lambda one: one[0].translate(_SAID_ALIKE_AT_END), said.translate(_SAID_ALIKE))
    return _TWICE.sub(r"\1", said)
