"""What a font's ToUnicode map says its codes to be (CMap, ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_LONGEST_RANGE = 0x10000


def unicode_map(data: bytes) -> dict[int, str]:
    """Each code with the text that it stands for."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data):
        tokens = _tokens(body)
        for pair in _pairs(tokens) if kind == b"bfchar" else _ranges(tokens):
            found[pair[0]] = pair[1]
    return found


def _tokens(body: bytes) -> Iterator[bytes]:
    for one in _TOKEN.finditer(body):
        if one[2] or one[3]:
            yield one[2] or one[3]
        else:
            digits = re.sub(rb"\s", b"", one[1]).decode()
            yield b"<" + bytes.fromhex(digits + "0" * (len(digits) % 2))


def _pairs(tokens: Iterator[bytes]) -> Iterator[tuple[int, str]]:
    for code in tokens:
        yield _number(code), _text(next(tokens, b"<"))


def _ranges(tokens: Iterator[bytes]) -> Iterator[tuple[int, str]]:
    for low in tokens:
        first, last, target = _number(low), _number(next(tokens, b"<")), next(tokens, b"<")
        if target == b"[":
            for code in range(first, last + 2):
                one = next(tokens, b"]")
                if one == b"]":
                    break
                yield code, _text(one)
            continue
        text = _text(target)
        for code in range(first, min(last, first + _LONGEST_RANGE) + 1):
            yield code, text[:-1] + chr(ord(text[-1]) + code - first) if text else ""


def _number(token: bytes) -> int:
    return int.from_bytes(token[1:], "big")


def _text(token: bytes) -> str:
    return token[1:].decode("utf-16-be", "replace")
