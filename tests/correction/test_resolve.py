"""Which proposals stand, whatever order they come in."""

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correction.layers import layer
from correction.resolve import BELOW_FLOOR, REJECTED, resolve, winning_edits
from model.edit import Edit, Proposal, Safety, Span
from tests.growth import growth

TEXT = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภม"


def proposal(
    key: str,
    start: int,
    end: int,
    *,
    safety: Safety = Safety.REVIEW,
    confidence: float = 0.5,
    rule: str = "LEX001",
    supersedes: tuple[str, ...] = (),
    after: str | None = None,
) -> Proposal:
    edit = Edit(Span(start, end), TEXT[start:end], f"<{key}>" if after is None else after)
    return Proposal(key, rule, 1, edit, "", (), confidence, safety, supersedes=supersedes)


def standing(*proposals: Proposal, **options) -> set[str]:
    return {s.proposal.id for s in resolve(proposals, **options) if s.stands}


def beaten(*proposals: Proposal, **options) -> dict[str, str]:
    return {s.proposal.id: s.beaten_by for s in resolve(proposals, **options) if s.beaten_by}


@st.composite
def proposals(draw):
    """Proposals at random places; a superseder covers what it absorbs, as lifting sees to."""
    made: list[Proposal] = []
    for number in range(draw(st.integers(0, 9))):
        below = draw(st.lists(st.sampled_from(made), max_size=3, unique=True)) if made else []
        start = draw(st.integers(0, len(TEXT) - 2))
        end = draw(st.integers(start + 1, min(len(TEXT), start + 6)))
        start = min([start, *(p.edit.span.start for p in below)])
        end = max([end, *(p.edit.span.end for p in below)])
        made.append(
            proposal(
                f"p{number}",
                start,
                end,
                safety=draw(st.sampled_from([Safety.REVIEW, Safety.SAFE])),
                confidence=draw(st.sampled_from([0.2, 0.5, 0.9])),
                rule=draw(st.sampled_from(["ENC001", "GAZ001", "LEX001"])),
                supersedes=tuple(p.id for p in below),
            )
        )
    return tuple(made)


@st.composite
def decided_proposals(draw):
    made = draw(proposals())
    decided = {p.id: draw(st.booleans()) for p in made if draw(st.integers(0, 3)) == 0}
    return made, decided


@given(decided_proposals(), st.sampled_from([Safety.REVIEW, Safety.SAFE]))
def test_every_proposal_comes_back_once_and_the_winners_are_disjoint(case, floor):
    made, decided = case
    standings = resolve(made, floor, decided)
    assert sorted(s.proposal.id for s in standings) == sorted(p.id for p in made)
    winners = sorted(s.proposal.edit.span for s in standings if s.stands)
    assert all(a.end <= b.start for a, b in pairwise(winners))


@given(decided_proposals(), st.sampled_from([Safety.REVIEW, Safety.SAFE]))
def test_whoever_is_beaten_is_beaten_by_a_winner_that_shares_its_ground_or_told_why_not(case, floor):
    made, decided = case
    by_id = {p.id: p for p in made}
    standings = resolve(made, floor, decided)
    winners = {s.proposal.id for s in standings if s.stands}
    for s in standings:
        if s.beaten_by == REJECTED:
            assert decided[s.proposal.id] is False
        elif s.beaten_by == BELOW_FLOOR:
            assert s.proposal.id not in decided
            assert s.proposal.safety < floor
        elif s.beaten_by is not None:
            assert s.beaten_by in winners
            assert by_id[s.beaten_by].edit.span.overlaps(s.proposal.edit.span)


@given(decided_proposals(), st.randoms())
def test_the_order_of_the_input_does_not_matter(case, random):
    made, decided = case
    shuffled = list(made)
    random.shuffle(shuffled)
    assert resolve(shuffled, decided=decided) == resolve(made, decided=decided)


