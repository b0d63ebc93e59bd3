"""The findings of a page as reports list them."""

from __future__ import annotations

from model.edit import Flag, Proposal, Span
from model.state import PageState


def findings_in_order(state: PageState) -> list[Proposal | Flag]:
    """All proposals, beaten ones too, and flags of a page by their place in the text."""
    if state.findings is None:
        return []
    found: list[Proposal | Flag] = [*state.findings.proposals, *state.findings.flags]
    return sorted(found, key=lambda finding: (span_of(finding), finding.id))


def span_of(finding: Proposal | Flag) -> Span:
    """Where a finding lies in the raw text."""
    return finding.edit.span if isinstance(finding, Proposal) else finding.span
