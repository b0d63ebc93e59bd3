"""The text as it reads before anybody decided: with what is safe, or with all that is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from correction.resolve import resolve
from model.decision import AppliedEdit
from model.edit import Proposal, Safety, apply_edits

Layer = Literal["safe", "proposed"]
_FLOOR = {"safe": Safety.SAFE, "proposed": Safety.REVIEW}


def layer(text: str, proposals: Sequence[Proposal], name: Layer) -> str:
    """The raw text with those proposals applied that stand at the layer's floor."""
    return apply_edits(text, [one.edit for one in layer_edits(proposals, name)])


def layer_edits(proposals: Sequence[Proposal], name: Layer) -> tuple[AppliedEdit, ...]:
    """The edits of those proposals that stand at the layer's floor, with their ids, in order of place.

    Each layer resolves only what is at its floor, so a SAFE edit that a REVIEW proposal absorbed stands in
    the safe layer.
    """
    standing = (one.proposal for one in resolve(proposals, _FLOOR[name]) if one.stands)
    return tuple(sorted((AppliedEdit(one.edit, one.id) for one in standing), key=lambda one: one.edit))
