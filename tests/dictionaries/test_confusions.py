"""What misreadings cost, and what reviewers' corrections change about it."""

import pytest

from dictionaries.confusions import CHEAPEST, DEAREST, confusions_with, load_confusions


def test_a_misreading_gets_cheaper_the_more_often_reviewers_have_found_it():
    counts = (0, 2, 5, 50, 100_000)
    costs = [confusions_with({("ผ", "ฝ"): count}).cost("ผ", "ฝ") for count in counts]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)
    assert (costs[0], costs[-1]) == (DEAREST, CHEAPEST)


def test_what_was_found_of_one_letter_says_nothing_of_others():
    learned = confusions_with({("ผ", "ฝ"): 5})
    assert learned.cost("ฝ", "ผ") == load_confusions().cost("ฝ", "ผ")
    assert learned.cost("ด", "ต") == load_confusions().cost("ด", "ต")


def test_where_nothing_was_learned_the_costs_are_our_own():
    assert confusions_with({}) is load_confusions()


@pytest.mark.parametrize("pair", [("", ""), ("ผ", "ผ"), ("ab", "ผ"), ("1", "ๅ๐"), ("ผ", "7")])
def test_what_is_no_misreading_of_a_thai_letter_is_passed_over(pair):
    assert confusions_with({pair: 5}).table == load_confusions().table
