"""Every rule's examples: what it must find, exactly, and where it must stay silent."""

from dataclasses import replace

import pytest

from correction.catalogue import default_rules, every_rule
from correction.engine import propose
from correction.rule import Example, Rule
from model.page import Reader, Reading
from tests.correction.texts import printed_reading

RULES = every_rule()
READER = Reader("example", "1")


def found(
    rule: Rule, text: str, witness: str | None = None, printed: str | None = None
) -> set[tuple[int, int, str | None]]:
    """What the rule finds with every usual rule at work, in raw offsets."""
    at_work = default_rules() if rule.usual else (*default_rules(), rule)
    read = Reading.of_text(text, READER) if printed is None else printed_reading(text, printed)
    if rule.reader:
        read = replace(read, reader=Reader(rule.reader, "1"))
    witnesses = [] if witness is None else [sure(witness)]
    findings = propose(read, at_work, witnesses=witnesses, strict=True)
    replaced = {
        (p.edit.span.start, p.edit.span.end, p.edit.after) for p in findings.proposals if p.rule == rule.code
    }
    flagged = {(f.span.start, f.span.end, None) for f in findings.flags if f.rule == rule.code}
    return replaced | flagged


def sure(text: str) -> Reading:
    """What the line reader reads, sure of every letter."""
    plain = Reading.of_text(text, Reader("line-reader", "1"))
    return replace(plain, confidences=(0.99,) * len(text))


def page_of(example: Example) -> tuple[str, str | None, str | None]:
    """The text of an example, and what else is known of its page."""
    return example.text, example.witness, example.printed


@pytest.mark.parametrize(
    ("rule", "page"),
    [
        pytest.param(rule, page, id=f"{rule.code}-{number}")
        for rule in RULES
        for number, page in enumerate(dict.fromkeys(map(page_of, rule.fires)))
    ],
)
def test_a_rule_finds_exactly_what_its_examples_say(rule, page):
    expected = {(e.start, e.end, e.after) for e in rule.fires if page_of(e) == page}
    assert found(rule, *page) == expected


@pytest.mark.parametrize(
    ("rule", "page"),
    [
        pytest.param(
            rule, one._asdict() if isinstance(one, tuple) else {"text": one}, id=f"{rule.code}-{number}"
        )
        for rule in RULES
        for number, one in enumerate(rule.silent)
    ],
)
def test_a_rule_stays_silent_where_its_examples_say_so(rule, page):
    assert found(rule, **page) == set()
