"""Latin letters that are joined in one character."""

from __future__ import annotations

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
"""The letters of each: compatibility mappings of the Unicode Standard's Alphabetic Presentation Forms. A font draws the
letters so, too, when they follow each other."""
