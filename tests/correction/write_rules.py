"""What is made from the rules: the page about them, and a record of all that they find. `make rules` writes both.

The record holds what all rules together find in the examples of each and on a longer page, so that whoever changes a
rule sees in the difference what else has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from correction.catalogue import every_rule
from correction.engine import propose
from correction.example import Example
from correction.rule import Rule
from correction.rule_list import rules_page
from correction.text_diff import LEVELS
from correction.visible import shown
from model.edit import Findings
from model.page import Reading
from tests.correction.texts import pages_of, reading

PAGE = Path("docs/rules.md")
RECORD = Path("tests/correction/findings.txt")
_LONGER = Path("cli/sample/truth.txt")
_DAMAGED = 1200
"""Characters of it that are looked at again with damage in them."""
_HEAD = (
    "What all rules together find in the examples of each. Made by `make rules`: look at the difference.\n"
)


def generated() -> dict[Path, str]:
    """The text of every file that is made from the rules."""
    return {PAGE: rules_page(every_rule()), RECORD: _HEAD + "".join(_record())}


def _record() -> Iterator[str]:
    seen = set()
    for rule in every_rule():
        yield f"\n{rule.code} {rule.name}\n"
        for example in (*rule.positive, *rule.negative):
            page = (rule.reader, example.text, example.witness, example.printed)
            if page not in seen:
                seen.add(page)
                yield _found_in(rule, example)
    yield "\nA longer page\n"
    text = _LONGER.read_text("utf-8")
    yield _rows(text, propose(reading(text), every_rule(), strict=True))
    damaged = text[:_DAMAGED].replace("ำ", "ํา").replace("ชน", "ช น").replace("ตำบล", "ตาบล").replace("่อ", "อ")
    yield _rows(damaged, propose(reading(damaged), every_rule(), strict=True))


def _found_in(rule: Rule, example: Example) -> str:
    read, witnesses = pages_of(rule, example)
    return f"- {_shown(example.text)}{_beside(witnesses)}\n" + _rows(
        example.text, propose(read, every_rule(), witnesses=witnesses, strict=True)
    )


def _beside(witnesses: list[Reading]) -> str:
    return "".join(f" beside {_shown(one.text)}" for one in witnesses)


def _rows(text: str, findings: Findings) -> str:
    rows = [
        (
            p.edit.span,
            f"  {p.rule} {p.edit.span.start} [{_shown(p.edit.before)}→{_shown(p.edit.after)}] "
            f"{LEVELS[p.safety]} {p.confidence:.2f}\n",
        )
        for p in findings.proposals
    ]
    rows += [
        (f.span, f"  {f.rule} {f.span.start} [{_shown(text[f.span.start : f.span.end])}]\n")
        for f in findings.flags
    ]
    return "".join(row for _, row in sorted(rows))


def _shown(text: str) -> str:
    return shown(text).replace("\t", "<U+0009>")


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, "utf-8")
