"""A place that a page mentions, coded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.box import Box
from model.edit import Span


class PlaceKind(StrEnum):
    """What is mentioned."""

    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    BODY = "local body"


class PlaceStatus(StrEnum):
    """How what is written stands to the gazetteer."""

    EXACT = "exact"
    REPAIRED = "repaired"  # misspelt or damaged; the right name is proposed
    CONTRADICTS = "contradicts"  # exists, but not there: something beside it says otherwise
    UNKNOWN = "unknown"  # announced as a place, and no place we know
    ABOLISHED = "abolished"  # abolished, renamed, or not yet created at the page's date


@dataclass(frozen=True, slots=True)
class Mention:
    """One place name on a page.

    `span` and `text` are the name as the reader read it, without the word before it. `code` is DOPA's (two, four or
    six digits; of the seat's district or subdistrict for a local body), empty when unknown. `name` is the
    right name; `chain` the full names of the place and what it lies in, smallest first. `box` is in pixels
    of the page image; None without an image. `note` says in words why the status is what it is.
    """

    page: int
    span: Span
    text: str
    kind: PlaceKind
    code: str
    name: str
    status: PlaceStatus
    chain: tuple[str, ...]
    box: Box | None
    note: str = ""
