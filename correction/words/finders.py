"""Findings about spaces and words, with the evidence that a reviewer sees."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from correction.clusters import marks_wander
from correction.facts.unreadable import unreadable_regions
from correction.rule import Context, Match
from correction.words.calibration import calibration
from correction.words.lost_marks import LostMarks, lost_marks
from correction.words.manner import is_chat, is_list
from correction.words.missing_spaces import FEATURES, missing_spaces
from correction.words.misspelt import DRAWN, OWN_READERS, Misspelling, misspellings, outside_names
from correction.words.pair_errors import pair_errors
from correction.words.spacing_profile import spacing_profile
from correction.words.spurious_spaces import SpuriousSpace, spurious_spaces
from dictionaries.lexicon import LONGEST
from model.evidence import Evidence, EvidenceKind

_AROUND = 8  # characters shown on either side
_CLEAR = 3
"""Characters between two edits that do not share a word's error."""
MISSING_SPACE = 0.8
"""Least probability of a space that the page shows."""
MISSPELT = 0.6
"""Least probability of a proposal about a word: see `benchmarks/correction.py` for the precision that it holds."""
MISSPELT_ON_PAGE = 0.85
"""The same on a page with an image. On 68 pages, 28 of them of kinds that nothing was made with, as three readers read
them, 53 of 137 proposals from 0.6 to here were false, and 17 of 686 from here up, by folds."""
MISSPELT_ALONE = 0.85
"""The same where nothing but the models speaks for it: no other reader, and hardly another error of the text. In
600,000 letters of sound text of eight kinds 17 of 19 proposals from 0.6 to here were false."""
OTHER_WORD = 0.9
"""Least probability of a word in another's place."""
FRAMED = 0.9
"""That of one in a frame of the rarer word: in 47 million letters of news no frame holds the other one."""
LOST_IN_TEXT = 0.98
"""Least probability that a consonant has lost two marks where there is no image: rare names look as if they had."""
_OTHER_ERRORS = math.log1p(1.0)
"""Error density from which a text is one with errors: another one in a thousand characters."""
_OTHER_ERRORS_OF_LIST = math.log1p(3.0)
"""The same of a list: what looks like an error may be a foreign name, and there are more of these than errors."""
_NEVER = 2.0
_LONG_WORD = 7
_BEGINS, _ENDS = re.compile("[\u0e01-\u0e4e]*\\Z"), re.compile("[\u0e01-\u0e4e]+")
_A_PAGE = 1000
"""Characters from which it says something that no other error is there."""


def spurious_space_finder(*, inside: bool) -> Callable[[Context], Iterator[Match]]:
    """Finds the spurious spaces inside of words, or those between words."""

    def find(context: Context) -> Iterator[Match]:
        if is_chat(context):
            return
        for spurious in spurious_spaces(context, context.known, inside=inside):
            yield _of_spurious_space(spurious)

    return find


def _of_spurious_space(spurious: SpuriousSpace) -> Match:
    space = spurious.space
    evidence = [Evidence(EvidenceKind.LIKELIER, score=round(space.gain, 1))]
    if space.network:
        evidence.append(Evidence(EvidenceKind.NETWORK, score=round(space.network, 1)))
    if spurious.width is not None:
        evidence.append(Evidence(EvidenceKind.WIDE_GAP, score=round(spurious.width, 2)))
    if spurious.word:
        message = f"A space stands inside a word: {spurious.word}."
        evidence.append(Evidence(EvidenceKind.WORD, (spurious.word,)))
    else:
        joined = spurious.before[-_AROUND:] + spurious.behind[:_AROUND]
        message = f"A space stands between words that are written together: {joined}."
    return Match(space.offset, space.offset + 1, "", tuple(evidence), round(spurious.probability, 3), message)


def find_missing_spaces(context: Context) -> Iterator[Match]:
    """Finds spaces that the page shows and the text has not."""
    model = calibration()["missing space on a page"]
    for missing in missing_spaces(context, context.known):
        probability = model.probability(missing.features)
        if probability >= MISSING_SPACE:
            values = dict(zip(FEATURES, missing.features, strict=True))
            evidence = (
                Evidence(EvidenceKind.WIDE_GAP, score=round(values["width"], 2)),
                Evidence(EvidenceKind.LIKELIER, score=round(values["gain"], 1)),
                Evidence(EvidenceKind.NETWORK, score=round(values["network"], 1)),
            )
            after = f"{context.text[missing.offset]} "
            yield Match(missing.offset, missing.offset + 1, after, evidence, round(probability, 3))


