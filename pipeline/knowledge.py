"""The rules of a run and the dictionaries they stand on: ours, and the user's own files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from correction.catalogue import every_rule
from correction.engine import propose, ruleset_version
from correction.levels import at_levels, parse_wishes
from correction.rule import Rule
from correction.suppressions import with_suppressions
from dictionaries.learned import learned_from
from dictionaries.resources import Resources, resources_with
from dictionaries.version import dictionaries_version
from model.account import Account
from model.carried import Carried
from model.edit import Findings
from model.page import Reading


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Rules, what they know, and the two version strings that every finding is recorded with."""

    rules: tuple[Rule, ...]
    resources: Resources
    ruleset: str
    dictionaries: str

    def find(
        self,
        reading: Reading,
        witnesses: Sequence[Reading] = (),
        account: Account | None = None,
        under: Carried | None = None,
    ) -> Findings:
        """All that the rules find in a reading, with other readings of the page as witnesses, its ink's account and
        what the page before has handed on."""
        return propose(
            reading,
            self.rules,
            witnesses=witnesses,
            account=account,
            under=under,
            known=self.resources,
            dictionaries=self.dictionaries,
        )


def knowledge(files: Iterable[Path] = (), levels: str = "") -> Knowledge:
    """The rules on our dictionaries and the user's `files`, at the `levels` (CODE=LEVEL,...) that are asked for.

    Raises:
        DictionaryError: a file has a mistake; the message names the line.
        UsageError: a level is set for a rule that does not exist, or above what the rule may.
    """
    own = tuple(files)
    resources = resources_with(own)
    learned = learned_from(own)
    wanted = parse_wishes(",".join(f"{code}={level}" for code, level in learned.levels.items()))
    rules = with_suppressions(at_levels(every_rule(), parse_wishes(levels), wanted), learned.leave)
    return Knowledge(rules, resources, ruleset_version(rules), dictionaries_version(own))
