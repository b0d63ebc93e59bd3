"""Changes that are not proposed again: known by the text around them as it stands and as it would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from correction.rule import Context, Match, Rule
from correction.view import NoChange
from model.edit import Edit

_AROUND = 8
"""Letters on either side that must be the same; less where the line begins or ends."""

Place = tuple[str, str]


def place_of(text: str, edit: Edit) -> Place:
    """What stands around an edit of the raw text, and what would stand there: the same words, the same pair."""
    start, end = edit.span.start, edit.span.end
    line = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    head = text[max(line, start - _AROUND) : start]
    tail = text[end : min(end + _AROUND, len(text) if line_end < 0 else line_end)]
    return head + edit.before + tail, head + edit.after + tail


def with_suppressions(rules: Iterable[Rule], suppressed: frozenset[Place]) -> tuple[Rule, ...]:
    """The rules, silent about the `suppressed` changes."""
    return tuple(_with(rule, suppressed) for rule in rules) if suppressed else tuple(rules)


def _with(rule: Rule, suppressed: frozenset[Place]) -> Rule:
    def find(context: Context) -> Iterator[Match]:
        for match in rule.find(context):
            if match.after is None or not _is_suppressed(context, match, match.after, suppressed):
                yield match

    return replace(rule, find=find)


def _is_suppressed(context: Context, match: Match, after: str, suppressed: frozenset[Place]) -> bool:
    try:
        edit, _ = context.view.lift(match.start, match.end, after)
    except (NoChange, ValueError):
        return False
    return place_of(context.view.raw, edit) in suppressed
