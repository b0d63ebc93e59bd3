"""The text as it reads before anybody decided: with what is safe, or with all that is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from correction.resolve import resolve, winning_edits
from model.edit import Proposal, Safety, apply_edits

Layer = Literal["safe", "proposed"]
_FLOOR = {"safe": Safety.SAFE, "proposed": Safety.REVIEW}


def layer(text: str, proposals: Sequence[Proposal], name: Layer) -> str:
    """The raw text with those proposals applied that stand at the layer's floor.

    Each layer resolves only what is at its floor, so a SAFE edit that a REVIEW proposal absorbed stands in
    the safe layer.
    """
    return apply_edits(text, winning_edits(resolve(proposals, _FLOOR[name])))
