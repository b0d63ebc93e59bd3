"""Thai characters by what they are, and sara am in one piece.

Never `unicodedata.normalize`: NFC moves sara u in front of a tone mark and NFKC splits sara am.
Classes follow TIS 620-2533 and WTT 2.0 (Thai API Consortium, "Computers and the Thai Language").
"""

from __future__ import annotations

import re
import unicodedata

SARA_AA = "\u0e32"
SARA_AM = "\u0e33"
SARA_E = "\u0e40"
SARA_AE = "\u0e41"
MAI_HAN_AKAT = "\u0e31"
MAI_THO = "\u0e49"
THANTHAKHAT = "\u0e4c"
NIKHAHIT = "\u0e4d"

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"

CONSONANTS = "\u0e01-\u0e2e"  # as ranges of a regular expression's set, like all of these
LEADING_VOWELS = "\u0e40-\u0e44"
TONES = "\u0e48-\u0e4b"
VOWELS_ABOVE_BELOW = "\u0e31\u0e34-\u0e39"
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
THAI = "\u0e01-\u0e3a\u0e3f-\u0e5b"

SPLIT_SARA_AM = re.compile(f"{NIKHAHIT}(?P<tone>[{TONES}]?){SARA_AA}")
"""Nikhahit and sara aa; a tone mark in front of them stands where it belongs, `tone` is one between them."""


def compose_sara_am(text: str) -> str:
    """Write every nikhahit + sara aa as the one character sara am, behind a tone mark beside the nikhahit.

    For comparing and counting only: no reading is ever changed. Tesseract's Thai model has no sara am
    (tesseract-ocr/langdata_lstm#42), so two texts that print alike differ in every one of them.
    """
    return SPLIT_SARA_AM.sub(lambda split: split["tone"] + SARA_AM, text)


def is_mark(character: str) -> bool:
    """True for what is drawn over, under or partly over the character before it and cannot be seen alone."""
    return character == SARA_AM or unicodedata.category(character) in ("Mn", "Me")
