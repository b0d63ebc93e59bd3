"""What an audit says, in the language of whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit.report import spelled_out
from audit.thai_findings import FINDINGS
from audit.thai_phrases import PHRASES
from reports.evidence_text import Language
from reports.known_forms import gaps_in, most_said_first, sentences_first, spoken_gaps

DEEPEST = 20
"""Phrases within phrases: what is quoted may be made to look like more, which stays as it is."""

_FINDINGS, _PHRASES = sentences_first(FINDINGS), most_said_first(PHRASES)

_LIST = re.compile(r"\{~\}([^{}:]+)\{~\}")


def finding_words(message: str, language: Language) -> str:
    """The message of a finding. One of no known form, such as what a library says, stays English."""
    if language == "en":
        return message
    said = _said(message, _FINDINGS, DEEPEST)
    return spelled_out(message if said is None else said)


def phrase_words(phrase: str, language: Language) -> str:
    """A word or phrase of the report: a severity, how a page stands, who has read it."""
    return phrase if language == "en" else _phrase(phrase, DEEPEST)


def _phrase(text: str, deepest: int) -> str:
    if not deepest:
        return text
    for table in (_PHRASES, _FINDINGS):
        said = _said(text, table, deepest)
        if said is not None:
            return said
    return text


def _said(text: str, table: Mapping[str, str], deepest: int) -> str | None:
    for form, thai in table.items():
        found = gaps_in(form, text)
        if found is None:
            continue
        between = _LIST.fullmatch(form)
        if between is None:
            said = zip(found, spoken_gaps(form), strict=True)
            return thai.format(*(_phrase(one, deepest - 1) if spoken else one for one, spoken in said))
        # However long a list is, its members are said one after the other.
        members = [_phrase(one, deepest - 1) for one in text.split(between[1])]
        return thai.format("", "").join(members)
    return None
