"""The text as it reads before anybody decided: with what is safe, or with all that is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from correction.resolve import resolve, winning_edits
from model.edit import Edit, Proposal, Safety, apply_edits

Layer = Literal["safe", "proposed"]
_FLOOR = {"safe": Safety.SAFE, "proposed": Safety.REVIEW}


def layer_edits(proposals: Sequence[Proposal], name: Layer) -> tuple[Edit, ...]:
    """The proposals that stand at the layer's floor, disjoint, in order of place.

    Each layer resolves only what is at its floor, so a SAFE edit that a REVIEW proposal absorbed stands in
    the safe layer.
    """
    return winning_edits(resolve(proposals, _FLOOR[name]))


def layer(text: str, proposals: Sequence[Proposal], name: Layer) -> str:
    """The raw text with the edits of the layer applied."""
    return apply_edits(text, layer_edits(proposals, name))
