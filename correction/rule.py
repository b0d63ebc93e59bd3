"""What a rule is: one file, one frozen value, examples that are its tests and its documentation.

A rule looks at a `Context` (one stage's view of one reading) and yields matches in offsets of that view.
The engine makes findings of them: it lifts them to raw offsets, gives them ids and holds the invariants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeVar, TypeVarTuple

from correction.analyses import Analyses
from correction.example import Example
from correction.view import View
from correction.witness import Witness, WitnessReading
from dictionaries.resources import Resources, default_resources
from model.account import Account
from model.box import Box
from model.carried import Carried
from model.edit import Safety, Span
from model.evidence import Evidence
from model.page import Reading

FAMILIES = ("ENC", "SPC", "LIN", "GAZ", "DIG", "LAT", "LEX", "DAT", "REP", "RDR", "LOW", "INK")
T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")
_CODE = re.compile(rf"(?:{'|'.join(FAMILIES)})\d{{3}}")
_THAI = re.compile("[\u0e01-\u0e2e]")


class Stage(IntEnum):
    """When a rule looks. Each stage sees the text with what stands of all earlier stages applied.

    The text as a whole comes first: where it is no Thai as it stands, no later stage looks at it. The repair of
    characters comes in steps because each makes the next one simple: with what has no
    glyph gone and every glyph under its own code a space stands next to its mark, with that space gone
    sara am and sara ae have no gap in them, and with those composed the marks can be ordered and then counted.
    """

    TEXT = 5  # what the text as a whole suffers from
    INVISIBLE = 10  # characters without a glyph
    CHARACTERS = 20  # a wrong character for the right glyph
    LATE_TONES = 25  # before spaces and orders are judged by the marks beside them
    MARK_SPACES = 30  # a space where none can be
    VOWELS = 40  # sara am and sara ae in two parts
    MARK_ORDER = 50
    MARK_REPEATS = 60
    PLACES = 70
    WORDS = 80
    REMAINDER = 90  # what no standing proposal has settled


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at: one stage's view of one reading, and what other readers read on the page.

    `known` is what it may know of places and words, by default what comes with the program. `account` holds the page's
    ink against the reading's letters, None where that was not done; its code points are those of the raw text. `under`
    is what an earlier page has handed on to this one, None for nothing.

    Every offset taken here is one of `text`. The reader's facts reach a rule through the view's map;
    where an edit wrote the character there is no fact about it, and the answer is None.
    """

    view: View
    reading: Reading
    witnesses: tuple[Witness, ...] = ()
    known: Resources = field(default_factory=default_resources)
    account: Account | None = None
    under: Carried | None = None
    analyses: Analyses = field(default_factory=Analyses, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The text that the rule is to look at."""
        return self.view.text

    def shared(self, analyse: Callable[[Context, *Arguments], T], *arguments: *Arguments) -> T:
        """What `analyse(context, *arguments)` returns, found once a page for all rules that ask for the same.

        It may depend on the text, the reading, the witnesses, what the page begins under and its arguments, which are
        hashable, and on nothing else of the context: another stage with the same text is given the same.
        """
        key = (analyse, self.text, *arguments)
        return self.analyses.once(key, lambda: analyse(self, *arguments))

    def raw_span(self, start: int, end: int) -> Span:
        """The span of the raw text behind `start..end`."""
        return self.view.raw_span(start, end)

    def witness_readings(self, start: int, end: int, *, edges: bool = False) -> tuple[WitnessReading, ...]:
        """What each witness that read the place reads for `start..end`; with `edges` also just beside it."""
        span = self.raw_span(start, end)
        readings = (witness.reads(span.start, span.end, edges=edges) for witness in self.witnesses)
        return tuple(reading for reading in readings if reading is not None)

    def box(self, at: int) -> Box | None:
        """The box of the character in pixels of the page image, where the reader knows one."""
        raw = self.view.origin(at)
        return None if raw is None else self.reading.boxes[raw]

    def confidence(self, at: int) -> float | None:
        """The reader's confidence in the character, 0 to 1, where it gave one."""
        raw = self.view.origin(at)
        return None if raw is None else self.reading.confidences[raw]

    def gap(self, at: int) -> float | None:
        """The ink-free distance to the next letter in pixels, where it was measured."""
        raw = self.view.origin(at)
        return None if raw is None else self.reading.gaps[raw]


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule found at `start..end` of its context's text.

    `after` replaces the range, or is None where something is wrong and the right text is not known (a
    flag). `message` and `safety` are the rule's own where None; a match may be less safe than its
    rule's level, never safer. `confidence` is the estimated probability that the replacement is right,
    0 to 1. `alternatives` are other texts for the same range, best first. `people` is how many
    different people must accept it.
    """

    start: int
    end: int
    after: str | None
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    message: str | None = None
    safety: Safety | None = None
    alternatives: tuple[str, ...] = ()
    people: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    `code` is a family and three digits and is never reused. `version` is a label for people, raised when the rule
    finds something else than before; what findings are kept under is the code itself. `message` says in English
    and `message_th` in Thai what is wrong. `level` is the highest safety that its findings may have. `find` is a pure
    function of the context. `positive` examples say what it must find, in `negative` ones it must find nothing.
    `source` cites what the rule stands on. `readers` are the names of those whose readings the rule is about, none
    where it is about every text; its examples are the first one's. A rule that is not `enabled_by_default` is about
    manner, not about errors: it runs only where somebody asks for it by its code.

    Raises:
        ValueError: something of it is missing or contradicts itself; the message says what.
    """

    code: str
    name: str
    version: int
    message: str
    message_th: str
    stage: Stage
    level: Safety
    find: Callable[[Context], Iterable[Match]]
    positive: tuple[Example, ...]
    negative: tuple[Example, ...]
    source: str = ""
    readers: tuple[str, ...] = ()
    enabled_by_default: bool = True

    def __post_init__(self) -> None:
        for wrong, what in (
            (not _CODE.fullmatch(self.code), "its code is not a family and three digits"),
            (self.version < 1, "versions count from 1"),
            (not self.name or not self.message, "a rule has a name and a message"),
            (not _THAI.search(self.message_th), "its message_th is not Thai"),
            (not self.positive, "it has no positive example"),
            (not self.negative, "it has no negative example"),
            (not all(e.expected for e in self.positive), "a positive example has nothing in [brackets]"),
            (any(e.expected for e in self.negative), "a negative example has something in [brackets]"),
        ):
            if wrong:
                raise ValueError(f"{self.code or 'a rule'}: {what}")

    @property
    def family(self) -> str:
        """The three letters in front of the number."""
        return self.code[:3]
