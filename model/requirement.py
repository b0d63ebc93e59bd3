"""What a collection asks of the people who work on it, beyond what is asked everywhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """`signatures` are how many different people must sign a page. With `keyed`, numbers and names are typed by two
    people who see neither the reading nor each other. `seeds` are how many letters are changed on purpose in what a
    reviewer is shown, on 100 pages on the average."""

    signatures: int = 1
    keyed: bool = False
    seeds: int = 0


NOTHING_ASKED = Requirement()
"""Where nobody has asked for more."""
