"""How many units of a lot to inspect, and how many may be wrong: by a stated limit, or by ISO 2859-1."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from model.errors import UsageError
from reports.intervals import proves, size_to_prove


class InspectionLevel(StrEnum):
    """Inspection levels of ISO 2859-1: three general ones and four for small samples."""

    I = "I"  # noqa: E741  the standard's name
    II = "II"
    III = "III"
    S1 = "S-1"
    S2 = "S-2"
    S3 = "S-3"
    S4 = "S-4"


# ISO 2859-1:1999, table 1, the same as table I of MIL-STD-105E (1989): sample size code letters by lot size.
_LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
_LETTERS = {
    InspectionLevel.S1: "AAAABBBBCCCCDDD",
    InspectionLevel.S2: "AAABBBCCCDDDEEE",
    InspectionLevel.S3: "AABBCCDDEEFFGGH",
    InspectionLevel.S4: "AABCCDEEFGGHJJK",
    InspectionLevel.I: "AABCCDEFGHJKLMN",
    InspectionLevel.II: "ABCDEFGHJKLMNPQ",
    InspectionLevel.III: "BCDEFGHJKLMNPQR",
}
# Table 2-A (II-A there), single sampling, normal inspection. Its acceptance numbers stand on diagonals: one
# step to a larger sample is one step to a smaller AQL. Beside the 0, the arrows lead to the next plan.
_CODES = "ABCDEFGHJKLMNPQR"
_SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
_HUNDREDTHS = (1, 1.5, 2.5, 4, 6.5, 10, 15, 25, 40, 65, 100, 150, 250, 400, 650, 1000)
_AQLS = tuple(Fraction(one) / 100 for one in _HUNDREDTHS)  # per cent
_ZERO = 14
_ACCEPT = {0: 0, 3: 1, 4: 2, 5: 3, 6: 5, 7: 7, 8: 10, 9: 14, 10: 21}
_UP = 1  # the diagonal of the arrows up; that of the arrows down is the next
_ABOVE, _BELOW = 0, 3  # where the two lead


class SampleUnit(StrEnum):
    """What is drawn and found right or wrong: single characters, or whole lines, which are wrong with one character."""

    CHARACTERS = "characters"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """How many units of a lot are inspected, and with how many wrong ones it is still accepted."""

    lot: int
    size: int
    accept: int


@dataclass(frozen=True, slots=True)
class LimitScheme:
    """Prove that at most `limit` of a lot is wrong, with this confidence; `defects` may show and it still
    is proven."""

    limit: Fraction
    confidence: Fraction
    defects: int = 0
    unit: SampleUnit = SampleUnit.CHARACTERS

    def __post_init__(self) -> None:
        if not (0 < self.limit < 1 and 0 < self.confidence < 1 and self.defects >= 0):
            raise UsageError(
                "The limit and the confidence lie between 0 % and 100 %, and defects are not negative."
            )

    def plan(self, lot: int) -> SamplingPlan:
        """The plan for a lot of so many units."""
        return SamplingPlan(lot, size_to_prove(lot, self.limit, self.confidence, self.defects), self.defects)

    def accepts(self, plan: SamplingPlan, wrong: int) -> bool:
        """True when so many wrong units still prove the limit."""
        return proves(wrong, plan.size, plan.lot, self.limit, self.confidence)

    def words(self) -> str:
        """The scheme for the record."""
        of = "" if self.unit is SampleUnit.CHARACTERS else f"{self.unit}: "
        return (
            f"{of}limit {percent(self.limit)}, confidence {percent(self.confidence)}, {self.defects} defects"
        )


@dataclass(frozen=True, slots=True)
class IsoScheme:
    """ISO 2859-1, single sampling, normal inspection; `aql` is in per cent nonconforming.

    The standard is for a series of lots: accepting one lot proves little about it by itself. The switching
    rules between normal, tightened and reduced inspection are left to the auditor.
    """

    aql: Fraction
    level: InspectionLevel
    unit: SampleUnit = SampleUnit.CHARACTERS

    def __post_init__(self) -> None:
        if self.aql not in _AQLS:
            raise UsageError(
                f"ISO 2859-1 has no AQL {float(self.aql):g}.",
                remedy=f"Per cent: {', '.join(f'{float(one):g}' for one in _AQLS)}.",
            )

    def plan(self, lot: int) -> SamplingPlan:
        """The plan for a lot of so many units; a lot that is no larger than the sample is inspected whole."""
        if lot < 2:
            return SamplingPlan(lot, lot, 0)
        letter = _CODES.index(_LETTERS[self.level][bisect_left(_LOTS, lot)])
        row, accept = _follow_arrows(letter, _AQLS.index(self.aql))
        return SamplingPlan(lot, min(lot, _SIZES[row]), accept)

    def accepts(self, plan: SamplingPlan, wrong: int) -> bool:
        """True when so many wrong units are still acceptable."""
        return wrong <= plan.accept

    def words(self) -> str:
        """The scheme for the record."""
        of = "" if self.unit is SampleUnit.CHARACTERS else f"{self.unit}: "
        return f"{of}ISO 2859-1, AQL {percent(self.aql / 100)}, level {self.level}, single, normal"


Scheme = LimitScheme | IsoScheme


USUAL_LIMIT = {SampleUnit.CHARACTERS: "0.1%", SampleUnit.LINES: "5%"}
"""The limit where nobody gives one: of lines one that some sixty of them prove, which is twenty minutes of looking."""


def scheme_asked_for(
    limit: str | None, confidence: str, defects: int, aql: str | None, level: str, unit: SampleUnit
) -> Scheme:
    """The scheme that the options of a command mean; `limit` None is the usual one for what is drawn.

    Raises:
        UsageError: they mean none.
    """
    if aql is None:
        share = percentage(USUAL_LIMIT[unit] if limit is None else limit)
        return LimitScheme(share, percentage(confidence), defects, unit)
    if level not in tuple(InspectionLevel):
        raise UsageError(f"ISO 2859-1 has no level {level}.", remedy=f"One of {', '.join(InspectionLevel)}.")
    return IsoScheme(percentage(aql.removesuffix("%")), InspectionLevel(level), unit)


def scheme_of(words: str) -> Scheme:
    """The scheme that stands in a record in these words.

    Raises:
        ValueError: they are no scheme's.
    """
    lines = f"{SampleUnit.LINES}: "
    unit = SampleUnit.LINES if words.startswith(lines) else SampleUnit.CHARACTERS
    said = words.removeprefix(lines)
    limit = re.fullmatch(r"limit (\S+) %, confidence (\S+) %, (\d+) defects", said)
    if limit:
        return LimitScheme(Fraction(limit[1]) / 100, Fraction(limit[2]) / 100, int(limit[3]), unit)
    iso = re.fullmatch(r"ISO 2859-1, AQL (\S+) %, level (\S+), single, normal", said)
    if iso:
        return IsoScheme(Fraction(iso[1]), InspectionLevel(iso[2]), unit)
    raise ValueError(f"{words!r} is no scheme")


def _follow_arrows(letter: int, column: int) -> tuple[int, int]:
    """The row and acceptance number of table 2-A for a code letter and an AQL."""
    diagonal = min(max(letter + column - _ZERO, 0), max(_ACCEPT))
    if diagonal not in _ACCEPT:
        diagonal = _ABOVE if diagonal == _UP else _BELOW
    row = diagonal + _ZERO - column
    # An arrow that would leave the table points the other way.
    if row < 0:
        diagonal = _BELOW
    elif row >= len(_SIZES):
        diagonal = _ABOVE
    return diagonal + _ZERO - column, _ACCEPT[diagonal]


def percentage(text: str) -> Fraction:
    """A share as people write it: `0.1%` or `0.001`.

    Raises:
        UsageError: it is no number.
    """
    number = text.strip().removesuffix("%").strip()
    try:
        share = Fraction(number)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f"{text!r} is no share.", remedy="Write it as 0.1% or 0.001.") from None
    return share / 100 if text.strip().endswith("%") else share


def percent(share: Fraction) -> str:
    """Exactly, where that is a decimal; as a fraction otherwise."""
    hundred = share * 100
    decimal = Decimal(hundred.numerator) / Decimal(hundred.denominator)
    return f"{decimal.normalize():f} %" if Fraction(decimal) == hundred else f"{hundred} %"
