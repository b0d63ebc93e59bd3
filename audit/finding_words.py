"""What an audit says, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from audit.report import spelled_out
from audit.thai_findings import FINDINGS
from audit.thai_phrases import PHRASES
from reports.evidence_text import Language
from reports.known_forms import form_pattern, spoken_gaps


def finding_words(message: str, language: Language) -> str:
    """The message of a finding. One of no known form, such as what a library says, stays English."""
    return message if language == "en" else spelled_out(_said(message, _FINDINGS) or message)


def phrase_words(phrase: str, language: Language) -> str:
    """A word or phrase of the report: a severity, how a page stands, who has read it."""
    return phrase if language == "en" else _phrase(phrase)


def _by_their_words(table: Mapping[str, str]) -> dict[str, str]:
    """Those of which most is known first: what has several forms has the one that says most."""
    return dict(sorted(table.items(), key=lambda one: -len(one[0].replace("{~}", "").replace("{}", ""))))


_FINDINGS, _PHRASES = _by_their_words(FINDINGS), _by_their_words(PHRASES)


def _phrase(text: str) -> str:
    return _said(text, _PHRASES) or _said(text, _FINDINGS) or text


def _said(text: str, table: Mapping[str, str]) -> str | None:
    for form, thai in table.items():
        found = form_pattern(form).fullmatch(text)
        if found:
            said = zip(found.groups(), spoken_gaps(form), strict=True)
            return thai.format(*(_phrase(one) if spoken else one for one, spoken in said))
    return None