@given(decided_proposals())
def test_what_people_accepted_loses_only_to_what_people_accepted(case):
    made, decided = case
    for s in resolve(made, decided=decided):
        if decided.get(s.proposal.id) and not s.stands:
            assert decided[s.beaten_by] is True


@given(decided_proposals())
def test_what_people_rejected_never_stands(case):
    made, decided = case
    assert all(decided.get(s.proposal.id) is not False for s in resolve(made, decided=decided) if s.stands)


@given(proposals())
def test_a_superseder_is_never_beaten_by_what_it_absorbed(made):
    by_id = {p.id: p for p in made}

    def below(key: str) -> set[str]:
        direct = set(by_id[key].supersedes)
        return direct.union(*(below(k) for k in direct))

    for s in resolve(made):
        assert s.beaten_by not in below(s.proposal.id)


@given(proposals(), st.data())
def test_rejecting_all_that_supersede_is_as_though_they_had_never_been_made(made, data):
    if not made:
        return
    rejected = data.draw(st.sampled_from(made)).id
    without = [p for p in made if p.id != rejected]
    # Those that absorbed it lose the link through it, which only matters when it absorbed something itself.
    if any(p.id == rejected and p.supersedes for p in made):
        return
    after = {s.proposal.id: s for s in resolve(made, decided={rejected: False})}
    for s in resolve(without):
        assert after[s.proposal.id].beaten_by == s.beaten_by


def test_rank_is_safety_then_length_then_confidence_then_code():
    assert standing(proposal("a", 0, 5), proposal("b", 4, 6, safety=Safety.SAFE)) == {"b"}
    assert standing(proposal("a", 0, 3), proposal("b", 2, 6)) == {"b"}
    assert standing(proposal("a", 0, 3, confidence=0.6), proposal("b", 2, 5, confidence=0.7)) == {"b"}
    assert standing(proposal("a", 0, 3, rule="LEX001"), proposal("b", 2, 5, rule="GAZ001")) == {"b"}


def test_neighbours_do_not_beat_each_other():
    assert standing(proposal("a", 0, 3), proposal("b", 3, 6)) == {"a", "b"}


def test_a_loser_takes_no_bystander_down_with_it():
    a, b, c = proposal("a", 0, 5), proposal("b", 4, 7), proposal("c", 6, 8)
    assert standing(a, b, c) == {"a", "c"}
    assert beaten(a, b, c) == {"b": "a"}


def test_a_superseder_beats_what_it_absorbed_whatever_their_rank():
    small = proposal("small", 2, 3, safety=Safety.SAFE, confidence=1.0)
    large = proposal("large", 0, 5, confidence=0.1, supersedes=("small",))
    assert beaten(small, large) == {"small": "large"}


def test_superseding_reaches_through_a_chain_even_when_its_middle_was_rejected():
    one = proposal("one", 2, 3, safety=Safety.SAFE)
    two = proposal("two", 1, 4, safety=Safety.SAFE, supersedes=("one",))
    three = proposal("three", 0, 5, supersedes=("two",))
    assert beaten(one, two, three) == {"one": "three", "two": "three"}
    assert beaten(one, two, three, decided={"two": False}) == {"one": "three", "two": REJECTED}


def test_rejecting_a_superseder_revives_what_it_absorbed():
    one = proposal("one", 2, 3, safety=Safety.SAFE)
    two = proposal("two", 1, 4, supersedes=("one",))
    assert standing(one, two, decided={"two": False}) == {"one"}


def test_a_superseder_that_loses_to_a_third_leaves_what_it_absorbed_alive():
    one = proposal("one", 0, 1, safety=Safety.SAFE)
    two = proposal("two", 0, 5, supersedes=("one",))
    third = proposal("third", 4, 6, safety=Safety.SAFE)
    assert standing(one, two, third) == {"one", "third"}
    assert beaten(one, two, third) == {"two": "third"}


def test_absorbing_a_safe_edit_does_not_make_a_proposal_outrank_other_safe_ones():
    one = proposal("one", 0, 1, safety=Safety.SAFE)
    two = proposal("two", 0, 9, confidence=1.0, supersedes=("one",))
    other = proposal("other", 8, 9, safety=Safety.SAFE, confidence=0.1)
    assert standing(one, two, other) == {"one", "other"}


