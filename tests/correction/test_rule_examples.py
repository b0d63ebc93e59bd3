"""Every rule's examples: what it must find, exactly, and where it must stay silent."""

import pytest

from correction.catalogue import default_rules, every_rule
from correction.engine import propose
from correction.example import Example
from correction.rule import Rule
from tests.correction.texts import pages_of

CASES = [
    pytest.param(rule, example, id=f"{rule.code}-{kind}-{number}")
    for rule in every_rule()
    for kind, all_of_them in (("positive", rule.positive), ("negative", rule.negative))
    for number, example in enumerate(all_of_them)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_finds_exactly_what_its_examples_say(rule: Rule, example: Example):
    at_work = default_rules() if rule.enabled_by_default else (*default_rules(), rule)
    read, witnesses = pages_of(rule, example)
    findings = propose(read, at_work, witnesses=witnesses, account=example.account, strict=True)
    replaced = {(p.edit.span, p.edit.after) for p in findings.proposals if p.rule == rule.code}
    flagged = {(f.span, None) for f in findings.flags if f.rule == rule.code}
    assert replaced | flagged == set(example.expected)
