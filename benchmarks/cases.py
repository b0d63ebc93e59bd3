"""Cases for calibration: what is known of a possible finding, and whether it is right."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.common import Case
from benchmarks.judge import SOURCE_ERRORS, Worth, judge, mends_source, source_errors
from benchmarks.strays import RATES, lost_spaces, strays, strays_on_page, without_spaces
from correction.catalogue import rules_of
from correction.engine import propose
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from correction.view import View
from correction.words import gaps, misspelt
from correction.words.chance import Chance
from correction.words.denoiser.clues import KEEP, NOTHING
from correction.words.look import LIKELY_STRAY, look
from correction.words.missing import missing_spaces
from correction.words.printed import print_of
from dictionaries.known import own
from dictionaries.letters import SYMBOLS, ids
from model.edit import Edit, Proposal, Safety, Span
from model.page import Page, Reader, Reading
from training.denoiser.noise import channels, damage

SEED = 20260101
GLYPHS = rules_of("ENC", "SPC0")
"""The rules that mend characters, before any word is looked at."""
OWN_STRAY = 9.0
"""Nats of gain from which a space of the source's own is not counted against a finding, unless a word behind it often
starts a phrase: of the 25 with the highest gain 20 are strays by the source's typist (`อย่าง มั่นคง`, `รวม ถึง`), and the
others stand before และ and หรือ."""
BOUND_STRAY = 5.0
"""The same for a space behind a conjunction or preposition, which is no place for one (`และ ตรวจสอบได้`)."""
OWN_ERROR = (6.0, 2.0)
"""Score in nats and the network's log odds from which an edit of the source's own text, away from the damage, is not
counted against a finding: of those read by eye all are slips of its typist (`ไวร้ส`, `อุดรดิตถ์`, `ลุงทุน`)."""
AWAY = 6
"""Letters from the nearest damage that make a text its source's own."""
ROUNDS = 4
"""How often the pages are used, with strays (or missing spaces) in other places each time."""
MISSING = 0.1
"""Spaces taken out of a page."""
REALLY_MISSING = 0.0035
"""What share of the spaces on 36 scans both readers together have missed: 17 of 4,800."""
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

    def add(self, features: tuple[float, ...], right: bool, fold: int) -> None:
        """One more case."""
        self.features.append(features)
        self.right.append(right)
        self.folds.append(fold)


def spaces_in_text(texts: Iterable[str]) -> Cases:
    """Strays in sound texts: none, few or many in each in turn, for strays come in company."""
    rng = np.random.default_rng(SEED)
    known, cases, typists = own(), Cases(), source_errors(SOURCE_ERRORS)
    for number, sound in enumerate(texts):
        text, places = strays(sound, rng, RATES[number % len(RATES)])
        inserted = set(places)
        seen = look(text, known.confusions)
        asked = set()
        for space in gaps.spaces(seen):
            if space.gain < LIKELY_STRAY:
                continue
            asked.add(space.place)
            word = gaps.spanning(seen.text.text, space.at, known.lexicon)
            features = gaps.features(seen.text.text, space, word)
            of = dict(zip(gaps.TEXT_FEATURES, features, strict=True))
            likely = space.gain >= (BOUND_STRAY if of["binds"] else OWN_STRAY) and not of["joins"]
            edit = Edit(Span(space.place, space.place + 1), text[space.place], "")
            if space.place in inserted or not (likely or mends_source(text, edit, typists)):
                cases.add(features, space.place in inserted, number % 10)
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


def fold_of(case: Case) -> int:
    """All scans of one text belong to one fold."""
    return sum(case.truth.name.encode()) % 10


