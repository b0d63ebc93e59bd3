"""The rules described: as objects for a program, as a page for a reader. Their examples say what they do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from correction.rule import Beside, Printed, Rule
from correction.text_diff import LEVELS
from correction.visible import carried, shown


def rule_object(rule: Rule) -> dict[str, object]:
    """One rule with all that its file says, ready for JSON."""
    return {
        "code": rule.code,
        "family": rule.family,
        "name": rule.name,
        "version": rule.version,
        "level": LEVELS[rule.level],
        "stage": rule.stage.name.lower(),
        "message": rule.message,
        "source": rule.source,
        "reader": rule.reader,
        "usual": rule.usual,
        "fires": [
            {"text": e.text, "start": e.start, "end": e.end, "after": e.after}
            | ({} if e.witness is None else {"witness": e.witness})
            | ({} if e.printed is None else {"printed": e.printed})
            for e in rule.fires
        ],
        "silent": [one if isinstance(one, str) else one._asdict() for one in rule.silent],
    }


def rules_page(rules: Sequence[Rule]) -> str:
    """The rules as a page in Markdown, family by family, each with its examples. Ends in a newline."""
    parts = [
        "# The rules",
        "Made from the rules themselves. `safe` is the highest level a rule's findings may have: it cannot "
        "fire on legitimate text and the drawn glyphs stay the same; `review` needs a person; `flag` says "
        "that something is wrong and replaces nothing. Beside a text stands what the line reader reads there, "
        "where a rule asks it.",
    ]
    ordered = sorted(rules, key=lambda r: r.code)
    for family, members in groupby(ordered, key=lambda r: r.family):
        parts.append(f"## {family}")
        parts += [_section(rule) for rule in members]
    return "\n\n".join(parts) + "\n"


def _section(rule: Rule) -> str:
    about = f" Only for what {rule.reader} has read." if rule.reader else ""
    about += "" if rule.usual else f" Off unless asked for: `CHAMRA_RULES={rule.code}={LEVELS[rule.level]}`."
    rows = [f"### {rule.code} {rule.name}", "", f"{rule.message} Level: {LEVELS[rule.level]}.{about}", ""]
    rows += ["| reads | becomes |", "|---|---|"]
    for example in rule.fires:
        head, tail = example.text[: example.start], example.text[example.end :]
        found = _marked(example.text[example.start : example.end])
        become = "a flag" if example.after is None else _row(head, _marked(example.after), tail)
        beside = "" if example.witness is None else f", beside {_row('', example.witness, '')}"
        if example.printed is not None:
            beside += f", printed {_row('', example.printed, '')}"
        rows.append(f"| {_row(head, found, tail)}{beside} | {become} |")
    rows += ["", "Stays silent in " + "; ".join(_silent(one) for one in rule.silent) + "."]
    if rule.source:
        rows += ["", f"Source: {rule.source}"]
    return "\n".join(rows)


def _silent(one: str | Beside | Printed) -> str:
    if isinstance(one, Beside):
        return f"`{_cell(carried(one.text))}` beside `{_cell(carried(one.witness))}`"
    if isinstance(one, Printed):
        return f"`{_cell(carried(one.text))}` printed `{_cell(carried(one.printed))}`"
    return f"`{_cell(carried(one))}`"


def _marked(text: str) -> str:
    return f"[{carried(shown(text, spaces=True))}]" if text else "[]"


def _row(head: str, middle: str, tail: str) -> str:
    return f"`{_cell(carried(head))}{middle}{_cell(carried(tail))}`"


def _cell(text: str) -> str:
    """The text for a cell of a table: line ends by their code points, and no bar."""
    return shown(text).replace("\t", "<U+0009>").replace("|", "\u2502")
