"""What `chamra correct` prints: an object for machines, a diff for people, or the corrected text.

Pure: a text and its findings in, values out. Offsets are code points of the text as it was decoded, its
newlines untouched. `lexicon` is the one that the findings were made with.
`docs/schemas/correct.json` describes the object.
"""

from __future__ import annotations

from correction.diagnosis.whole import diagnose
from correction.layers import layer
from correction.resolve import resolve
from correction.text_diff import LEVELS, render_diff
from dictionaries.lexicon import Lexicon
from model.edit import Findings, Flag, Proposal, text_sha256

SCHEMA = "chamra/correct/1"


def standing_proposals(findings: Findings) -> tuple[Proposal, ...]:
    """What stands while nothing is decided: disjoint, in order of place."""
    return tuple(s.proposal for s in resolve(findings.proposals) if s.stands)


def correction_object(text: str, findings: Findings, lexicon: Lexicon) -> dict[str, object]:
    """The object that `--format json` prints.

    Its proposals are those that stand, so they can all be applied together, and doing so gives what
    `--accept all` gives.

    Raises:
        ValueError: the findings are about another text.
    """
    _same_text(text, findings)
    return {
        "schema": SCHEMA,
        "text_sha256": findings.reading_sha256,
        "diagnosis": [
            {"damage": str(one.damage), "places": one.places, "message": one.message}
            for one in diagnose(text, lexicon)
        ],
        "proposals": [_proposal(p) for p in standing_proposals(findings)],
        "flags": [_flag(f) for f in findings.flags],
    }


def corrected_text(text: str, findings: Findings, accept: str) -> str:
    """The text with nothing applied (`accept` is "none"), what is SAFE ("safe"), or all that stands ("all").

    Raises:
        ValueError: `accept` is none of the three, or the findings are about another text.
    """
    _same_text(text, findings)
    match accept:
        case "none":
            return text
        case "safe":
            return layer(text, findings.proposals, "safe")
        case "all":
            return layer(text, findings.proposals, "proposed")
    raise ValueError(f"accept none, safe or all, not {accept!r}")


def render_correction_diff(text: str, findings: Findings, lexicon: Lexicon) -> str:
    """The diff that `--format diff` prints: the diagnosis of the whole text, what stands, the flags, and a count.
    Ends in a newline.

    Raises:
        ValueError: the findings are about another text.
    """
    _same_text(text, findings)
    return diagnosis_lines(text, lexicon) + render_diff(text, standing_proposals(findings), findings.flags)


def diagnosis_lines(text: str, lexicon: Lexicon) -> str:
    """What the text as a whole suffers from, a line for each kind of damage; empty where it has none."""
    return "".join(f"Diagnosis: {one.message}\n" for one in diagnose(text, lexicon))


def _same_text(text: str, findings: Findings) -> None:
    if text_sha256(text) != findings.reading_sha256:
        raise ValueError("the findings are about another text")


def _proposal(proposal: Proposal) -> dict[str, object]:
    edit = proposal.edit
    return {
        "id": proposal.id,
        "rule": proposal.rule,
        "start": edit.span.start,
        "end": edit.span.end,
        "before": edit.before,
        "after": edit.after,
        "safety": LEVELS[proposal.safety],
        "confidence": proposal.confidence,
        "message": proposal.message,
        "evidence": [e.object for e in proposal.evidence],
        "alternatives": list(proposal.alternatives),
    }


def _flag(flag: Flag) -> dict[str, object]:
    return {"rule": flag.rule, "start": flag.span.start, "end": flag.span.end, "message": flag.message}
