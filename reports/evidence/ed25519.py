"""Ed25519 with Python's own numbers (RFC 8032, 5.1), to verify where nothing is installed. Slow; no secret is in it.

In an evidence package this stands within `verify.py`, which is one file.
"""

from __future__ import annotations

import hashlib

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def added(one: Point, other: Point) -> Point:
    """The sum of two points of the curve of Ed25519 (RFC 8032, 5.1.4)."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * D, 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A point so many times."""
    found = (0, 1, 1, 0)
    while number:
        if number % 2:
            found = added(found, point)
        point, number = added(point, point), number // 2
    return found


def point_of(data: bytes) -> Point:
    """The point that these 32 bytes are (RFC 8032, 5.1.3)."""
    value = int.from_bytes(data, "little")
    y, sign = value % 2**255, value >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (not x and sign):
        raise ValueError("not a point of the curve")
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """True when that key has signed the message (RFC 8032, 5.1.7)."""
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= order:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % order
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    left, right = times(s, base), added(point_of(signature[:32]), times(k, point_of(public)))
    x, y = (left[n] * right[2] - right[n] * left[2] for n in (0, 1))
    return x % P == y % P == 0
