"""Every rule's examples: what it must find, exactly, and where it must stay silent."""

from dataclasses import replace

import pytest

from correction.catalogue import default_rules, every_rule
from correction.engine import propose
from correction.rule import Beside, Rule
from model.page import Reader, Reading

RULES = every_rule()
READER = Reader("example", "1")


def found(rule: Rule, text: str, witness: str | None) -> set[tuple[int, int, str | None]]:
    """What the rule finds with every usual rule at work, in raw offsets."""
    at_work = default_rules() if rule.usual else (*default_rules(), rule)
    reader = Reader(rule.reader, "1") if rule.reader else READER
    witnesses = [] if witness is None else [sure(witness)]
    findings = propose(Reading.of_text(text, reader), at_work, witnesses=witnesses, strict=True)
    replaced = {
        (p.edit.span.start, p.edit.span.end, p.edit.after) for p in findings.proposals if p.rule == rule.code
    }
    flagged = {(f.span.start, f.span.end, None) for f in findings.flags if f.rule == rule.code}
    return replaced | flagged


def sure(text: str) -> Reading:
    """What the line reader reads, sure of every letter."""
    plain = Reading.of_text(text, Reader("line-reader", "1"))
    return replace(plain, confidences=(0.99,) * len(text))


@pytest.mark.parametrize(
    ("rule", "text", "witness"),
    [
        pytest.param(rule, text, witness, id=f"{rule.code}-{number}")
        for rule in RULES
        for number, (text, witness) in enumerate(dict.fromkeys((e.text, e.witness) for e in rule.fires))
    ],
)
def test_a_rule_finds_exactly_what_its_examples_say(rule, text, witness):
    expected = {(e.start, e.end, e.after) for e in rule.fires if (e.text, e.witness) == (text, witness)}
    assert found(rule, text, witness) == expected


@pytest.mark.parametrize(
    ("rule", "text", "witness"),
    [
        pytest.param(rule, *(one if isinstance(one, Beside) else (one, None)), id=f"{rule.code}-{number}")
        for rule in RULES
        for number, one in enumerate(rule.silent)
    ],
)
def test_a_rule_stays_silent_where_its_examples_say_so(rule, text, witness):
    assert found(rule, text, witness) == set()
