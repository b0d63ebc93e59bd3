"""Runs the rules over a reading: pure, linear in the text, and nothing lost.

Stage by stage the rules look at a view with everything applied that stands so far. What they find is
lifted to raw offsets, checked, given its lasting id and the ids of what it absorbed.

A rule that breaks, by raising or by breaking an invariant, costs neither the page nor the silence: its
findings on that page are left out and a flag over the whole text names the rule and the error, so that
somebody has to look before the page can be signed. Where it cannot be found what a page hands on to the next,
it hands on nothing. With `strict` the error is raised instead, which is
what tests and benchmarks want.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby

from correction.analyses import Analyses
from correction.catalogue import default_rules
from correction.facts.wrong_encoding import misread_lines
from correction.glyphs import drawn
from correction.places.analyse import handed_on
from correction.resolve import resolve, winning_edits
from correction.rule import Context, Match, Rule, Stage
from correction.view import NoChange, View
from correction.witness import Witness
from dictionaries.code_identity import code_identity
from dictionaries.resources import Resources, default_resources
from dictionaries.version import dictionaries_version
from model.account import Account
from model.carried import Carried
from model.edit import Edit, Finding, Findings, Flag, Proposal, Safety, Span, finding_id
from model.errors import DictionaryError, RuleError
from model.evidence import Evidence
from model.page import Reading

# How many characters on either side of a SAFE edit are compared as drawn: more than any run of marks.
_NEIGHBOURHOOD = 8
_CODE = (
    "correction.engine", "correction.rules.*", "correction.levels", "correction.suppressions", "correction.reliability",
)  # fmt: skip
"""The modules that findings come from, with all that they import: rules run where they are, whoever lists them."""
_REMEDY = "Its findings on this page are missing; please report the rule and the text."


def propose(
    reading: Reading,
    rules: Sequence[Rule] | None = None,
    *,
    witnesses: Sequence[Reading] = (),
    account: Account | None = None,
    under: Carried | None = None,
    known: Resources | None = None,
    dictionaries: str | None = None,
    strict: bool = False,
) -> Findings:
    """All that the rules (by default all there are) find in a reading, in order of place.

    `witnesses` are other readings of the same page: evidence for the rules that ask for it, as is `account`, the page's
    ink held against the letters of `reading`. `under` is what the page before has handed on to this one. `known` is
    what the rules about places and words stand on, by default what comes with the program, and `dictionaries` the
    version of it.

    Raises:
        ValueError: two rules share a code.
        RuleError: with `strict`, a rule raised or broke an invariant; the message names it.
        DictionaryError: a dictionary or model that comes with the program is damaged.
    """
    chosen = default_rules() if rules is None else tuple(rules)
    version = ruleset_version(chosen)
    page, known = _PageUnderWork(reading), known or default_resources()
    aligned = tuple(Witness(reading, witness) for witness in witnesses)
    about_it = [rule for rule in chosen if not rule.readers or reading.reader.name in rule.readers]
    analyses = Analyses()
    as_read = Context(page.view(), reading, aligned, known, account, under, analyses)
    if any(one.whole for one in as_read.shared(misread_lines)):
        # Its letters are no Thai, and no rule about them can judge.
        about_it = [rule for rule in about_it if rule.stage is Stage.TEXT]
    by_stage = sorted(about_it, key=lambda r: (r.stage, r.code))
    carried: Carried | None = None
    for stage, group in groupby(by_stage, key=lambda r: r.stage):
        context = Context(page.view(), reading, aligned, known, account, under, analyses)
        for rule in group:
            try:
                page.add(rule, context)
            except RuleError as error:
                if strict:
                    raise
                page.add_broken(rule, error)
        if stage is Stage.PLACES:
            try:
                carried = _handed_on(context, known)
            except RuleError:
                if strict:
                    raise
    found = page.findings(version, dictionaries_version() if dictionaries is None else dictionaries)
    return replace(found, under=under, hands_on=carried)


def _handed_on(context: Context, known: Resources) -> Carried | None:
    """What a page hands on.

    Raises:
        RuleError: to find that out broke. Whatever rule stands on the same analysis is flagged for it.
        DictionaryError: a dictionary or model is damaged.
    """
    try:
        return handed_on(context, known)
    except (RuleError, DictionaryError):
        raise
    except Exception as error:
        raise RuleError(
            f"What the page hands on to the next was not found: {type(error).__name__}: {error}.",
            remedy="Please report the text.",
        ) from error


def ruleset_version(rules: Sequence[Rule] | None = None) -> str:
    """A short lasting name for a set of rules and the program that runs them.

    It changes with every rule that is in the set or not, with every level, and with the code of the rules and of all
    that they import, models and libraries included (`dictionaries.code_identity`). A rule's `version` is for people.

    Raises:
        ValueError: two rules share a code.
        MissingProgram: the program's sources are not there.
    """
    chosen = default_rules() if rules is None else tuple(rules)
    codes = [r.code for r in chosen]
    if len(set(codes)) != len(codes):
        raise ValueError(f"rules share a code: {sorted(codes)}")
    rows = sorted(f"{r.code} {r.level.name}\n" for r in chosen)
    rows.append(f"code {code_identity(*_CODE)}\n")
    return hashlib.sha256("".join(rows).encode()).hexdigest()[:12]


class _PageUnderWork:
    """What was found so far in one reading."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._sha256 = reading.sha256
        self._proposals: dict[str, Proposal] = {}
        self._flags: dict[str, Flag] = {}
        self._view = View(reading.text)
        self._standing: dict[Edit, Proposal] = {}
        self._seen = 0

    def view(self) -> View:
        """The text with all applied that stands now."""
        if len(self._proposals) != self._seen:
            self._seen = len(self._proposals)
            standings = resolve(tuple(self._proposals.values()))
            self._standing = {s.proposal.edit: s.proposal for s in standings if s.stands}
            self._view = View(self._text, winning_edits(standings))
        return self._view

    def add(self, rule: Rule, context: Context) -> None:
        """Run one rule and keep what it finds, or nothing of it when it breaks.

        Raises:
            RuleError: the rule raised or broke an invariant.
            DictionaryError: it needs a dictionary or model that is damaged.
        """
        try:
            found = [self._found(rule, match, context.view) for match in rule.find(context)]
        except (RuleError, DictionaryError):  # a dictionary would fail every page alike
            raise
        except Exception as error:
            raise RuleError(
                f"Rule {rule.code} ({rule.name}) broke: {type(error).__name__}: {error}.", remedy=_REMEDY
            ) from error
        for item in found:
            if isinstance(item, Flag):
                self._flags.setdefault(item.id, item)
            else:
                self._proposals.setdefault(item.id, item)

    def add_broken(self, rule: Rule, error: RuleError) -> None:
        """Flag the whole text, because one rule's findings are missing."""
        flag = self._flag(rule, Span(0, len(self._text)), str(error))
        self._flags[flag.id] = flag

    def findings(self, ruleset: str, dictionaries: str) -> Findings:
        """Everything, in order of place."""
        proposals = sorted(self._proposals.values(), key=lambda p: (p.edit.span, p.rule, p.edit.after))
        flags = sorted(self._flags.values(), key=lambda f: (f.span, f.rule))
        return Findings(self._sha256, tuple(proposals), tuple(flags), ruleset, dictionaries)

    def _found(self, rule: Rule, match: Match, view: View) -> Finding:
        """The match as a finding in raw offsets, with its id and what it absorbs."""
        _check(rule, match, view)
        message = rule.message if match.message is None else match.message
        if match.after is None:
            span = view.raw_span(match.start, match.end)
            return self._flag(rule, span, message, match.evidence, match.people)
        try:
            edit, absorbed_edits = view.lift(match.start, match.end, match.after)
        except NoChange as back:
            undone = ", ".join(sorted({self._standing[e].rule for e in back.absorbed}))
            return self._flag(rule, back.span, f"{message} The text as read says so, {undone} changed it.")
        absorbed = [self._standing[e] for e in absorbed_edits]
        # No surer, no safer and with no fewer people than what it builds on.
        safety = min([rule.level if match.safety is None else match.safety, *(p.safety for p in absorbed)])
        if safety is Safety.SAFE:
            self._check_safe(rule, edit)
        return Proposal(
            id=finding_id(self._sha256, rule.code, edit.span, edit.after),
            rule=rule.code,
            rule_version=rule.version,
            edit=edit,
            message=message,
            evidence=match.evidence,
            confidence=min([match.confidence, *(p.confidence for p in absorbed)]),
            safety=safety,
            alternatives=_lifted(match, view),
            supersedes=tuple(p.id for p in absorbed),
            people=max([match.people, *(p.people for p in absorbed)]),
        )

    def _flag(
        self, rule: Rule, span: Span, message: str, evidence: tuple[Evidence, ...] = (), people: int = 1
    ) -> Flag:
        identity = finding_id(self._sha256, rule.code, span, None)
        return Flag(identity, rule.code, span, message, evidence, people)

    def _check_safe(self, rule: Rule, edit: Edit) -> None:
        """Facts are never SAFE: what is drawn around the edit must be the same with it and without."""
        start, end = edit.span.start, edit.span.end
        head = self._text[max(start - _NEIGHBOURHOOD, 0) : start]
        tail = self._text[end : end + _NEIGHBOURHOOD]
        if drawn(head + edit.before + tail) != drawn(head + edit.after + tail):
            raise _broken(rule, f"calls {edit.before!r} -> {edit.after!r} SAFE, but that draws other glyphs")