def test_a_stranger_cannot_use_a_superseder_to_beat_a_safe_edit():
    safe = proposal("safe", 2, 3, safety=Safety.SAFE)
    heir = proposal("heir", 1, 4, supersedes=("safe",))
    stranger = proposal("stranger", 2, 9)
    assert standing(safe, heir, stranger) == {"heir"}
    assert standing(safe, heir, stranger, decided={"safe": False}) == {"stranger"}


def test_an_accepted_proposal_beats_its_own_undecided_superseder():
    one = proposal("one", 2, 3)
    two = proposal("two", 0, 5, safety=Safety.SAFE, supersedes=("one",))
    assert beaten(one, two, decided={"one": True}) == {"two": "one"}
    assert beaten(one, two, decided={"one": True, "two": True}) == {"one": "two"}


def test_below_the_floor_only_what_was_accepted_stands():
    review, safe = proposal("review", 0, 2), proposal("safe", 1, 3, safety=Safety.SAFE)
    assert beaten(review, safe, floor=Safety.SAFE) == {"review": BELOW_FLOOR}
    assert beaten(review, safe, floor=Safety.SAFE, decided={"review": True}) == {"safe": "review"}


def test_the_safe_layer_keeps_a_safe_edit_that_a_review_proposal_absorbed():
    one = proposal("one", 2, 3, safety=Safety.SAFE, after="")
    two = proposal("two", 1, 4, supersedes=("one",), after="X")
    assert layer(TEXT, (one, two), "safe") == TEXT[:2] + TEXT[3:]
    assert layer(TEXT, (one, two), "proposed") == TEXT[:1] + "X" + TEXT[4:]


def test_winning_edits_come_in_order_of_place():
    edits = winning_edits(resolve((proposal("b", 5, 6), proposal("a", 0, 1), proposal("c", 0, 1))))
    assert [e.span.start for e in edits] == [0, 5]


def test_an_absorbed_proposal_of_another_run_holds_nothing_up():
    assert standing(proposal("a", 0, 1, supersedes=("gone",))) == {"a"}


def test_ids_must_be_different_and_superseding_must_end():
    with pytest.raises(ValueError, match="share an id"):
        resolve((proposal("a", 0, 1), proposal("a", 2, 3)))
    with pytest.raises(ValueError, match="circle"):
        resolve((proposal("a", 0, 1, supersedes=("b",)), proposal("b", 0, 1, supersedes=("a",))))


def test_resolving_grows_as_the_proposals_do():
    """Each overlaps its two neighbours. Eight times as many: n squared would be sixty-four times the work."""
    many = [
        dataclasses.replace(proposal(f"{n:05}", 0, 1), edit=Edit(Span(n * 4, n * 4 + 6), "กกกกกก", "ข"))
        for n in range(8_000)
    ]
    assert sum(s.stands for s in resolve(many)) == 4_000
    assert growth(lambda size: resolve(many[:size]), 1_000, 8_000) < 20


def test_what_was_put_in_where_a_replacement_begins_or_ends_is_no_rival_of_it():
    assert standing(proposal("in", 5, 5, rule="HUM001"), proposal("front", 3, 5), proposal("behind", 5, 7)) == {
        "in", "front", "behind",
    }  # fmt: skip
    both = {"in": True, "behind": True}
    assert standing(proposal("in", 5, 5, rule="HUM001"), proposal("behind", 5, 7), decided=both) == {
        "in",
        "behind",
    }


def test_of_two_that_put_something_in_at_one_place_one_stands_whatever_stands_before_them():
    first = proposal("first", 1, 3)
    better, worse = (
        proposal("better", 5, 5, rule="HUM001", confidence=0.9),
        proposal("worse", 5, 5, rule="HUM001"),
    )
    assert beaten(first, better, worse) == {"worse": "better"}
