"""Findings about spaces and words, with the evidence that a reviewer sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from correction.rule import Context, Match
from correction.words.chance import chances
from correction.words.missing import missing_spaces
from correction.words.misspelt import Misspelling, misspellings, outside_names
from correction.words.printed import print_of
from correction.words.strays import Stray, strays
from model.evidence import Evidence, EvidenceKind

_AROUND = 8  # letters shown on either side
_CLEAR = 3
"""Letters between two edits that do not share a word's error."""
SHOWN = 0.8
"""Least probability of a space that the page shows."""
MISSPELT = 0.6
"""Least probability of a proposal about a word: see `benchmarks/correction.py` for the precision that it holds."""


def stray_finder(*, inside: bool) -> Callable[[Context], Iterator[Match]]:
    """Finds the strays inside of words, or those between words."""

    def find(context: Context) -> Iterator[Match]:
        for stray in strays(context, context.known, inside=inside):
            yield _of_stray(stray)

    return find


def _of_stray(stray: Stray) -> Match:
    space = stray.space
    evidence = [Evidence(EvidenceKind.LIKELIER, score=round(space.gain, 1))]
    if stray.network:
        evidence.append(Evidence(EvidenceKind.NETWORK, score=round(stray.network, 1)))
    if stray.wide is not None:
        evidence.append(Evidence(EvidenceKind.WIDE_GAP, score=round(stray.wide, 2)))
    message = None
    if stray.word:
        message = f"A space stands inside a word: {stray.word}."
        evidence.append(Evidence(EvidenceKind.WORD, (stray.word,)))
    else:
        joined = stray.before[-_AROUND:] + stray.behind[:_AROUND]
        message = f"A space stands between words that are written together: {joined}."
    return Match(space.place, space.place + 1, "", tuple(evidence), round(stray.chance, 3), message)


def find_missing_spaces(context: Context) -> Iterator[Match]:
    """Finds spaces that the page shows and the text has not."""
    chance = chances()["missing space on a page"]
    for one in missing_spaces(context, context.known):
        likely = chance.of(one.features)
        if likely >= SHOWN:
            letter = context.text[one.place]
            evidence = [
                Evidence(EvidenceKind.WIDE_GAP, score=round(one.features[0], 2)),
                Evidence(EvidenceKind.LIKELIER, score=round(one.features[2], 1)),
                Evidence(EvidenceKind.NETWORK, score=round(one.features[3], 1)),
            ]
            yield Match(one.place, one.place + 1, f"{letter} ", tuple(evidence), round(likely, 3))


def find_misspellings(context: Context) -> Iterator[Match]:
    """Finds misspelt words: the likeliest edits, no two within three letters of each other."""
    known = context.known
    on_page = print_of(context.reading) is not None
    found = {one: _chance(one, on_page) for one in misspellings(context, known)}
    likely = outside_names(context, [one for one in found if found[one] >= MISSPELT], known)
    taken: set[int] = set()
    for one in sorted(likely, key=lambda one: (-found[one], one.start, one.after)):
        if one.at not in taken:
            taken.update(range(one.at - _CLEAR, one.at + _CLEAR + 1))
            yield _of_misspelling(one, found[one])


def _chance(one: Misspelling, on_page: bool) -> float:
    in_text = chances()["misspelling in text"]
    if on_page:
        return chances()["misspelling on a page"].of(one.on_page(in_text))
    return in_text.of(one.features)


def _of_misspelling(one: Misspelling, likely: float) -> Match:
    evidence = (
        Evidence(EvidenceKind.LIKELIER_AFTER_COST, score=round(one.score, 1)),
        Evidence(EvidenceKind.NETWORK, score=round(one.network, 1)),
        *((Evidence(EvidenceKind.WORD, (one.word,)),) if one.word else ()),
        *one.heard.evidence,
    )
    message = f"Misspelt: probably {one.word}." if one.word else None
    return Match(one.start, one.end, one.after, evidence, round(likely, 3), message, alternatives=one.others)
