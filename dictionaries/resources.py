"""What the rules about places and words stand on, as one thing: the gazetteer and the costs of misreading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dictionaries.confusions import Confusions, confusions_with, load_confusions
from dictionaries.gazetteer import Gazetteer, load_gazetteer
from dictionaries.learned import learned_from
from dictionaries.lexicon import Lexicon, load_lexicon
from dictionaries.user import gazetteer_with


@dataclass(frozen=True, slots=True)
class Resources:
    """A gazetteer, whose user's words count too, and costs of misreading."""

    gazetteer: Gazetteer
    confusions: Confusions

    @property
    def lexicon(self) -> Lexicon:
        """The words that come with the program, the gazetteer's names and its user's words."""
        return load_lexicon(self.gazetteer)


def resources_with(files: Iterable[Path]) -> Resources:
    """What comes with the program, and the user's dictionary files with what reviewers' decisions have taught.

    Raises:
        DictionaryError: a file cannot be read or has mistakes; the message names each with its line.
    """
    chosen = tuple(files)
    if not chosen:
        return default_resources()
    gazetteer = gazetteer_with(chosen)  # names the mistakes of all lines, those that were learned too
    return Resources(gazetteer, confusions_with(learned_from(chosen).confusions))


@cache
def default_resources() -> Resources:
    """What comes with the program."""
    return Resources(load_gazetteer(), load_confusions())
