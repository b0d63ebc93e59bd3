"""Passwords: what is asked of one, and its hash by argon2id."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from model.errors import UsageError

_SHORTEST = 12  # code points
_FEWEST = 5  # different ones
_LONGEST = 1024  # bytes in UTF-8; more would only keep the processor busy

# RFC 9106, section 4: the second recommended choice, for machines that have other things to do.
_MEMORY_KIB = 64 * 1024
_PASSES = 3
_LANES = 4

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def generated() -> str:
    """A password for somebody else, who is told it once: 99 bits by lot, without letters that look alike."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(5))


def refuse_weak(password: str, *names: str) -> None:
    """Refuse what is guessed at once. No rule about kinds of characters: length is what counts.

    `names` are the login and name of the person, which everybody knows.

    Raises:
        UsageError: it is too short or too long, of too few letters, or one of the names.
    """
    remedy = f"Take {_SHORTEST} characters or more, such as several words."
    text = _prepared(password)
    if len(text) < _SHORTEST:
        raise UsageError(f"The password is shorter than {_SHORTEST} characters.", remedy=remedy)
    if not fits(password):
        raise UsageError(f"The password is longer than {_LONGEST} bytes.", remedy="Take a shorter one.")
    if len(set(text)) < _FEWEST:
        raise UsageError(f"The password has fewer than {_FEWEST} different characters.", remedy=remedy)
    if text.casefold() in {_prepared(name).casefold() for name in names}:
        raise UsageError("The password is a name that everybody knows.", remedy=remedy)


def fits(password: str) -> bool:
    """False when it is longer than any that was accepted: then it need not be hashed."""
    return len(_prepared(password).encode("utf-8", "surrogatepass")) <= _LONGEST


def hashed(password: str) -> str:
    """The encoded hash of a password, with its salt and parameters. Takes some 64 MiB and 50 ms."""
    return _hasher().hash(_bytes(password))


def matches(password: str, encoded: str | None) -> bool:
    """True when the hash is of this password. None takes as long as any: nobody learns who exists."""
    try:
        _hasher().verify(_nobodys() if encoded is None else encoded, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return encoded is not None


def is_outdated(encoded: str) -> bool:
    """True when the hash was made with other parameters than these."""
    return _hasher().check_needs_rehash(encoded)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES)


@cache
def _nobodys() -> str:
    return hashed("nobody's password")


def _bytes(password: str) -> bytes:
    return _prepared(password).encode("utf-8", "surrogatepass")


def _prepared(password: str) -> str:
    # RFC 8265, section 4.2: the same letters typed in another order of marks are the same password.
    return unicodedata.normalize("NFC", password)
