"""What is to be known of places of a reading besides their text: hidden, struck out, a watermark, filled in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from model.edit import Span

if TYPE_CHECKING:
    from model.box import Box


class MarkKind(StrEnum):
    """What a mark says of its place."""

    HIDDEN = "hidden text"
    """Text stands here that nobody can see. It is in no reading; the span is what stands beside it."""
    STRUCK_OUT = "struck out"
    """The text is crossed through."""
    WATERMARK = "watermark"
    """The text lies across the page's own text and is no part of it."""
    FORM_VALUE = "form value"
    """The text was filled into a field of a form."""
    ANNOTATION = "annotation"
    """The text is an annotation of the file: a note, a stamp."""
    PICTURE = "letters in a picture"
    """A picture stands here that seems to hold letters. They are no part of the page's text; the span is what stands
    beside it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a span of a reading's text. `box`: the place on the page image, pixels, None where it is not known.

    `text`: what was read in a picture, line by line, the region's own text. It stands beside the reading and in none of
    its layers: it is published where a person has put it in.
    """

    kind: MarkKind
    span: Span
    box: Box | None = None
    text: str = ""
