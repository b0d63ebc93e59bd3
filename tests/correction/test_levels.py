"""A rule's level can be lowered or switched off, never raised, and the set of rules has another name then."""

import pytest

from correction.catalogue import default_rules, every_rule
from correction.engine import propose, ruleset_version
from correction.levels import at_levels, parse_wishes
from model.edit import Safety
from model.errors import UsageError
from model.evidence import Evidence, EvidenceKind
from tests.correction.texts import reading

RULES = default_rules()


def levels(*overrides: str) -> dict[str, Safety]:
    rules = at_levels(RULES, *(parse_wishes(one) for one in overrides))
    return {rule.code: rule.level for rule in rules}


def test_without_wishes_nothing_changes():
    assert at_levels(RULES) == RULES
    assert at_levels(RULES, parse_wishes("")) == RULES


def test_a_rule_is_lowered_and_another_switched_off():
    found = levels("ENC001=review, GAZ101 = off")
    assert found["ENC001"] is Safety.REVIEW
    assert "GAZ101" not in found
    assert found["ENC002"] is Safety.SAFE


def test_a_family_is_lowered_where_it_stands_higher():
    before, found = levels(), levels("ENC=review")
    assert {found[code] for code in before if code.startswith("ENC") and before[code] is Safety.SAFE} == {
        Safety.REVIEW
    }
    assert found["ENC011"] is Safety.FLAG
    assert not [code for code in levels("GAZ=off") if code.startswith("GAZ")]


def test_a_rule_about_manner_runs_only_where_it_is_asked_for_by_its_code():
    def running(*overrides: str) -> set[str]:
        return {rule.code for rule in at_levels(every_rule(), *(parse_wishes(one) for one in overrides))}

    usual = running("")
    assert usual == {rule.code for rule in RULES}
    assert running("SPC201=review") - usual == {"SPC201"}
    assert running("SPC=review") == usual
    assert "SPC201" not in running("SPC201=review", "SPC=off")


def test_the_lowest_of_several_wishes_counts():
    assert levels("ENC=review,ENC001=flag")["ENC001"] is Safety.FLAG
    assert levels("ENC001=review", "ENC001=flag")["ENC001"] is Safety.FLAG
    assert "ENC001" not in levels("ENC001=off", "ENC001=flag")


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ("ENC999=off", "There is no rule ENC999."),
        ("XYZ=off", "There is no rule XYZ."),
        ("SPC002=safe", "SPC002 may be review at most, never safe."),
        ("DIG001=review", "DIG001 may be flag at most, never review."),
        ("ENC001", "'ENC001' sets no rule's level"),
        ("ENC001=loud", "'ENC001=loud' sets no rule's level"),
        ("ENC001=off,enc001=flag", "The level of ENC001 is set twice."),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(wish, says):
    with pytest.raises(UsageError) as caught:
        levels(wish)
    assert says in str(caught.value)


def test_a_rule_lowered_to_review_proposes_the_same_for_a_person():
    rules = at_levels(RULES, parse_wishes("ENC001=review"))
    (found,) = propose(reading("ตําบล"), rules, strict=True).proposals
    assert (found.rule, found.edit.after, found.safety) == ("ENC001", "ำ", Safety.REVIEW)


def test_a_rule_lowered_to_a_flag_says_what_it_would_have_proposed():
    rules = at_levels(RULES, parse_wishes("ENC001=flag"))
    found = propose(reading("ตําบล"), rules, strict=True)
    assert found.proposals == ()
    (flag,) = found.flags
    assert flag.rule == "ENC001"
    assert flag.evidence[-1] == Evidence(EvidenceKind.LOWERED, ("ำ",), 1.0)


def test_every_rule_can_be_lowered_to_a_flag_and_switched_off():
    text = reading("เช ียงไหม่ ตําบล เเละ 31 เมษายน 2569 (หนึ่ง) ๑2 ที่่ดิน")
    families = {rule.family for rule in RULES}
    flags_only = at_levels(RULES, parse_wishes(",".join(f"{one}=flag" for one in families)))
    assert propose(text, flags_only, strict=True).proposals == ()
    assert at_levels(RULES, parse_wishes(",".join(f"{one}=off" for one in families))) == ()


def test_a_lowered_rule_is_another_set_of_rules():
    names = {
        ruleset_version(at_levels(RULES, parse_wishes(wish))) for wish in ("", "ENC001=review", "ENC001=off")
    }
    assert len(names) == 3
