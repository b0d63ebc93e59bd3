"""Cases for calibration: what is known of a possible finding, and whether it is right."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.common import PageCase
from benchmarks.judge import SOURCE_ERRORS, Effect, fixes_source, judge, source_errors
from benchmarks.spurious_spaces import RATES, inject_spaces, inject_spaces_on_page, lost_spaces, remove_spaces
from correction.catalogue import rules_of
from correction.engine import propose
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from correction.view import View
from correction.words import misspelt, space_features
from correction.words.calibration import LogisticModel
from correction.words.denoiser.features import KEEP, NOTHING
from correction.words.lost_marks import lost_marks
from correction.words.missing_spaces import missing_spaces
from correction.words.pair_errors import errors_in, first_difference
from correction.words.spacing_profile import spacing_profile
from correction.words.text_analysis import LIKELY_SPURIOUS, analyse_text, text_analysis
from dictionaries.characters import SYMBOLS, ids
from dictionaries.resources import default_resources
from dictionaries.word_pairs import WordPairs, load_word_pairs
from model.edit import Edit, Proposal, Safety, Span
from model.page import Page, Reader, Reading
from training.denoiser.noise import channels, damage

SEED = 20260101
GLYPHS = rules_of("ENC", "SPC0")
"""The rules that mend characters, before any word is looked at."""
SOURCE_SPURIOUS = 9.0
"""Nats of gain from which a space of the source's own is not counted against a finding, unless a word behind it often
starts a phrase: of the 25 with the highest gain 20 are slips of the source's typist (`อย่าง มั่นคง`, `รวม ถึง`), and the
others stand before และ and หรือ."""
SOURCE_SPURIOUS_BOUND = 5.0
"""The same for a space behind a conjunction or preposition, which is no place for one (`และ ตรวจสอบได้`)."""
SOURCE_MISSPELT = (6.0, 2.0)
"""Score in nats and the network's log odds from which an edit of the source's own text, away from the damage, is not
counted against a finding: of those read by eye all are slips of its typist (`ไวร้ส`, `อุดรดิตถ์`, `ลุงทุน`)."""
LOST_PAIRS = (0.0, 0.0, 0.02, 0.1)
"""Pairs of marks taken out of texts, in turn, of all pairs."""
OTHER_WORDS = (0.0, 0.0, 0.02, 0.05)
"""Words put in the place of others that look like them, in turn, of all that look like another."""
SOURCE_OTHER = 8.0
"""Nats of the context and of the language model from which a word of the source's own is not counted against a finding:
what was read by eye was a slip of its typist (`สวยด่วน`)."""
REALLY_OTHER = 0.0005
"""The same in life, as readers mistake the letters that tell the words apart."""
SOURCE_LOST = 12.0
"""Score from which two lost marks of the source's own text, away from the damage, are not counted against a finding."""
AWAY = 6
"""Letters from the nearest damage that make a text its source's own."""
ROUNDS = 4
"""How often the pages are used, with spurious (or missing) spaces in other places each time."""
MISSING = 0.1
"""Spaces taken out of a page."""
REALLY_MISSING = 0.0035
"""The proportion of the spaces on 36 scans both readers together have missed: 17 of 4,800."""
_PAIR = re.compile("[\u0e01-\u0e2e](?:[\u0e31\u0e34-\u0e37\u0e38\u0e39][\u0e48\u0e49]|[\u0e34\u0e38]\u0e4c)")
ERRORS = (0.0, 0.0, 0.0005, 0.004)
"""Misreadings of all letters put into texts, in turn: sound text, and texts of other engines."""


