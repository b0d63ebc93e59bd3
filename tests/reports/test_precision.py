"""A rule is held to what it promised, and only when enough was decided."""

from dataclasses import replace

import pytest

from model.edit import Safety
from reports.precision import FEWEST, RECENT, precisions
from tests.workspace import samples

TEXT = "องค์การบริหารส่วนจังหวัดเชียงไหม่"


def decided(rights: str, confidence: float = 0.9, safety: Safety = Safety.REVIEW, rule: str = "LEX101"):
    """One decided proposal for each sign: y was right, n was not."""
    made = samples.proposal(TEXT, "ไหม่", "ใหม่", rule=rule, safety=safety)
    proposal = replace(made, confidence=confidence)
    return [(proposal, sign == "y") for sign in rights]


def test_a_rule_that_is_mostly_right_keeps_its_level():
    (one,) = precisions(decided("y" * 95 + "n" * 5))
    assert (one.decided, one.right, one.kept, one.lowered) == (100, 95, True, Safety.REVIEW)


def test_a_rule_that_is_rejected_too_often_loses_one_level():
    (one,) = precisions(decided("y" * 60 + "n" * 40))
    assert (one.kept, one.lowered) == (False, Safety.FLAG)
    (safe,) = precisions(decided("y" * 90 + "n" * 10, 1.0, Safety.SAFE))
    assert (safe.kept, safe.lowered) == (False, Safety.REVIEW)


def test_a_rule_that_says_itself_unsure_promises_no_more():
    (one,) = precisions(decided("y" * 60 + "n" * 40, confidence=0.6))
    assert one.kept


def test_few_decisions_prove_nothing():
    (one,) = precisions(decided("n" * (FEWEST - 1)))
    assert one.kept
    (one,) = precisions(decided("n" * FEWEST))
    assert not one.kept


def test_only_the_newest_decisions_count():
    (one,) = precisions(decided("n" * 300 + "y" * RECENT))
    assert (one.decided, one.precision, one.kept) == (RECENT, 1.0, True)


def test_rules_are_counted_apart():
    both = [*decided("y" * 20, rule="LEX101"), *decided("n" * 20, rule="GAZ101")]
    assert [(one.rule, one.right) for one in precisions(both)] == [("GAZ101", 0), ("LEX101", 20)]


@pytest.mark.parametrize("level", list(Safety)[1:])
def test_no_level_promises_certainty(level):
    (one,) = precisions(decided("y" * 20, 1.0, level))
    assert one.promised < 1
