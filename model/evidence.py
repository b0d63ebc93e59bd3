"""Evidence as data: what speaks for a finding. Sentences in any language are made of it where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | tuple[str, ...]


class EvidenceKind(StrEnum):
    """What kind of thing speaks for a finding. A kind is for ever: findings that were kept name it."""

    # Places. A `place` is a chain of titles, the smallest first.
    PLACE = "place"
    PLACE_FOLLOWS = "place follows"
    MISREAD_AS = "misread as"
    RUNNER_UP = "runner-up"
    NO_RUNNER_UP = "no runner-up"
    IS_NOT_IN = "is not in"
    AGREE_ON_PLACE = "agree on place"
    HEADING_BEFORE = "heading before"
    ONLY_ONE = "only one"
    HAS_NO = "has no"
    FORMER_NAME = "former name"
    ABOLISHED = "abolished"
    CREATED = "created"
    CLASS_OF_BODY = "class of body"
    POSTCODES = "postcodes"
    # Numbers and dates.
    WORDS_SAY = "words say"
    NUMBER_SAYS = "number says"
    DIGITS_MISREAD = "digits misread"
    LETTERS_AMONG_DIGITS = "letters among digits"
    SUM = "sum"
    NEAREST_MONTH = "nearest month"
    NEAREST_WEEKDAY = "nearest weekday"
    FELL_ON = "fell on"
    SAME_YEAR = "same year"
    NO_SUCH_DAY = "no such day"
    NO_SUCH_YEAR = "no such year"
    NO_SUCH_MONTH = "no such month"
    RUNS_BACKWARDS = "runs backwards"
    FOLLOWS = "follows"
    CHECK_DIGIT = "check digit"
    SAYS_BESIDE = "says beside"
    # Readers and what they measured.
    READS = "reads"
    READS_ALIKE = "reads alike"
    READER_CONFIDENCE = "reader confidence"
    WIDE_GAP = "wide gap"
    WHITE_BEHIND = "white behind"
    # Ink and letters. A place is a box in pixels of the page image; `kind` one of `model.account`.
    INK_AT = "ink at"
    UNSEEN = "unseen"
    # Language.
    LIKELIER = "likelier"
    LIKELIER_AFTER_COST = "likelier after cost"
    LIKELIHOOD = "likelihood"
    NETWORK = "network"
    WORD = "word"
    AROUND_IT = "around it"
    SPACING_RULES = "spacing rules"
    # The text as a whole.
    WRITTEN_IN = "written in"
    SAYS_AGAIN = "says again"
    # What became of a rule's proposal, and what a person says.
    LOWERED = "lowered"
    NOTE = "note"
    # Evidence that an earlier version of the program kept as an English sentence.
    SENTENCE = "sentence"


NAMES: Mapping[EvidenceKind, tuple[str, ...]] = {
    EvidenceKind.PLACE: ("place",),
    EvidenceKind.PLACE_FOLLOWS: ("name",),
    EvidenceKind.MISREAD_AS: ("name", "read"),
    EvidenceKind.RUNNER_UP: ("place",),
    EvidenceKind.NO_RUNNER_UP: (),
    EvidenceKind.IS_NOT_IN: ("place", "name", "area"),
    EvidenceKind.AGREE_ON_PLACE: ("names", "place"),
    EvidenceKind.HEADING_BEFORE: ("heading", "page"),
    EvidenceKind.ONLY_ONE: ("place", "name", "area"),
    EvidenceKind.HAS_NO: ("place", "name"),
    EvidenceKind.FORMER_NAME: ("name", "until", "now"),
    EvidenceKind.ABOLISHED: ("code", "since"),
    EvidenceKind.CREATED: ("place", "since"),
    EvidenceKind.CLASS_OF_BODY: ("bodies", "since"),
    EvidenceKind.POSTCODES: ("place", "postcodes", "read"),
    EvidenceKind.WORDS_SAY: ("number",),
    EvidenceKind.NUMBER_SAYS: ("number",),
    EvidenceKind.DIGITS_MISREAD: (),
    EvidenceKind.LETTERS_AMONG_DIGITS: (),
    EvidenceKind.SUM: ("rows", "total"),
    EvidenceKind.NEAREST_MONTH: (),
    EvidenceKind.NEAREST_WEEKDAY: (),
    EvidenceKind.FELL_ON: ("weekday",),
    EvidenceKind.SAME_YEAR: ("buddhist", "christian"),
    EvidenceKind.NO_SUCH_DAY: ("day", "month"),
    EvidenceKind.NO_SUCH_YEAR: ("year",),
    EvidenceKind.NO_SUCH_MONTH: ("month",),
    EvidenceKind.RUNS_BACKWARDS: ("first", "last"),
    EvidenceKind.FOLLOWS: ("number", "before"),
    EvidenceKind.CHECK_DIGIT: ("digit",),
    EvidenceKind.SAYS_BESIDE: ("number",),
    EvidenceKind.READS: ("reader", "text"),
    EvidenceKind.READS_ALIKE: ("reader", "text"),
    EvidenceKind.READER_CONFIDENCE: (),
    EvidenceKind.WIDE_GAP: (),
    EvidenceKind.WHITE_BEHIND: (),
    EvidenceKind.INK_AT: ("left", "top", "right", "bottom"),
    EvidenceKind.UNSEEN: ("why",),
    EvidenceKind.LIKELIER: (),
    EvidenceKind.LIKELIER_AFTER_COST: (),
    EvidenceKind.LIKELIHOOD: (),
    EvidenceKind.NETWORK: (),
    EvidenceKind.WORD: ("word",),
    EvidenceKind.AROUND_IT: ("word", "instead_of"),
    EvidenceKind.SPACING_RULES: (),
    EvidenceKind.WRITTEN_IN: ("encoding", "decoded_as", "preview"),
    EvidenceKind.SAYS_AGAIN: ("text",),
    EvidenceKind.LOWERED: ("after",),
    EvidenceKind.NOTE: ("who", "text"),
    EvidenceKind.SENTENCE: ("source", "text"),
}
"""What the values of each kind are called, in their order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a finding: its kind, the values that the kind asks for, and how strong it is.

    `score` is in the unit of the kind (nats, a probability, x-heights, how many); None where the evidence is a plain
    fact.

    Raises:
        ValueError: the kind asks for other values.
    """

    kind: EvidenceKind
    values: tuple[Value, ...] = ()
    score: float | None = None

    def __post_init__(self) -> None:
        if len(self.values) != len(NAMES[self.kind]):
            raise ValueError(f"evidence of the kind {self.kind!r} has the values {NAMES[self.kind]}")

    @property
    def named(self) -> dict[str, Value]:
        """The values by their names."""
        return dict(zip(NAMES[self.kind], self.values, strict=True))

    @property
    def object(self) -> dict[str, object]:
        """The evidence ready for JSON."""
        values = {name: list(v) if isinstance(v, tuple) else v for name, v in self.named.items()}
        return {"kind": str(self.kind), "values": values, "score": self.score}
