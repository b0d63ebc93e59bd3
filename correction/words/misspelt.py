"""Misspelt words: single edits that the language model or the network prefers to the text, with all that is known of
each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from correction.rule import Context
from correction.words.calibration import LogisticModel
from correction.words.names import protected
from correction.words.text_analysis import NETWORK_EDIT, TextAnalysis, text_analysis
from correction.words.witness_evidence import WitnessEvidence, witness_evidence
from dictionaries.characters import PAD, SYMBOLS
from dictionaries.lexicon import Lexicon
from dictionaries.resources import Resources

TEXT_FEATURES = (
    "gain", "cost", "network", "more_than_marks", "margin", "word_after", "word_before", "error_density",
)  # fmt: skip
"""What is known of an edit without an image: nats gained, what the misreading costs, the network's log odds, whether
more than marks change, by how much it is ahead of the best other edit there or beside it
(`TextAnalysis.combined_score`), characters of the longest word over it afterwards and before (at most 12), and the
error density: how many other edits of the text are right by all appearance (log of 1 + those in 1,000 characters),
because where one error is, others are."""
PAGE_FEATURES = ("text", "network", "agree", "disagree", "own_reader")
"""And with an image: the log odds that these make, the network's once more, the confidence of the witnesses that read
what the edit writes, and of those that read the text as it stands, and whether the line reader read the page: its
errors are so rare that fewer of what looks like one is one. So few, because there are far fewer pages than texts to fit
them on."""
OWN_READERS = frozenset({"cascade"})
"""The readers whose base is the line reader."""
DRAWN = "text-layer"
"""The reader whose letters are those that are drawn: in a text that is otherwise exact a word is as it was
written. On 17 such layers, 29,267 letters, six misspellings that were proposed were wrong and none right."""
LEAST = 0.5
"""Score in nats below which an edit is left out, unless the network speaks for it."""
_GAIN_LIMIT, _LOG_ODDS_LIMIT, _MARGIN_LIMIT, _WORD_LIMIT = 20.0, 10.0, 10.0, 12
_RIVAL_REACH = 2
"""Characters between edits of which only one can be right."""
_ALTERNATIVES = 3
_CONTEXT = re.compile("(?:[^\n\u0e01-\u0e4e]*[\u0e01-\u0e4e]){5}|[^\n]{60}")
"""Five characters of Thai, or sixty of anything, in a cell of a table or in a line that stands alone: with less a word
has no context, and a scrap that was misread as a whole looks like one misread character."""
_WORD_REACH = 40
_APPARENT = 4.0
"""Nats from which an edit is right by all appearance, where the network does not speak against it."""
_SHORTEST_PAGE = 500
_MARKS = frozenset(
    "\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)


@dataclass(frozen=True, slots=True)
class Misspelling:
    """Replace `start..end` of the source by `after`; in the reflowed text it is about the character at `position`.

    `score` are the language model's log odds in nats against the text as it stands, the misreading's cost taken off,
    `network` the network's. `word` is the word that the edit makes, `others` are further texts for the place, best
    first. `features` are the values of `TEXT_FEATURES`.
    """

    position: int
    start: int
    end: int
    after: str
    score: float
    network: float
    word: str
    others: tuple[str, ...]
    witnesses: WitnessEvidence
    features: tuple[float, ...]

    @property
    def error_density(self) -> float:
        """The feature of that name."""
        return self.features[TEXT_FEATURES.index("error_density")]

    def without_other_errors(self) -> tuple[float, ...]:
        """The features as they are where no other error of the text says anything."""
        names = zip(TEXT_FEATURES, self.features, strict=True)
        return tuple(0.0 if name == "error_density" else value for name, value in names)

    @property
    def has_second_witness(self) -> bool:
        """Whether more than the text itself speaks for the edit: another reader, or other errors in the same text."""
        return self.error_density > 0 or self.witnesses.agree > 0

    def on_page(self, in_text: LogisticModel, *, own_reader: bool) -> tuple[float, ...]:
        """The values of `PAGE_FEATURES`, given what `TEXT_FEATURES` make probable."""
        evidence = self.witnesses
        network = self.features[TEXT_FEATURES.index("network")]
        log_odds = in_text.log_odds(self.features)
        return log_odds, network, evidence.agree, evidence.disagree, float(own_reader)


def apparent_density(analysis: TextAnalysis, anchor: int) -> float:
    """The error density of a text around one edit, which is not counted itself: how many edits elsewhere are right by
    all appearance, as the log of 1 + those in 1,000 characters."""
    edits = analysis.edits
    apparent = edits.anchor[(edits.score >= _APPARENT) & (analysis.network_log_odds >= 0)]
    elsewhere = np.unique(apparent[np.abs(apparent - anchor) > _RIVAL_REACH])
    thousands = max(len(analysis.reflowed.symbols), _SHORTEST_PAGE) / 1000
    return float(np.log1p(len(elsewhere) / thousands))


def misspellings(context: Context, known: Resources) -> Iterator[Misspelling]:
    """Every edit of a context that may be right, behind none of its rivals, and no scrap that stands alone; in order of
    place, also in names (see `outside_names`).

    A lost character is written together with the one before it: a rule's edit replaces something.
    """
    analysis = text_analysis(context, known)
    edits, log_odds = analysis.edits, analysis.network_log_odds
    leading = _leading(analysis, np.flatnonzero((edits.score >= LEAST) | (log_odds >= NETWORK_EDIT)))
    offsets = {index: int(analysis.reflowed.offsets[edits.anchor[index]]) for index in leading}
    apparent = np.unique(edits.anchor[(edits.score >= _APPARENT) & (log_odds >= 0)])
    for index in sorted(leading, key=lambda one: (offsets[one], one)):
        if not _alone(analysis.reflowed.text, int(edits.anchor[index])):
            yield _described(context, analysis, index, len(apparent), known.lexicon)


def _alone(text: str, position: int) -> bool:
    """Whether hardly a character of Thai stands beside a position, before the next break on either side."""
    return _CONTEXT.match(text, text.rfind("\n", 0, position) + 1) is None


class _Starting(Protocol):
    @property
    def start(self) -> int: ...


P = TypeVar("P", bound=_Starting)


def outside_names(context: Context, found: Iterable[P], known: Resources) -> list[P]:
    """Those of some findings that lie in no name or abbreviation."""
    every = list(found)
    mask = protected(context, [one.start for one in every], known)
    return [one for one in every if not mask[one.start]]


def _leading(analysis: TextAnalysis, among: NDArray[np.int64]) -> list[int]:
    """Of some edits, by index, those that are the likeliest of their character and of its neighbours: of all these only
    one can be right. The first of equals."""
    leading: list[int] = []
    for index in among.tolist():
        rivals = _rivals(analysis, index)
        own, others = analysis.combined_score[index], analysis.combined_score[rivals]
        if not np.any((others > own) | ((others == own) & (rivals < index))):
            leading.append(index)
    return leading


def _described(
    context: Context, analysis: TextAnalysis, index: int, apparent: int, lexicon: Lexicon
) -> Misspelling:
    """One edit with all that is known of it; `apparent` edits of the text are right by all appearance."""
    text, edits = analysis.reflowed.text, analysis.edits
    anchor = int(edits.anchor[index])
    offset = int(analysis.reflowed.offsets[anchor])
    after = _replacement(analysis, index)
    word, features = _text_features(analysis, index, apparent, lexicon)
    rivals = _rivals(analysis, index)
    same = rivals[edits.anchor[rivals] == anchor]
    best = same[np.argsort(-analysis.combined_score[same], kind="stable")][:_ALTERNATIVES].tolist()
    others = dict.fromkeys(_replacement(analysis, rival) for rival in best)
    return Misspelling(
        position=anchor,
        start=offset,
        end=offset + 1,
        after=after,
        score=float(edits.score[index]),
        network=float(analysis.network_log_odds[index]),
        word=word,
        others=tuple(other for other in others if other not in (after, text[anchor])),
        witnesses=witness_evidence(context, offset, offset + 1, after),
        features=features,
    )


def _text_features(
    analysis: TextAnalysis, index: int, apparent: int, lexicon: Lexicon
) -> tuple[str, tuple[float, ...]]:
    """The word that an edit makes, "" for none, and the values of `TEXT_FEATURES`."""
    text, edits = analysis.reflowed.text, analysis.edits
    position, length = int(edits.position[index]), int(edits.length[index])
    written = _written(analysis, index)
    before = text[position : position + length]
    head, tail = text[max(position - _WORD_REACH, 0) : position], text[position + length :][:_WORD_REACH]
    word = _word(head + written + tail, len(head), len(written), lexicon)
    word_before = _word(head + before + tail, len(head), length, lexicon)
    rivals = _rivals(analysis, index)
    margin = analysis.combined_score[index] - analysis.combined_score[rivals].max(initial=-np.inf)
    is_apparent = edits.score[index] >= _APPARENT and analysis.network_log_odds[index] >= 0
    thousands = max(len(analysis.reflowed.symbols), _SHORTEST_PAGE) / 1000
    return word, (
        float(np.clip(edits.gain[index], -_GAIN_LIMIT, _GAIN_LIMIT)),
        float(edits.cost[index]),
        float(np.clip(analysis.network_log_odds[index], -_LOG_ODDS_LIMIT, _LOG_ODDS_LIMIT)),
        float(not set(before + written) <= _MARKS),
        float(min(margin, _MARGIN_LIMIT)),
        float(min(len(word), _WORD_LIMIT)),
        float(min(len(word_before), _WORD_LIMIT)),
        float(np.log1p(max(apparent - is_apparent, 0) / thousands)),
    )


def _written(analysis: TextAnalysis, index: int) -> str:
    """What an edit writes, "" for a deletion."""
    symbol = int(analysis.edits.written[index])
    return "" if symbol == PAD else SYMBOLS[symbol]


def _replacement(analysis: TextAnalysis, index: int) -> str:
    """What stands in the place of an edit's anchor afterwards."""
    written = _written(analysis, index)
    kept = "" if analysis.edits.length[index] else analysis.reflowed.text[int(analysis.edits.anchor[index])]
    return kept + written


def _rivals(analysis: TextAnalysis, index: int) -> NDArray[np.int64]:
    """The other edits, by index, of the same character and of its neighbours, of which only one can be right."""
    anchors = analysis.edits.anchor
    bounds = (anchors[index] - _RIVAL_REACH, anchors[index] + _RIVAL_REACH + 1)
    first, last = np.searchsorted(anchors, bounds)
    near: NDArray[np.int64] = np.arange(first, last)
    others: NDArray[np.int64] = near[near != index]
    return others


def _word(text: str, position: int, length: int, lexicon: Lexicon) -> str:
    """The longest word over `position..position + length`, or over the gap at `position`; empty when there is none."""
    if length:
        return lexicon.longest_over(text, position, position + length)
    return lexicon.spanning(text[:position], text[position:], shortest=2)
