"""What one page hands on to the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CarriedHeading:
    """A heading that names a place: on which page it stands, how it is written there, and DOPA's code of the province
    (two digits) or district (four)."""

    page: int
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class CarriedTable:
    """A table that goes on over the end of a page.

    `columns` says of each column what places stand in it (a `model.place.PlaceKind`, empty for anything else). `wide`:
    its cells are parted by tabs or by wide white, not by single spaces.
    """

    columns: tuple[str, ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page hands on: the headings that are open at its end, the largest place first, and the table that is."""

    headings: tuple[CarriedHeading, ...] = ()
    table: CarriedTable | None = None
