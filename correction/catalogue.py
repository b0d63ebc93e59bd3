"""All the rules there are: every file of `correction/rules`, found by being there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from correction import rules as folder
from correction.rule import Rule
from model.errors import RuleError

_REMEDY = "A rule is one file with one RULE in it, named as its code: see its neighbours in correction/rules."


def rules_in(package: str, path: list[str]) -> tuple[Rule, ...]:
    """The rules of a package's files, each the file's `RULE`, in order of code.

    Raises:
        RuleError: a file holds no sound rule, is not named as its rule's code, or has a code or a name that another
            has too; the message names the file.
    """
    by_code: dict[str, str] = {}
    by_name: dict[str, str] = {}
    found = []
    for file, rule in _files(package, path):
        if not file.startswith(f"{rule.code.lower()}_"):
            raise _unsound(
                file, f"its rule is {rule.code}, so its name has to begin with {rule.code.lower()}_"
            )
        for key, taken in ((rule.code, by_code), (rule.name, by_name)):
            if key in taken:
                raise _unsound(file, f"{key!r} is taken by {taken[key]}.py")
            taken[key] = file
        found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))


def _files(package: str, path: list[str]) -> Iterator[tuple[str, Rule]]:
    for info in iter_modules(path):
        try:
            rule = getattr(import_module(f"{package}.{info.name}"), "RULE", None)
        except (ValueError, TypeError, NameError, SyntaxError, ImportError, AttributeError) as error:
            raise _unsound(info.name, f"{error}") from error
        if not isinstance(rule, Rule):
            raise _unsound(info.name, "it defines no RULE")
        yield info.name, rule


def _unsound(file: str, what: str) -> RuleError:
    return RuleError(f"The rule in {file}.py cannot be used: {what}.", remedy=_REMEDY)


@cache
def every_rule() -> tuple[Rule, ...]:
    """Every rule in order of code, those that run only where they are asked for among them.

    Raises:
        RuleError: a rule's file is broken.
    """
    return rules_in(folder.__name__, list(folder.__path__))


@cache
def default_rules() -> tuple[Rule, ...]:
    """The rules that run where nobody overrides otherwise, in order of code."""
    return tuple(rule for rule in every_rule() if rule.enabled_by_default)


def rules_of(*beginnings: str) -> tuple[Rule, ...]:
    """The rules whose codes begin so, in order of code: `rules_of("ENC", "SPC0")`."""
    return tuple(rule for rule in every_rule() if rule.code.startswith(beginnings))
