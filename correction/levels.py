"""Rules lowered, switched off, or asked for: what an operator may ask for, and what reviewers' rejections lead to.

A level goes down only: SAFE, REVIEW, FLAG, off. What a rule may at most is written in its file, where its examples
and measurements stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from correction.rule import FAMILIES, Context, Match, Rule
from model.edit import Safety
from model.errors import UsageError
from model.evidence import Evidence, EvidenceKind

OFF = "off"
_LEVELS: Mapping[str, Safety | None] = {
    "safe": Safety.SAFE, "review": Safety.REVIEW, "flag": Safety.FLAG, OFF: None,
}  # fmt: skip
_SEPARATOR = re.compile(r"[,;\s]+")
_SYNTAX = "Write CODE=LEVEL, several with commas between them, such as REP=off,GAZ203=flag."

LevelOverrides = Mapping[str, Safety | None]
"""The level asked for a rule's code or a family; None is off."""


def parse_wishes(text: str) -> dict[str, Safety | None]:
    """The overrides in `CODE=LEVEL,CODE=LEVEL`; a code may be a family's three letters.

    Raises:
        UsageError: not understood, or two overrides for one code.
    """
    overrides: dict[str, Safety | None] = {}
    for part in filter(None, _SEPARATOR.split(re.sub(r"\s*=\s*", "=", text.strip()))):
        code, sign, level = part.partition("=")
        code = code.upper()
        if not sign or level.lower() not in _LEVELS:
            raise UsageError(
                f"{part!r} sets no rule's level: the levels are {', '.join(_LEVELS)}.", remedy=_SYNTAX
            )
        if code in overrides:
            raise UsageError(f"The level of {code} is set twice.", remedy=_SYNTAX)
        overrides[code] = _LEVELS[level.lower()]
    return overrides


def at_levels(rules: Iterable[Rule], *overrides: LevelOverrides) -> tuple[Rule, ...]:
    """The rules with every override applied: the lowest of several counts; a rule that is off is left out, and so is
    one that is not enabled by default and that nobody asks for by its code.

    An override for a family lowers those of its rules that are above it.

    Raises:
        UsageError: there is no such rule or family, or an override would raise a rule above what it may.
    """
    chosen = tuple(rules)
    for one in overrides:
        _check(chosen, one)
    return tuple(_lowered_all(chosen, overrides))


def level_name(level: Safety | None) -> str:
    """The level as it is written: `safe`, `review`, `flag`, `off`."""
    return OFF if level is None else level.name.lower()


def _lowered_all(rules: Sequence[Rule], overrides: Sequence[LevelOverrides]) -> Iterator[Rule]:
    for rule in rules:
        asked_levels = [one[key] for one in overrides for key in (rule.code, rule.family) if key in one]
        asked_for = rule.enabled_by_default or any(rule.code in one for one in overrides)
        if asked_for and None not in asked_levels:
            yield _lowered(rule, min([rule.level, *(level for level in asked_levels if level is not None)]))


def _check(rules: Sequence[Rule], overrides: LevelOverrides) -> None:
    known = {rule.code: rule for rule in rules}
    for code, level in overrides.items():
        if code not in known and code not in FAMILIES:
            raise UsageError(f"There is no rule {code}.", remedy="`chamra rules` lists them.")
        if code in known and level is not None and level > known[code].level:
            raise UsageError(
                f"{code} may be {level_name(known[code].level)} at most, never {level_name(level)}.",
                remedy="A rule's level can be lowered, not raised.",
            )


def _lowered(rule: Rule, level: Safety) -> Rule:
    """The rule with its findings at `level` at most; as flags they say what they would have proposed."""
    if level is rule.level:
        return rule

    def find(context: Context) -> Iterator[Match]:
        for match in rule.find(context):
            if match.after is None:
                yield match
            elif level is Safety.FLAG:
                would = Evidence(EvidenceKind.LOWERED, (match.after,), match.confidence)
                yield replace(
                    match, after=None, safety=None, alternatives=(), evidence=(*match.evidence, would)
                )
            else:
                own = rule.level if match.safety is None else match.safety
                yield replace(match, safety=min(own, level))

    return replace(rule, level=level, find=find)
