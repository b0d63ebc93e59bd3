"""What reviewers' decisions have taught, as lines of a dictionary file beside the user's own.

    rule: LEX103 = flag
    leave: "การนิคม" -> "การนิยม"
    confusion: "ด" read "ต" 5

`rule` lowers a rule that is rejected too often. `leave` keeps a change from being proposed where the text around it
reads exactly so; spaces and signs at the edges are why both stand in quotes, as in JSON. `confusion` says how often
reviewers have found one character ("" for none) read as another.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

KINDS = ("rule", "leave", "confusion")
_QUOTED = r'("(?:[^"\\]|\\.)*")'
_LEAVE = re.compile(rf"{_QUOTED}\s*->\s*{_QUOTED}")
_CONFUSION = re.compile(rf"{_QUOTED}\s+read\s+{_QUOTED}\s+(\d+)")
_RULE = re.compile(r"([A-Z]{3}(?:\d{3})?)\s*=\s*(review|flag|off)")
_LINE = re.compile(rf"\s*({'|'.join(KINDS)})\s*:\s*(.+?)\s*")

Leave = tuple[str, str]
"""A change that is not to be proposed: the text around it as it stands, and as it would be."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What the learned lines of all dictionary files say together.

    `levels` are names of levels by rule. `confusions` counts (truth, read), "" for no character.
    """

    levels: Mapping[str, str] = field(default_factory=dict)
    leave: frozenset[Leave] = frozenset()
    confusions: Mapping[tuple[str, str], int] = field(default_factory=dict)


def learned_from(files: Iterable[Path]) -> Learned:
    """What the dictionary files say that was learned; lines of other kinds are passed over.

    Raises:
        ValueError: a line is not understood. `dictionaries.user.gazetteer_with` names file and line.
    """
    return _learned(tuple(path.read_bytes().decode("utf-8-sig") for path in files))


@lru_cache(maxsize=4)
def _learned(texts: tuple[str, ...]) -> Learned:
    levels: dict[str, str] = {}
    leave: set[Leave] = set()
    confusions: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for line in text.splitlines():
            match = _LINE.fullmatch(line)
            if match is None:
                continue
            found = parse(match[1], match[2])
            levels.update(found.levels)
            leave |= found.leave
            confusions.update(found.confusions)
    return Learned(levels, frozenset(leave), confusions)


def parse(kind: str, rest: str) -> Learned:
    """What one line says, `rest` behind its kind and colon.

    Raises:
        ValueError: not understood.
    """
    if kind == "rule" and (rule := _RULE.fullmatch(rest)):
        return Learned(levels={rule[1]: rule[2]})
    if kind == "leave" and (leave := _LEAVE.fullmatch(rest)):
        return Learned(leave=frozenset({(json.loads(leave[1]), json.loads(leave[2]))}))
    if kind == "confusion" and (seen := _CONFUSION.fullmatch(rest)):
        return Learned(confusions={(json.loads(seen[1]), json.loads(seen[2])): int(seen[3])})
    raise ValueError(f"not understood: {kind}: {rest}")


def lines_of(learned: Learned) -> list[str]:
    """The lines that say this, in lasting order."""
    rows = [f"rule: {code} = {level}" for code, level in sorted(learned.levels.items())]
    rows += [f"leave: {_quoted(before)} -> {_quoted(after)}" for before, after in sorted(learned.leave)]
    rows += [
        f"confusion: {_quoted(truth)} read {_quoted(read)} {count}"
        for (truth, read), count in sorted(learned.confusions.items())
    ]
    return rows


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