def _check(rule: Rule, match: Match, view: View) -> None:
    start, end = match.start, match.end
    if not 0 <= start < end <= len(view.text):
        raise _broken(rule, f"found something at {start}..{end} in a text of {len(view.text)}")
    if not 0.0 <= match.confidence <= 1.0:
        raise _broken(rule, f"gave a confidence of {match.confidence}")
    if match.people < 1:
        raise _broken(rule, f"asks for {match.people} people")
    if match.after is None:
        return
    if match.after == view.text[start:end]:
        raise _broken(rule, f"replaces {match.after!r} by itself")
    level = rule.level if match.safety is None else match.safety
    if not Safety.FLAG < level <= rule.level:
        raise _broken(rule, f"of level {rule.level.name} gave a replacement of level {level.name}")


def _broken(rule: Rule, what: str) -> RuleError:
    return RuleError(f"Rule {rule.code} ({rule.name}) {what}.", remedy=_REMEDY)


def _lifted(match: Match, view: View) -> tuple[str, ...]:
    """The alternatives as texts for the raw span; the raw text itself is no alternative to itself."""
    lifted: list[str] = []
    for text in match.alternatives:
        with suppress(NoChange):
            lifted.append(view.lift(match.start, match.end, text)[0].after)
    return tuple(lifted)
