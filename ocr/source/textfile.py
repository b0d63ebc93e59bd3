"""Text files: bytes to text, exactly, or a clear refusal."""

from __future__ import annotations

import codecs
from itertools import pairwise

from model.errors import BadInput, UsageError
from ocr.source.kinds import kind_of

_THAI_BYTES = range(0xA1, 0xFC)
_OTHER_UNICODE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a file, its newlines untouched and a byte order mark kept as U+FEFF.

    Without `encoding` it must be UTF-8. Nothing is guessed, replaced or dropped: offsets into the text are
    what corrections are recorded with.

    Raises:
        BadInput: empty; not in that encoding; UTF-8 with surrogates inside; or with NUL bytes. The message
            names the file and the byte offset, and the encoding that it looks like.
        UsageError: there is no encoding of that name.
    """
    if not data:
        raise BadInput(f"{name} is empty.", remedy="Give a file with text.")
    try:
        text = data.decode("utf-8" if encoding is None else encoding, "strict")
    except LookupError as error:
        raise UsageError(
            f"There is no encoding {encoding!r}.", remedy="Try utf-8, cp874 or utf-16."
        ) from error
    except UnicodeDecodeError as error:
        raise _refusal(data, name, error, guess=encoding is None) from error
    # Some codecs (utf-7, unicode_escape) can give what no UTF-8 file may hold.
    surrogate = next((at for at, character in enumerate(text) if "\ud800" <= character <= "\udfff"), None)
    if surrogate is not None:
        raise BadInput(
            f"{name} has half a surrogate pair at character {surrogate}.", remedy="Save it anew as UTF-8."
        )
    nul = data.find(b"\0") if encoding is None else -1
    if nul >= 0:
        raise BadInput(
            f"{name} has a NUL byte at offset {nul}: it is no text file.", remedy=_nul_remedy(data)
        )
    return text


def _refusal(data: bytes, name: str, error: UnicodeDecodeError, *, guess: bool) -> BadInput:
    at = error.start
    if not guess:
        return BadInput(
            f"{name} is not {error.encoding}: byte {data[at]:#04x} at offset {at} ({error.reason}).",
            remedy="Give its real encoding with --encoding.",
        )
    kind = kind_of(data)
    if kind is not None:
        return BadInput(
            f"{name} is a {kind.upper()} file, no text.", remedy="Read it with `chamra digitise FILE`."
        )
    for mark, encoding in _OTHER_UNICODE:
        if data.startswith(mark):
            return BadInput(
                f"{name} is not UTF-8 (offset {at}): it is {encoding.upper()}.",
                remedy=f"Try --encoding {encoding}.",
            )
    if data[at] == 0xED and at + 1 < len(data) and 0xA0 <= data[at + 1] <= 0xBF:
        return BadInput(
            f"{name} is not UTF-8: half a surrogate pair is written out as bytes at offset {at}.",
            remedy="Save it anew as UTF-8 with the program that made it.",
        )
    if looks_thai(data):
        return BadInput(
            f"{name} is not UTF-8: byte {data[at]:#04x} at offset {at}. It looks like TIS-620 or CP874.",
            remedy="Try --encoding cp874.",
        )
    return BadInput(
        f"{name} is not UTF-8: byte {data[at]:#04x} at offset {at} ({error.reason}).",
        remedy="Give its encoding with --encoding, or save it as UTF-8.",
    )


def looks_thai(data: bytes) -> bool:
    """True when the bytes above ASCII are Thai characters in TIS-620, nearly all of them.

    Thai in TIS-620 is runs of bytes A1..FB; in Latin encodings such bytes stand alone between ASCII characters.
    """
    high = sum(byte >= 0x80 for byte in data)
    thai = sum(byte in _THAI_BYTES for byte in data)
    neighbours = sum(a in _THAI_BYTES and b in _THAI_BYTES for a, b in pairwise(data))
    return high > 0 and thai >= 0.95 * high and neighbours >= 0.6 * thai


def _nul_remedy(data: bytes) -> str:
    sample = data[:2000]
    for upper, encoding in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        # The upper byte of a UTF-16 unit is 00 in Latin text and 0E in Thai.
        if upper.count(0x00) + upper.count(0x0E) >= 0.9 * len(upper):
            return f"It looks like UTF-16: try --encoding {encoding}."
    return "Remove the NUL bytes, or give the right file."
