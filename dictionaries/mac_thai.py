"""The Macintosh's Thai encoding: TIS-620 and, between, signs and the shifted forms of its marks.

Source: Apple's table THAI.TXT, as Perl's Encode::Byte has it. A shifted form is the mark, wherever it is drawn.
"""

from __future__ import annotations

_SIGNS = {
    0x80: "«", 0x81: "»", 0x82: "…", 0x8D: "“", 0x8E: "”", 0x91: "•", 0x9D: "‘", 0x9E: "’", 0xA0: "\u00a0",
    0xDB: "\u2060", 0xDC: "\u200b", 0xDD: "–", 0xDE: "—", 0xEE: "™", 0xFA: "®", 0xFB: "©",
}  # fmt: skip
_SHIFTED = {
    0x83: "\u0e48\u0e49\u0e4a\u0e4b\u0e4c",  # low and to the left: over a consonant that rises, without a vowel
    0x88: "\u0e48\u0e49\u0e4a\u0e4b\u0e4c",  # low
    0x8F: "\u0e4d",
    0x92: "\u0e31\u0e47\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c",  # to the left
}
MAC_THAI: dict[int, str] = {
    **{byte: chr(byte) for byte in range(0x80)},
    **{byte: bytes([byte]).decode("cp874") for byte in (*range(0xA1, 0xDB), 0xDF, *range(0xE0, 0xEE))},
    **{byte: bytes([byte]).decode("cp874") for byte in range(0xEF, 0xFA)},
    **{first + at: mark for first, marks in _SHIFTED.items() for at, mark in enumerate(marks)},
    **_SIGNS,
}
"""The character of each byte; bytes without one are missing."""
