"""What became of the ink of a page, and what the letters of its text stand on: ink against letters, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.box import Box
from model.edit import Span


class InkKind(StrEnum):
    """What ink is that no letter of the text covers."""

    TEXT = "text"
    """It looks like letters: lost from the text, unless somebody says otherwise."""
    RULE = "rule"
    LEADER = "leader"
    BOX = "box"
    PICTURE = "picture"
    SEAL = "seal"
    STAMP = "stamp"
    SIGNATURE = "signature"
    HANDWRITING = "handwriting"
    BLACKENED = "blacked out"
    """A solid black bar: something was made illegible on purpose."""
    WATERMARK = "watermark"
    """Writing across the page's own text, lifted to the paper before the page was read."""
    SPECK = "speck"


class UnseenKind(StrEnum):
    """Why letters of the text cannot be taken as they stand."""

    NO_INK = "no ink"
    """There is bare paper where they are said to stand."""
    COVERED = "covered"
    """There is solid ink where they are said to stand."""
    SHARED = "shared"
    """Other letters of the text stand on the same ink."""
    CROWDED = "crowded"
    """They stand closer together than letters can."""
    STRUCK = "struck"
    """A line goes through them."""
    NO_PLACE = "no place"
    """The reader knows no place for them, and knows one for the others."""


@dataclass(frozen=True, slots=True)
class InkPlace:
    """Ink that no letter covers. `box` in pixels of the page image, `ink` how many pixels of the ink's sketch it takes.

    `beside` is the code point of the reading that stands nearest to it, None where the reading has no letters.
    """

    kind: InkKind
    box: Box
    ink: int
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class UnseenPlace:
    """Letters of the reading's text that the page does not bear out: their span, and where they are said to stand."""

    kind: UnseenKind
    span: Span
    box: Box | None


@dataclass(frozen=True, slots=True)
class SignPlace:
    """A mark of punctuation of the reading's text whose ink is another's: `shown`, empty where it is surely not what
    was read and not known what."""

    span: Span
    shown: str


@dataclass(frozen=True, slots=True)
class Account:
    """The account of one reading of a page.

    `located`: whether the reading says where its letters stand; without that only their number tells, and all ink or
    all letters are one place where it does not fit.
    `covered`: the ink that letters cover, in pixels of the ink's sketch. `missing`: ink like letters that is not in the
    text. `named`: other ink, by its kind, that is none of the text's. `unseen`: letters that
    the page does not bear out. `signs`: marks of punctuation that are others by their ink.
    """

    located: bool
    covered: int
    missing: tuple[InkPlace, ...] = ()
    named: tuple[InkPlace, ...] = ()
    unseen: tuple[UnseenPlace, ...] = ()
    signs: tuple[SignPlace, ...] = ()

    @property
    def share(self) -> float | None:
        """Which share of the ink that looks like letters is in the text, 0 to 1; None where that is not known."""
        ink = self.covered + sum(place.ink for place in self.missing)
        return self.covered / ink if self.located and ink else None

    @property
    def open_places(self) -> int:
        """How many places somebody must look at."""
        return len(self.missing) + len(self.unseen)
