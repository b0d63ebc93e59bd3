"""What JSON holds, checked: a blob may have been written by anybody. Each raises ValueError or TypeError."""

from __future__ import annotations

from typing import Any

from model.quoted import quoted


def normal(value: float) -> float:
    """One form for each number: 3 and 3.0, 0.0 and -0.0 are equal and must have equal bytes."""
    return float(value) + 0.0


def whole(value: object) -> int:
    """A whole number, which a truth value is not."""
    if type(value) is not int:
        raise TypeError(f"{quoted(value)} is not a whole number")
    return value


def people(value: object) -> int:
    """How many people must decide alike: one or two."""
    if whole(value) not in (1, 2):
        raise ValueError(f"{quoted(value)} people cannot decide")
    return whole(value)


def real(value: object) -> float:
    """A number."""
    if type(value) not in (int, float):
        raise TypeError(f"{quoted(value)} is not a number")
    return float(value)  # type: ignore[arg-type]


def text(value: object) -> str:
    """A text without lone surrogates: these are damage here and an error everywhere else."""
    if type(value) is not str:
        raise TypeError(f"{quoted(value)} is not a text")
    value.encode("utf-8")
    return value


def no_constant(name: str) -> object:
    """For `json.loads`: NaN and the infinities are no JSON."""
    raise ValueError(f"{name} is not a number of JSON")


def truth(value: object) -> bool:
    """True or false."""
    if type(value) is not bool:
        raise TypeError(f"{quoted(value)} is not a truth value")
    return value


def rows(value: object) -> list[Any]:
    """A list of anything."""
    if type(value) is not list:
        raise TypeError(f"{quoted(value)} is not a list")
    return value


def texts(value: object) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(text(one) for one in rows(value))
