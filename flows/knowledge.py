"""The rules of a run and the dictionaries they stand on: ours, and the user's own files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from correction.catalogue import default_rules, rules_with
from correction.engine import propose, ruleset_version
from correction.rule import Rule
from dictionaries.user import gazetteer_with
from dictionaries.version import dictionaries_version
from model.edit import Findings
from model.page import Reading


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Rules, and the two version strings that every finding is recorded with."""

    rules: tuple[Rule, ...]
    ruleset: str
    dictionaries: str

    def find(self, reading: Reading, witnesses: Sequence[Reading] = ()) -> Findings:
        """All that the rules find in a reading, with other readings of the page as witnesses."""
        return propose(reading, self.rules, witnesses=witnesses, dictionaries=self.dictionaries)


def knowledge(files: Iterable[Path] = ()) -> Knowledge:
    """The rules on our dictionaries and the user's `files`.

    Raises:
        DictionaryError: a file has a mistake; the message names the line.
    """
    own = tuple(files)
    rules = default_rules()
    if own:
        rules = rules_with(gazetteer_with(own))
    return Knowledge(rules, ruleset_version(rules), dictionaries_version(own))
