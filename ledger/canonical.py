"""One way to write a value as JSON, so that equal values have equal bytes and hashes."""

from __future__ import annotations

import json


def canonical_json(value: object) -> bytes:
    """Canonical JSON in UTF-8: keys sorted, no white space, nothing escaped that need not be.

    For ASCII keys, texts and whole numbers these are the bytes of RFC 8785.

    Raises:
        ValueError: a number that JSON does not know (NaN, infinity) or a text with a lone surrogate.
        TypeError: something that JSON has no form for.
    """
    return _ENCODER.encode(value).encode("utf-8")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
