"""Misspelt words: single edits that the language model or the network prefers to the text, with all that is known of
each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from correction.rule import Context
from correction.words.chance import Chance
from correction.words.look import FOUND, Look, text_analysis
from correction.words.names import protected
from correction.words.testimony import Testimony, hear
from dictionaries.known import Known
from dictionaries.letters import PAD, SYMBOLS
from dictionaries.lexicon import Lexicon

TEXT_FEATURES = ("gain", "cost", "network", "letters", "ahead", "known", "was", "company")
"""What is known of an edit without an image: nats gained, what the misreading costs, the network's log odds, whether
more than marks change, by how much it is ahead of the best other edit there or beside it (`Look.worth`), letters of the
longest word over it afterwards and before (at most 12), and how many other edits of the text are right by all
appearance (log of 1 + those in 1,000 letters), because errors come in company."""
PAGE_FEATURES = ("text", "network", "heard", "agree", "deny")
"""And with an image: the log odds that these make, the network's once more, how many other readers have read the place,
the confidence of those that read what the edit writes, and of those that read the text as it stands. So few, because
there are far fewer pages than texts to fit them on."""
LEAST = 0.5
"""Score in nats below which an edit is nothing to speak of, unless the network speaks for it."""
_MOST, _SURE, _FAR, _LONG = 20.0, 10.0, 10.0, 12
_NEAR = 2
"""Letters between edits of which only one can be right."""
_ALTERNATIVES = 3
_COMPANY = re.compile("(?:[^\n\u0e01-\u0e4e]*[\u0e01-\u0e4e]){5}|[^\n]{60}")
"""Five letters of Thai, or sixty of anything, in a cell of a table or in a line that stands alone: with less a word has
no context, and a scrap that was misread as a whole looks like one misread letter."""
_PLAIN = 4.0
"""Nats from which an edit stands on its own, where the network does not speak against it."""
_SHORTEST_PAGE = 500
_MARKS = frozenset(
    "\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)


@dataclass(frozen=True, slots=True)
class Misspelling:
    """Replace `start..end` of the source by `after`; in the running text it is about the letter `at`.

    `score` are the language model's log odds in nats against the text as it stands, the misreading's cost taken off,
    `network` the network's. `word` is the word that the edit makes, `others` are further texts for the place, best
    first. `features` are the values of `TEXT_FEATURES`.
    """

    at: int
    start: int
    end: int
    after: str
    score: float
    network: float
    word: str
    others: tuple[str, ...]
    heard: Testimony
    features: tuple[float, ...]

    def on_page(self, in_text: Chance) -> tuple[float, ...]:
        """The values of `PAGE_FEATURES`, given what `TEXT_FEATURES` make probable."""
        heard = self.heard
        network = self.features[TEXT_FEATURES.index("network")]
        return in_text.log_odds(self.features), network, heard.readers, heard.agree, heard.deny


def misspellings(context: Context, known: Known) -> Iterator[Misspelling]:
    """Every edit of a context that is worth a thought, behind none of its neighbours, and no scrap that stands alone;
    in order of place, also in names (see `outside_names`).

    A lost letter is written together with the letter before it: a rule's edit replaces something.
    """
    seen = text_analysis(context, known)
    edits, odds = seen.edits, seen.odds
    leading = _leading(seen, np.flatnonzero((edits.score >= LEAST) | (odds >= FOUND)))
    places = {index: int(seen.text.places[edits.anchor[index]]) for index in leading}
    plain = np.unique(edits.anchor[(edits.score >= _PLAIN) & (odds >= 0)])
    for index in sorted(leading, key=lambda one: (places[one], one)):
        if not _alone(seen.text.text, int(edits.anchor[index])):
            yield _described(context, seen, index, places[index], len(plain), known.lexicon)


def _alone(text: str, at: int) -> bool:
    """Whether hardly a letter of Thai stands beside a place, before the next break on either side."""
    return _COMPANY.match(text, text.rfind("\n", 0, at) + 1) is None


def outside_names(context: Context, found: Iterable[Misspelling], known: Known) -> list[Misspelling]:
    """Those of some misspellings that lie in no name or abbreviation."""
    every = list(found)
    mask = protected(context, [one.start for one in every], known)
    return [one for one in every if not mask[one.start]]


def _leading(seen: Look, among: NDArray[np.int64]) -> list[int]:
    """Of some edits those that are the likeliest of their letter and of its neighbours: of all these only one can be
    right. The first of equals."""
    leading: list[int] = []
    for index in among.tolist():
        near = _near(seen, index)
        own, rivals = seen.worth[index], seen.worth[near]
        if not np.any((rivals > own) | ((rivals == own) & (near < index))):
            leading.append(index)
    return leading


def _described(
    context: Context, seen: Look, index: int, place: int, plain: int, lexicon: Lexicon
) -> Misspelling:
    text, edits = seen.text, seen.edits
    at, size = int(edits.at[index]), int(edits.size[index])
    anchor = int(edits.anchor[index])
    letter = _letter(seen, index)
    before = text.text[at : at + size]
    changed = text.text[max(at - 40, 0) : at] + letter + text.text[at + size : at + size + 40]
    middle = min(at, 40)
    word = _word(changed, middle, len(letter), lexicon)
    was = _word(text.text[max(at - 40, 0) : at + 40], middle, size, lexicon)
    near = _near(seen, index)
    ahead = seen.worth[index] - seen.worth[near].max(initial=-np.inf)
    after = letter if size else text.text[anchor] + letter
    heard = hear(context, place, place + 1, after)
    own_plain = edits.score[index] >= _PLAIN and seen.odds[index] >= 0
    company = np.log1p(max(plain - own_plain, 0) / (max(len(text.letters), _SHORTEST_PAGE) / 1000))
    same = near[edits.anchor[near] == anchor]
    rivals = same[np.argsort(-seen.worth[same], kind="stable")][:_ALTERNATIVES].tolist()
    others = (_letter(seen, r) if edits.size[r] else text.text[anchor] + _letter(seen, r) for r in rivals)
    return Misspelling(
        anchor, place, place + 1, after, float(edits.score[index]), float(seen.odds[index]), word,
        tuple(dict.fromkeys(one for one in others if one not in (after, text.text[anchor]))), heard,
        (
            float(np.clip(edits.gain[index], -_MOST, _MOST)),
            float(edits.cost[index]),
            float(np.clip(seen.odds[index], -_SURE, _SURE)),
            float(not set(before + letter) <= _MARKS),
            float(min(ahead, _FAR)),
            float(min(len(word), _LONG)),
            float(min(len(was), _LONG)),
            float(company),
        ),
    )  # fmt: skip


def _letter(seen: Look, index: int) -> str:
    new = int(seen.edits.new[index])
    return "" if new == PAD else SYMBOLS[new]


def _near(seen: Look, index: int) -> NDArray[np.int64]:
    """The other edits of the same letter and of its neighbours, of which only one can be right."""
    anchors = seen.edits.anchor
    first, last = np.searchsorted(anchors, (anchors[index] - _NEAR, anchors[index] + _NEAR + 1))
    near: NDArray[np.int64] = np.arange(first, last)
    others: NDArray[np.int64] = near[near != index]
    return others


def _word(text: str, at: int, size: int, lexicon: Lexicon) -> str:
    """The longest word over `at..at + size`, or over the gap at `at`; empty when there is none."""
    if size:
        return next(lexicon.covering(text, at, at + size), "")
    return lexicon.spanning(text[:at], text[at:], shortest=2)
