"""Every rule's examples: what it must find, exactly, and where it must stay silent."""

import pytest

from correction.catalogue import default_rules
from correction.engine import propose
from correction.rule import Rule
from model.page import Reader, Reading

RULES = default_rules()
READER = Reader("example", "1")


def found(rule: Rule, text: str) -> set[tuple[int, int, str | None]]:
    """What the rule finds with every rule at work, in raw offsets."""
    reader = Reader(rule.reader, "1") if rule.reader else READER
    findings = propose(Reading.of_text(text, reader), RULES, strict=True)
    replaced = {
        (p.edit.span.start, p.edit.span.end, p.edit.after) for p in findings.proposals if p.rule == rule.code
    }
    flagged = {(f.span.start, f.span.end, None) for f in findings.flags if f.rule == rule.code}
    return replaced | flagged


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule.code}-{number}")
        for rule in RULES
        for number, text in enumerate(dict.fromkeys(e.text for e in rule.fires))
    ],
)
def test_a_rule_finds_exactly_what_its_examples_say(rule, text):
    assert found(rule, text) == {(e.start, e.end, e.after) for e in rule.fires if e.text == text}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule.code}-{number}")
        for rule in RULES
        for number, text in enumerate(rule.silent)
    ],
)
def test_a_rule_stays_silent_where_its_examples_say_so(rule, text):
    assert found(rule, text) == set()
