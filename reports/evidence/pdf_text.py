"""The text that this program has laid over the pages of a PDF, found with Python alone.

In an evidence package this stands within `verify.py`, which is one file.
"""

from __future__ import annotations

import re
import zlib


def pdf_texts(pdf: bytes) -> list[str]:
    """The invisible texts of a searchable PDF, sorted; the font's codes are the characters."""
    found = []
    for part in re.finditer(rb"\bstream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            content = zlib.decompress(part[1])
        except zlib.error:
            continue
        if content.startswith(b"q BT 3 Tr"):
            codes = b"".join(re.findall(rb"<([0-9A-F]+)> Tj", content)).decode()
            found.append(letters(bytes.fromhex(codes).decode("utf-16-be", "replace")))
    return sorted(found)


def letters(text: str) -> str:
    """The characters of a text that have codes of their own, without white space."""
    return "".join(
        one for one in text if not one.isspace() and not 0xD800 <= ord(one) <= 0xF8FF and ord(one) <= 0xFDCF
    )