def find_misspellings(context: Context) -> Iterator[Match]:
    """Finds misspelt words: the likeliest edits, no two within three characters of each other."""
    if is_chat(context):
        return
    known = context.known
    on_page = spacing_profile(context) is not None
    unreadable, wandering = unreadable_regions(context), marks_wander(context)
    every: tuple[Misspelling | LostMarks, ...] = (*misspellings(context, known), *lost_marks(context, known))
    found = {
        one: _probability(one, context, on_page)
        for one in every
        if not any(region.start <= one.start < region.end for region in unreadable)
        and (context.reading.reader.name != DRAWN or one.has_second_witness)
        and not (wandering and not one.after)  # a mark that stands in a wrong place belongs in another
    }
    likely = outside_names(
        context, [one for one in found if found[one] >= _least(one, context, on_page)], known
    )
    taken: set[int] = set()
    for one in sorted(likely, key=lambda one: (-found[one], one.start, one.after)):
        if one.position not in taken:
            taken.update(range(one.position - _CLEAR, one.position + _CLEAR + 1))
            yield _of_misspelling(one, found[one])


def find_pair_errors(context: Context) -> Iterator[Match]:
    """Finds words that stand where another that looks like them belongs."""
    if is_chat(context) or context.reading.reader.name == DRAWN:
        return
    known, model = context.known, calibration()["word in another's place"]
    unreadable = unreadable_regions(context)
    for one in outside_names(context, pair_errors(context, known), known):
        probability = max(model.probability(one.features), FRAMED if one.framed else 0.0)
        readable = not any(region.start <= one.start < region.end for region in unreadable)
        if probability < OTHER_WORD or not readable or context.text[one.start] == one.after:
            continue
        said, gain = one.features
        # A frame is no matter of degrees: what the single words weigh besides may even speak against it.
        evidence = (
            Evidence(EvidenceKind.AROUND_IT, (one.other, one.word), round(said, 1) if said > 0 else None),
            Evidence(EvidenceKind.LIKELIER, score=round(gain, 1)),
        )
        message = f"{one.word} looks like {one.other}, which belongs here."
        yield Match(one.start, one.end, one.after, evidence, round(probability, 3), message)


def _least(one: Misspelling | LostMarks, context: Context, on_page: bool) -> float:
    if isinstance(one, LostMarks) and not on_page:
        return LOST_IN_TEXT
    agree = one.witnesses.agree if isinstance(one, Misspelling) else 0.0
    other_errors = _OTHER_ERRORS_OF_LIST if is_list(context) else _OTHER_ERRORS
    damaged = len(context.text) < _A_PAGE or one.error_density >= other_errors or agree > 0
    if not agree and _is_a_word(context, one.start):
        return _NEVER
    if damaged:
        return MISSPELT_ON_PAGE if on_page else MISSPELT
    return MISSPELT_ALONE


def _is_a_word(context: Context, at: int) -> bool:
    """Whether the letters around a place, up to what is not Thai on either side, are a word that is listed, or hold a
    long one there: no slip makes that."""
    lexicon = context.known.lexicon
    if len(lexicon.longest_over(context.text, at, at + 1)) >= _LONG_WORD:
        return True
    head = _BEGINS.search(context.text, max(at - LONGEST, 0), at)
    tail = _ENDS.match(context.text, at)
    return head is not None and tail is not None and head[0] + tail[0] in lexicon


def _probability(one: Misspelling | LostMarks, context: Context, on_page: bool) -> float:
    if isinstance(one, LostMarks):
        return calibration()["two lost marks"].probability(one.features)
    in_text = calibration()["misspelling in text"]
    if on_page:
        own = context.reading.reader.name in OWN_READERS
        return calibration()["misspelling on a page"].probability(one.on_page(in_text, own_reader=own))
    if is_list(context) and one.error_density < _OTHER_ERRORS_OF_LIST:
        return in_text.probability(one.without_other_errors())
    return in_text.probability(one.features)


def _of_misspelling(one: Misspelling | LostMarks, probability: float) -> Match:
    evidence = [Evidence(EvidenceKind.LIKELIER_AFTER_COST, score=round(one.score, 1))]
    others: tuple[str, ...] = ()
    if isinstance(one, Misspelling):
        evidence.append(Evidence(EvidenceKind.NETWORK, score=round(one.network, 1)))
        evidence += one.witnesses.evidence
        others = one.others
    if one.word:
        evidence.insert(1 + isinstance(one, Misspelling), Evidence(EvidenceKind.WORD, (one.word,)))
    message = f"Misspelt: probably {one.word}." if one.word else None
    return Match(
        one.start, one.end, one.after, tuple(evidence), round(probability, 3), message, alternatives=others
    )
