"""Sound text damaged as files and readers damage it, so that exactly one text is meant: what SAFE changes undo."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from model.private_use import PRIVATE_USE
from model.thai import (
    CONSONANTS,
    LEADING_VOWELS,
    MARKS,
    NIKHAHIT,
    SARA_AA,
    SARA_AE,
    SARA_AM,
    SARA_E,
    TONES,
    VOWELS_ABOVE_BELOW,
)

_FORMS: dict[str, list[str]] = {}
for _form, _character in PRIVATE_USE.items():
    _FORMS.setdefault(_character, []).append(_form)
_MARK = f"[{MARKS}]"

Damage = Callable[[re.Match[str], np.random.Generator], str]


def _private(match: re.Match[str], rng: np.random.Generator) -> str:
    return str(rng.choice(_FORMS[match[0]]))


WAYS: tuple[tuple[re.Pattern[str], Damage], ...] = (
    (re.compile(SARA_AM), lambda _, __: NIKHAHIT + SARA_AA),
    (re.compile(f"([{TONES}]){SARA_AM}"), lambda m, _: NIKHAHIT + m[1] + SARA_AA),
    (re.compile(f"([{TONES}]){SARA_AM}"), lambda m, _: SARA_AM + m[1]),
    (re.compile(SARA_AM), lambda _, __: SARA_AM + SARA_AA),
    (re.compile(f"{SARA_AM}(?=[{CONSONANTS}{LEADING_VOWELS}])"), lambda _, __: f"{SARA_AM} {SARA_AA}"),
    (re.compile(f"{SARA_AE}(?=([{CONSONANTS}])(?!\\1))"), lambda _, __: SARA_E * 2),
    (re.compile(f"([{VOWELS_ABOVE_BELOW}])([{TONES}])"), lambda m, _: m[2] + m[1]),
    (re.compile(f"(?<!{_MARK}){_MARK}(?!{_MARK})"), lambda m, _: m[0] * 2),
    (re.compile(f"[{''.join(_FORMS)}]"), _private),
    (re.compile(f"(?<=[{CONSONANTS}]){_MARK}"), lambda m, _: " " + m[0]),
    (re.compile("(?<=[\u0e01-\u0e2e])(?=[\u0e01-\u0e2e])"), lambda _, __: "\u200b"),
)
"""What is damaged, and what stands there afterwards."""
RATE = 0.03
"""Of all places that a way of damage has."""


def damaged(sound: str, rng: np.random.Generator) -> str:
    """The text with a few places of each kind damaged; what one has changed is not changed again."""
    taken = np.zeros(len(sound) + 1, bool)
    edits: list[tuple[int, int, str]] = []
    for at in rng.permutation(len(WAYS)).tolist():
        pattern, damage = WAYS[at]
        for match in pattern.finditer(sound):
            start, end = max(match.start() - 2, 0), match.end() + 2
            if rng.random() < RATE and not taken[start:end].any():
                taken[start:end] = True
                edits.append((*match.span(), damage(match, rng)))
    parts, done = [], 0
    for first, last, after in sorted(edits):
        parts += [sound[done:first], after]
        done = last
    return "".join((*parts, sound[done:]))