@dataclass(slots=True)
class Cases:
    """Features, whether each case is right, and the fold it belongs to. `unseen` right ones never became a case;
    `rarer` is by how much the log odds of a right one are lower where it is used."""

    features: list[tuple[float, ...]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    unseen: int = 0
    rarer: float = 0.0

    def extend(self, more: Cases) -> None:
        """The cases of another kind besides."""
        self.features += more.features
        self.right += more.right
        self.folds += more.folds
        self.unseen += more.unseen

    def add(self, features: tuple[float, ...], right: bool, fold: int) -> None:
        """One more case."""
        self.features.append(features)
        self.right.append(right)
        self.folds.append(fold)


def spaces_in_text(texts: Iterable[str]) -> Cases:
    """Spurious spaces in sound texts: none, few or many in each in turn, for where one is, others are."""
    rng = np.random.default_rng(SEED)
    known, cases, typists = default_resources(), Cases(), source_errors(SOURCE_ERRORS)
    for number, sound in enumerate(texts):
        text, places = inject_spaces(sound, rng, RATES[number % len(RATES)])
        inserted = set(places)
        analysis = analyse_text(text, known.confusions)
        asked = set()
        for space in space_features.inner_spaces(analysis):
            if space.gain < LIKELY_SPURIOUS:
                continue
            asked.add(space.offset)
            word = space_features.spanning(analysis.reflowed.text, space.position, known.lexicon)
            features = space_features.features(analysis.reflowed.text, space, word)
            of = dict(zip(space_features.TEXT_FEATURES, features, strict=True))
            likely = (
                space.gain >= (SOURCE_SPURIOUS_BOUND if of["binds"] else SOURCE_SPURIOUS)
                and not of["starts_phrase"]
            )
            edit = Edit(Span(space.offset, space.offset + 1), text[space.offset], "")
            if space.offset in inserted or not (likely or fixes_source(text, edit, typists)):
                cases.add(features, space.offset in inserted, number % 10)
        cases.unseen += len(inserted - asked)
    return cases


def probe(stage: Stage, look_at: Callable[[Context], Iterable[Match]]) -> Rule:
    """A rule that only looks."""
    return Rule(
        code="LEX999",
        name="probe",
        version=1,
        message="probe",
        message_th="ทดลอง",
        stage=stage,
        level=Safety.REVIEW,
        find=look_at,
        positive=examples("[ก]"),
        negative=examples("ข"),
    )


def fold_of(case: PageCase) -> int:
    """All scans of one text belong to one fold."""
    return sum(case.truth.name.encode()) % 10


def spaces_on_pages(pages: Sequence[tuple[PageCase, Page]]) -> Cases:
    """Spurious spaces on pages with an image."""
    rng = np.random.default_rng(SEED)
    known, cases = default_resources(), Cases()
    for number, (case, page) in enumerate([*pages] * ROUNDS):
        reading, places = inject_spaces_on_page(
            page.reading, rng, RATES[(number + number // len(pages)) % len(RATES)]
        )
        inserted = set(places)

        def look_at(
            context: Context, case: PageCase = case, inserted: set[int] = inserted
        ) -> Iterator[Match]:
            analysis, profile = text_analysis(context, known), spacing_profile(context)
            for space in space_features.inner_spaces(analysis):
                width = None if profile is None else profile.gap_behind(context, space.offset - 1)
                raw = context.view.origin(space.offset)
                if width is not None and raw is not None:
                    right = raw in inserted or _is_spurious(context.reading.text, raw, case.truth_text)
                    word = space_features.spanning(analysis.reflowed.text, space.position, known.lexicon)
                    cases.add(
                        (*space_features.features(analysis.reflowed.text, space, word), width),
                        right,
                        fold_of(case),
                    )
            yield from ()

        propose(reading, (*GLYPHS, probe(Stage.WORDS, look_at)), strict=True)
    return cases


def _is_spurious(raw: str, at: int, truth: str) -> bool:
    """Whether a space that the reader itself wrote is not printed: without it the text is nearer to the truth."""
    edit = Edit(Span(at, at + 1), raw[at], "")
    proposal = Proposal("0", "SPC101", 1, edit, "", (), 1.0, Safety.REVIEW)
    return judge(raw, truth, [proposal])[0].effect is Effect.RIGHT


def missing_on_pages(pages: Sequence[tuple[PageCase, Page]]) -> Cases:
    """Spaces taken out of pages with an image, which are rarer in life."""
    rng = np.random.default_rng(SEED)
    known = default_resources()
    cases = Cases(rarer=_logit(MISSING) - _logit(REALLY_MISSING))
    for case, page in [*pages] * ROUNDS:
        reading, places = remove_spaces(page.reading, rng, MISSING)
        lost = set(places) | lost_spaces(reading.text, case.truth_text)

        def look_at(context: Context, case: PageCase = case, lost: set[int] = lost) -> Iterator[Match]:
            for one in missing_spaces(context, known):
                raw = context.view.origin(one.offset)
                if raw is not None:
                    cases.add(one.features, raw in lost, fold_of(case))
            yield from ()

        propose(reading, (*GLYPHS, probe(Stage.WORDS, look_at)), strict=True)
    return cases


def _logit(proportion: float) -> float:
    return math.log(proportion / (1 - proportion))


def _judged_on_pages(
    pages: Sequence[tuple[PageCase, Page]], look_at: Callable[[Context], Iterator[Match]]
) -> Cases:
    """What is found on pages, behind the rules that words build on, held against the truth; errors of the source itself
    left out. A match's message holds its features as JSON."""
    cases, judged_by_eye = Cases(), source_errors(SOURCE_ERRORS)
    for case, page in pages:
        rules = (*GLYPHS, *rules_of("GAZ"), probe(Stage.WORDS, look_at))
        found = propose(page.reading, rules, witnesses=page.readings[1:], strict=True).proposals
        proposals = [p for p in found if p.rule == "LEX999"]
        for judged in judge(page.reading.text, case.truth_text, proposals, judged_by_eye):
            if judged.effect is not Effect.NEUTRAL:
                features = tuple(json.loads(judged.proposal.message))
                cases.add(features, judged.effect is Effect.RIGHT, fold_of(case))
    return cases


def misspellings_on_pages(pages: Sequence[tuple[PageCase, Page]], in_text: LogisticModel) -> Cases:
    """What the model finds on pages, held against the truth, given what is probable in text; errors of the source
    itself left out."""
    known = default_resources()

    def look_at(context: Context) -> Iterator[Match]:
        for one in misspelt.outside_names(context, misspelt.misspellings(context, known), known):
            own = context.reading.reader.name in misspelt.OWN_READERS
            features = json.dumps(
                one.on_page(in_text, own_reader=own)
            )  # a message, which comes back with the proposal
            if one.after != context.text[one.start : one.end]:
                yield Match(one.start, one.end, one.after, message=features)

    return _judged_on_pages(pages, look_at)


def misspellings_in_text(texts: Iterable[str]) -> Cases:
    """Misreadings put into sound texts: none, few or many in each in turn."""
    rng = np.random.default_rng(SEED)
    ways, known, cases = channels()[:2], default_resources(), Cases()
    for number, sound in enumerate(texts):
        if len(sound) < 2:
            continue
        channel = ways[number // len(ERRORS) % len(ways)]
        damaged = damage(ids(sound), channel, rng, ERRORS[number % len(ERRORS)], 0.0, 0.0)
        text = "".join(SYMBOLS[letter] for letter in damaged.letters)
        wrong = np.flatnonzero((damaged.here != KEEP) | (damaged.behind != KEEP))
        found = set()
        context = context_of(text)
        for one in misspelt.outside_names(context, misspelt.misspellings(context, known), known):
            right = _fixes(one, text, damaged.here, damaged.behind)
            away = np.abs(wrong - one.start).min(initial=AWAY) >= AWAY
            typists = away and one.score >= SOURCE_MISSPELT[0] and one.network >= SOURCE_MISSPELT[1]
            if right:
                found.add(one.start)
            if right or not typists:
                cases.add(one.features, right, number % 10)
        cases.unseen += len(set(wrong.tolist()) - found)
    return cases


def lost_marks_in_text(texts: Iterable[str]) -> Cases:
    """Pairs of marks taken out of sound texts: none, few or many in each in turn."""
    rng = np.random.default_rng(SEED)
    known, cases = default_resources(), Cases()
    for number, sound in enumerate(texts):
        text, lost = _without_pairs(sound, rng, LOST_PAIRS[number % len(LOST_PAIRS)])
        found = set()
        context = context_of(text)
        for one in misspelt.outside_names(context, lost_marks(context, known), known):
            right = lost.get(one.start) == one.after
            if right:
                found.add(one.start)
            likely = one.score >= SOURCE_LOST and all(abs(at - one.start) >= AWAY for at in lost)
            if right or not likely:
                cases.add(one.features, right, number % 10)
        cases.unseen += len(set(lost) - found)
    return cases


def other_words_in_text(texts: Iterable[str]) -> Cases:
    """Words put in the place of others that look like them: none, few or many of a text's in turn, oftener than in
    life."""
    rng = np.random.default_rng(SEED)
    lexicon, pairs = default_resources().lexicon, load_word_pairs()
    cases = Cases(rarer=_logit(sum(OTHER_WORDS) / len(OTHER_WORDS)) - _logit(REALLY_OTHER))
    for number, sound in enumerate(texts):
        text, put = _with_other_words(sound, pairs, rng, OTHER_WORDS[number % len(OTHER_WORDS)])
        found = set()
        for one in errors_in(text, lexicon):
            right = put.get(one.start) == one.after
            if right:
                found.add(one.start)
            if right or min(one.features) < SOURCE_OTHER:
                cases.add(one.features, right, number % 10)
        cases.unseen += len(set(put) - found)
    return cases


def _with_other_words(
    sound: str, pairs: WordPairs, rng: np.random.Generator, rate: float
) -> tuple[str, dict[int, str]]:
    """The text with that proportion of the words that look like others put in their place; what stood at each letter
    that differs, by its place."""
    letters, put = list(sound), {}
    for start, word, others in pairs.words_in(sound):
        if rng.random() < rate:
            other = str(rng.choice(others))
            at = first_difference(word, other)
            letters[start + at], put[start + at] = other[at], word[at]
    return "".join(letters), put


def _without_pairs(sound: str, rng: np.random.Generator, rate: float) -> tuple[str, dict[int, str]]:
    """The text with that proportion of its pairs of marks taken out; what stood at each such consonant, by its
    place."""
    parts: list[str] = []
    lost: dict[int, str] = {}
    end = length = 0
    for match in _PAIR.finditer(sound):
        if rng.random() < rate:
            part = sound[end : match.start() + 1]
            parts.append(part)
            length += len(part)
            lost[length - 1] = match[0]
            end = match.end()
    return "".join((*parts, sound[end:])), lost


def lost_marks_on_pages(pages: Sequence[tuple[PageCase, Page]]) -> Cases:
    """What is found of lost pairs on pages, held against the truth; errors of the source itself left out."""
    known = default_resources()

    def look_at(context: Context) -> Iterator[Match]:
        for one in misspelt.outside_names(context, lost_marks(context, known), known):
            yield Match(one.start, one.end, one.after, message=json.dumps(one.features))

    return _judged_on_pages(pages, look_at)


def context_of(text: str) -> Context:
    """A text without an image, as a rule sees it."""
    return Context(View(text), Reading.of_text(text, Reader("benchmark", "1")))


def _fixes(one: misspelt.Misspelling, text: str, here: np.ndarray, behind: np.ndarray) -> bool:
    """Whether an edit is what belongs at its place."""
    if len(one.after) == 2:
        return bool(behind[one.start] == ids(one.after[1])[0])
    belongs = int(ids(one.after)[0]) if one.after else NOTHING
    return bool(here[one.start] == belongs)