def spaces_on_pages(pages: Sequence[tuple[Case, Page]]) -> Cases:
    """Strays on pages with an image."""
    rng = np.random.default_rng(SEED)
    known, cases = own(), Cases()
    for number, (case, page) in enumerate([*pages] * ROUNDS):
        reading, places = strays_on_page(
            page.reading, rng, RATES[(number + number // len(pages)) % len(RATES)]
        )
        inserted = set(places)

        def look_at(context: Context, case: Case = case, inserted: set[int] = inserted) -> Iterator[Match]:
            seen, page = look(context.text, known.confusions), print_of(context.reading)
            for space in gaps.spaces(seen):
                wide = None if page is None else page.behind(context, space.place - 1)
                raw = context.view.origin(space.place)
                if wide is not None and raw is not None:
                    right = raw in inserted or _is_stray(context.reading.text, raw, case.truth_text)
                    word = gaps.spanning(seen.text.text, space.at, known.lexicon)
                    cases.add((*gaps.features(seen.text.text, space, word), wide), right, fold_of(case))
            yield from ()

        propose(reading, (*GLYPHS, probe(Stage.WORDS, look_at)), strict=True)
    return cases


def _is_stray(raw: str, at: int, truth: str) -> bool:
    """Whether a space that the reader itself wrote is not printed: without it the text is nearer to the truth."""
    edit = Edit(Span(at, at + 1), raw[at], "")
    proposal = Proposal("0", "SPC101", 1, edit, "", (), 1.0, Safety.REVIEW)
    return judge(raw, truth, [proposal])[0].worth is Worth.RIGHT


def missing_on_pages(pages: Sequence[tuple[Case, Page]]) -> Cases:
    """Spaces taken out of pages with an image, which are rarer in life."""
    rng = np.random.default_rng(SEED)
    known = own()
    cases = Cases(rarer=_logit(MISSING) - _logit(REALLY_MISSING))
    for case, page in [*pages] * ROUNDS:
        reading, places = without_spaces(page.reading, rng, MISSING)
        lost = set(places) | lost_spaces(reading.text, case.truth_text)

        def look_at(context: Context, case: Case = case, lost: set[int] = lost) -> Iterator[Match]:
            for one in missing_spaces(context, known):
                raw = context.view.origin(one.place)
                if raw is not None:
                    cases.add(one.features, raw in lost, fold_of(case))
            yield from ()

        propose(reading, (*GLYPHS, probe(Stage.WORDS, look_at)), strict=True)
    return cases


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def misspellings_on_pages(pages: Sequence[tuple[Case, Page]], in_text: Chance) -> Cases:
    """What the model finds on pages, held against the truth, given what is probable in text; errors of the source
    itself left out."""
    known, cases = own(), Cases()
    judged_by_eye = source_errors(SOURCE_ERRORS)

    def look_at(context: Context) -> Iterator[Match]:
        for one in misspelt.outside_names(context, misspelt.misspellings(context, known), known):
            features = json.dumps(one.on_page(in_text))  # a message, which comes back with the proposal
            if one.after != context.text[one.start : one.end]:
                yield Match(one.start, one.end, one.after, message=features)

    for case, page in pages:
        rules = (*GLYPHS, *rules_of("GAZ"), probe(Stage.WORDS, look_at))
        found = propose(page.reading, rules, witnesses=page.readings[1:], strict=True).proposals
        proposals = [p for p in found if p.rule == "LEX999"]
        for judged in judge(page.reading.text, case.truth_text, proposals, judged_by_eye):
            if judged.worth is not Worth.NEUTRAL:
                features = tuple(json.loads(judged.proposal.message))
                cases.add(features, judged.worth is Worth.RIGHT, fold_of(case))
    return cases


def misspellings_in_text(texts: Iterable[str]) -> Cases:
    """Misreadings put into sound texts: none, few or many in each in turn."""
    rng = np.random.default_rng(SEED)
    ways, known, cases = channels()[:2], own(), Cases()
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
            right = _mends(one, text, damaged.here, damaged.behind)
            away = np.abs(wrong - one.start).min(initial=AWAY) >= AWAY
            typists = away and one.score >= OWN_ERROR[0] and one.network >= OWN_ERROR[1]
            if right:
                found.add(one.start)
            if right or not typists:
                cases.add(one.features, right, number % 10)
        cases.unseen += len(set(wrong.tolist()) - found)
    return cases


def context_of(text: str) -> Context:
    """A text without an image, as a rule sees it."""
    return Context(View(text), Reading.of_text(text, Reader("benchmark", "1")))


def _mends(one: misspelt.Misspelling, text: str, here: np.ndarray, behind: np.ndarray) -> bool:
    """Whether an edit is what belongs at its place."""
    if len(one.after) == 2:
        return bool(behind[one.start] == ids(one.after[1])[0])
    belongs = int(ids(one.after)[0]) if one.after else NOTHING
    return bool(here[one.start] == belongs)
