"""A request for a time stamp of the ledger's head (RFC 3161), for those who want a third party's word.

Such a stamp proves that a head was there at that time to everybody who trusts the authority, as an anchor
does to whoever trusts the storage it lies on.
"""

from __future__ import annotations

_SHA256 = bytes.fromhex("0609608648016503040201")
"""The object identifier 2.16.840.1.101.3.4.2.1, DER."""


def timestamp_request(head: str, nonce: int) -> bytes:
    """A TimeStampReq (RFC 3161, section 2.4.1) in DER, which asks for the authority's certificate too.

    `head` is the SHA-256 of the newest record, hexadecimal: it is stamped as it is, so the stamped data is
    the canonical JSON of that record. `nonce` is a large random number; the answer must have it.
    """
    algorithm = _tagged(0x30, _SHA256 + _tagged(0x05, b""))
    imprint = _tagged(0x30, algorithm + _tagged(0x04, bytes.fromhex(head)))
    return _tagged(0x30, _integer(1) + imprint + _integer(nonce) + _tagged(0x01, b"\xff"))


def _integer(value: int) -> bytes:
    """A number that is not negative; its first bit is its sign."""
    return _tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _tagged(tag: int, content: bytes) -> bytes:
    if len(content) > 127:
        raise ValueError("no part of a request is that long")
    return bytes((tag, len(content))) + content
