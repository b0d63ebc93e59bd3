"""Sampling plans and what they prove, against published tables."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.sampling.plans import InspectionLevel, IsoScheme, LimitScheme, percentage, scheme_of
from model.errors import UsageError
from reports.intervals import (
    binomial_at_most,
    clopper_pearson,
    hypergeometric_at_most,
    proves,
    size_to_prove,
)

TENTH = Fraction(1, 1000)
SURE = Fraction(95, 100)


@pytest.mark.parametrize(
    ("defects", "size", "low", "high"),
    [
        # Two-sided 95 %, as in the tables of Geigy and in R's binom.test.
        (0, 10, 0.0, 0.30850),
        (1, 10, 0.00253, 0.44502),
        (5, 10, 0.18709, 0.81291),
        (10, 10, 0.69150, 1.0),
        (0, 100, 0.0, 0.03622),
        (1, 100, 0.00025, 0.05446),
        (10, 100, 0.04900, 0.17622),
        (3, 1000, 0.00062, 0.00874),
    ],
)
def test_the_interval_is_that_of_the_tables(defects, size, low, high):
    found = clopper_pearson(defects, size, 0.95)
    assert found == pytest.approx((low, high), abs=6e-6)


@given(st.integers(1, 60), st.data())
def test_the_ends_of_the_interval_are_where_the_tails_have_their_weight(size, data):
    defects = data.draw(st.integers(0, size))
    low, high = clopper_pearson(defects, size, 0.9)

    def exactly(at_most, rate):
        p = Fraction(rate)
        return float(sum(math.comb(size, i) * p**i * (1 - p) ** (size - i) for i in range(at_most + 1)))

    if defects < size:
        assert exactly(defects, high) == pytest.approx(0.05, rel=1e-9)
    if defects:
        assert 1 - exactly(defects - 1, low) == pytest.approx(0.05, rel=1e-9)


def test_the_probabilities_of_a_large_lot_are_those_of_the_binomial():
    exact = float(hypergeometric_at_most(2, 1_000_000, 1000, 2000))
    assert exact == pytest.approx(binomial_at_most(2, 2000, 0.001), rel=2e-3)
    assert hypergeometric_at_most(1, 5, 2, 3) == pytest.approx(0.7, rel=1e-12)


def test_what_is_certain_has_the_probability_one_and_what_cannot_be_none():
    assert [binomial_at_most(2, 5, rate) for rate in (0.0, 1.0)] == [1.0, 0.0]
    assert [binomial_at_most(5, 5, rate) for rate in (0.0, 0.5, 1.0)] == [1.0] * 3
    assert hypergeometric_at_most(2, 9, 2, 5) == hypergeometric_at_most(3, 9, 5, 3) == 1.0
    assert hypergeometric_at_most(0, 9, 5, 5) == 0.0
    assert hypergeometric_at_most(1, 9, 5, 5) == pytest.approx(5 / 126)


@given(st.integers(0, 200), st.integers(1, 200), st.floats(0, 1), st.integers(0, 200), st.integers(0, 200))
def test_no_probability_is_above_one(defects, size, rate, more, wrong):
    assert 0 <= binomial_at_most(defects, size, rate) <= 1
    lot = size + more
    assert 0 <= hypergeometric_at_most(defects, lot, min(wrong, lot), size) <= 1


@pytest.mark.parametrize(
    ("lot", "defects", "size"),
    [
        # ln 0.05 / ln 0.999 = 2994.2 for a lot without end; a finite one needs fewer.
        (10_000_000, 0, 2994),
        (100_000, 0, 2922),
        (10_000, 0, 2384),
        (1000, 0, 776),
        (999, 0, 950),
        (1, 0, 1),
        (0, 0, 0),
    ],
)
def test_so_many_must_be_looked_at_to_prove_a_tenth_of_a_per_cent(lot, defects, size):
    assert size_to_prove(lot, TENTH, SURE, defects) == pytest.approx(size, rel=2e-3)


@given(st.integers(1, 400), st.fractions(Fraction(1, 200), Fraction(1, 2)), st.integers(0, 3))
def test_the_plan_is_the_smallest_that_proves_the_limit(lot, limit, defects):
    size = size_to_prove(lot, limit, SURE, defects)
    if size < lot:
        assert proves(defects, size, lot, limit, SURE)
    assert size == 0 or not proves(defects, size - 1, lot, limit, SURE)


def test_a_lot_that_was_looked_at_whole_is_judged_by_what_it_is():
    assert proves(1, 1000, 1000, TENTH, SURE)
    assert not proves(2, 1000, 1000, TENTH, SURE)
    assert not proves(1, 999, 999, TENTH, SURE)


# Rows of table II-A of MIL-STD-105E, which ISO 2859-1 has as table 2-A: sample size and acceptance number.
@pytest.mark.parametrize(
    ("lot", "level", "aql", "size", "accept"),
    [
        (8, InspectionLevel.II, "6.5", 2, 0),
        (100, InspectionLevel.II, "0.65", 20, 0),
        (100, InspectionLevel.II, "1.0", 13, 0),  # F: the arrow up
        (200, InspectionLevel.II, "1.0", 50, 1),  # G: the arrow down
        (200, InspectionLevel.II, "0.65", 20, 0),
        (500, InspectionLevel.II, "1.0", 50, 1),
        (1000, InspectionLevel.II, "1.0", 80, 2),
        (2000, InspectionLevel.II, "1.0", 125, 3),
        (5000, InspectionLevel.II, "1.0", 200, 5),
        (20_000, InspectionLevel.II, "1.0", 315, 7),
        (100_000, InspectionLevel.II, "1.0", 500, 10),
        (300_000, InspectionLevel.II, "1.0", 800, 14),
        (600_000, InspectionLevel.II, "1.0", 1250, 21),
        (600_000, InspectionLevel.III, "1.0", 1250, 21),  # R: the arrow up
        (600_000, InspectionLevel.III, "0.025", 2000, 1),
        (600_000, InspectionLevel.III, "0.10", 2000, 5),
        (600_000, InspectionLevel.III, "0.010", 1250, 0),
        (600_000, InspectionLevel.III, "0.015", 800, 0),
        (5000, InspectionLevel.II, "0.10", 125, 0),  # L: the arrow up
        (20_000, InspectionLevel.II, "0.10", 500, 1),  # M: the arrow down
        (10, InspectionLevel.II, "0.10", 10, 0),  # the sample is larger than the lot
        (3, InspectionLevel.II, "10", 3, 1),
        (5000, InspectionLevel.I, "1.0", 80, 2),
        (5000, InspectionLevel.III, "1.0", 315, 7),
        (5000, InspectionLevel.S4, "1.0", 50, 1),
        (5000, InspectionLevel.S1, "2.5", 5, 0),
        (1, InspectionLevel.II, "1.0", 1, 0),
        (0, InspectionLevel.II, "1.0", 0, 0),
    ],
)
def test_the_plans_are_those_of_the_standard(lot, level, aql, size, accept):
    plan = IsoScheme(Fraction(aql), level).plan(lot)
    assert (plan.size, plan.accept) == (size, accept)


@pytest.mark.parametrize(
    ("first", "last", "aql", "size"),
    [
        # The plans of table 2-A that accept with no unit wrong, and the lots of table 1 that they are for at level II.
        (2, 8, "6.5", 2),
        (9, 15, "4.0", 3),
        (16, 25, "2.5", 5),
        (26, 50, "1.5", 8),
        (51, 90, "1.0", 13),
        (91, 150, "0.65", 20),
        (151, 280, "0.40", 32),
        (281, 500, "0.25", 50),
        (501, 1200, "0.15", 80),
        (1201, 3200, "0.10", 125),
        (3201, 10_000, "0.065", 200),
        (10_001, 35_000, "0.040", 315),
        (35_001, 150_000, "0.025", 500),
        (150_001, 500_000, "0.015", 800),
        (500_001, 10_000_000, "0.010", 1250),
    ],
)
def test_the_smallest_and_the_largest_lot_of_a_code_letter_have_its_plan(first, last, aql, size):
    scheme = IsoScheme(Fraction(aql), InspectionLevel.II)
    for lot in (first, last):
        assert (scheme.plan(lot).size, scheme.plan(lot).accept) == (size, 0)


@pytest.mark.parametrize("level", InspectionLevel)
@pytest.mark.parametrize("lot", [2, 9, 30, 200, 900, 5000, 100_000, 1_000_000])
def test_every_level_has_a_plan_for_every_aql(level, lot):
    for hundredths in (1, 1.5, 2.5, 4, 6.5, 10, 15, 25, 40, 65, 100, 150, 250, 400, 650, 1000):
        plan = IsoScheme(Fraction(hundredths) / 100, level).plan(lot)
        assert 0 < plan.size <= lot
        assert 0 <= plan.accept <= 21


def test_an_aql_that_the_standard_does_not_have_is_refused():
    with pytest.raises(UsageError, match=r"no AQL 0\.3"):
        IsoScheme(Fraction("0.3"), InspectionLevel.II)


@pytest.mark.parametrize(
    ("text", "share"), [("0.1%", TENTH), ("0.001", TENTH), (" 95 % ", SURE), ("1/20", Fraction(1, 20))]
)
def test_shares_are_read_as_people_write_them(text, share):
    assert percentage(text) == share


@pytest.mark.parametrize("text", ["", "many", "1/0"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(UsageError):
        percentage(text)


@pytest.mark.parametrize("share", [Fraction(0), Fraction(-1, 100), Fraction(1), Fraction(3, 2)])
def test_a_limit_or_a_confidence_of_nothing_or_of_everything_proves_nothing_and_is_refused(share):
    with pytest.raises(UsageError, match="between 0 % and 100 %"):
        LimitScheme(share, SURE)
    with pytest.raises(UsageError, match="between 0 % and 100 %"):
        LimitScheme(TENTH, share)


def test_a_scheme_allows_no_defect_or_some_and_not_fewer_than_none():
    assert LimitScheme(TENTH, SURE, 0).plan(1000).accept == 0
    assert LimitScheme(TENTH, SURE, 1).plan(1000).accept == 1
    with pytest.raises(UsageError, match="not negative"):
        LimitScheme(TENTH, SURE, -1)


@pytest.mark.parametrize(
    "scheme",
    [
        LimitScheme(TENTH, SURE, 2),
        LimitScheme(Fraction(1, 3), SURE),
        IsoScheme(Fraction("0.65"), InspectionLevel.S3),
    ],
)
def test_the_words_of_a_scheme_in_the_record_mean_the_same_scheme(scheme):
    assert scheme_of(scheme.words()) == scheme


@pytest.mark.parametrize(
    "words", ["", "limit 1 %", "limit 1 %, confidence 95 %, 0 defects and more", "ISO 2859-1"]
)
def test_words_of_no_scheme_are_refused(words):
    with pytest.raises(ValueError, match="is no scheme"):
        scheme_of(words)
