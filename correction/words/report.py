"""Findings about spaces and words, with the evidence that a reviewer sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from correction.rule import Context, Finding
from correction.words.analyse import analyse
from correction.words.chance import chances
from correction.words.misspelt import Misspelling, in_source
from correction.words.strays import Stray, strays
from correction.words.testimony import hear
from dictionaries.known import Known
from dictionaries.language_model import load
from model.edit import Evidence

_AROUND = 8  # letters shown on either side
_PLAIN = 4.0
"""Nats from which an edit stands on its own."""
_COMPANY = 2
_LIKELY = 0.6
"""Least probability of a proposal about a word: see `benchmarks/correction.py` for the precision it holds."""


def stray_finder(known: Known, *, inside: bool) -> Callable[[Context], Iterator[Finding]]:
    """Finds the strays inside of words, or those between words."""

    def find(context: Context) -> Iterator[Finding]:
        for stray in strays(context, known):
            if bool(stray.word) == inside:
                yield _of_stray(context, stray)

    return find


def _of_stray(context: Context, stray: Stray) -> Finding:
    space = stray.space
    text = analyse(context.text).text
    evidence = [
        Evidence("language model", "the text is likelier without the space, in nats", round(space.gain, 1))
    ]
    if stray.wide is not None:
        detail = "how much wider the gap is than between the letters of the line, in x-heights"
        evidence.append(Evidence("image", detail, round(stray.wide, 2)))
    message = None
    if stray.word:
        message = f"A space stands inside a word: {stray.word}."
        evidence.append(Evidence("lexicon", stray.word))
    else:
        joined = text[max(space.at - _AROUND, 0) : space.at] + text[space.at + 1 : space.at + 1 + _AROUND]
        message = f"A space stands between words that are written together: {joined}."
    return Finding(space.place, space.place + 1, "", tuple(evidence), round(stray.chance, 3), message)


def misspelling_finder(known: Known) -> Callable[[Context], Iterator[Finding]]:
    """Finds misspelt words. An edit of little proof counts only on a page where others are plain: sound text has rare
    words in it, but no company of errors."""

    def find(context: Context) -> Iterator[Finding]:
        chance = chances()["misspelling"]
        found = list(in_source(context, load(), known))
        plain = sum(item.score >= _PLAIN for _, _, _, item in found)
        for start, end, after, item in found:
            if item.score < _PLAIN and plain < _COMPANY:
                continue
            said = hear(context, start, end, after)
            likely = said.adjust(chance.of(item.features))
            if likely >= _LIKELY:
                yield _of_misspelling(start, end, after, item, likely, said.evidence)

    return find


def _of_misspelling(
    start: int, end: int, after: str, item: Misspelling, likely: float, heard: tuple[Evidence, ...]
) -> Finding:
    evidence = (
        Evidence(
            "language model",
            "how much likelier the text is, the misreading's cost taken off, in nats",
            round(item.score, 1),
        ),
        *((Evidence("lexicon", item.word),) if item.word else ()),
        *heard,
    )
    message = f"Misspelt: probably {item.word}." if item.word else None
    others = tuple(text for other in item.others if (text := item.written(other, after)) != after)
    return Finding(start, end, after, evidence, round(likely, 3), message, alternatives=others)
