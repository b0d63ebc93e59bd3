"""What of a page's text was decoded in the wrong encoding, found out once for the engine and the rule about it."""

from __future__ import annotations

from correction.diagnosis.encodings import Misread, misread
from correction.rule import Context


def misread_lines(context: Context) -> tuple[Misread, ...]:
    """As `misread` of the context's text; for `Context.shared`."""
    return misread(context.text)
