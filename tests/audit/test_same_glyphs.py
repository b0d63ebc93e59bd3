import pytest

from audit.same_glyphs import draws_the_same
from correction.catalogue import every_rule
from model.edit import Safety
from model.page import Reader, Reading
from pipeline.knowledge import knowledge

READER = Reader("test", "1")


def safe_proposals():
    """Everything that the rules of today call SAFE in the examples of all rules."""
    known = knowledge()
    for rule in every_rule():
        for text in {example.text for example in (*rule.positive, *rule.negative)}:
            found = known.find(Reading.of_text(text, READER))
            yield from ((text, one) for one in found.proposals if one.safety is Safety.SAFE)


@pytest.mark.slow
def test_what_the_rules_call_safe_draws_the_same():
    found = list(safe_proposals())
    assert len({one.rule for _, one in found}) >= 9
    for text, one in found:
        edit = one.edit
        assert draws_the_same(edit.before, edit.after, text[: edit.span.start], text[edit.span.end :]), one


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2566", "2599"),
        ("๒๕๖๖", "2566"),
        ("ตราด", "จันทบุรี"),
        ("๑", "๗"),
        ("ภาคี", "ภาค"),
        ("ปา", "ป่า"),
        ("ป่า", "ป้า"),
        ("ค", "ด"),
        ("บาท", ""),
        ("", "0"),
        ("เเเ", "แ"),
        ("กํ", "กำ"),
        ("ก\nข", "กข"),
    ],
)
def test_what_is_read_otherwise_is_no_such_change(before, after):
    assert not draws_the_same(before, after)


def test_a_ligature_draws_its_letters():
    assert draws_the_same("\ufb03", "ffi")
    assert not draws_the_same("\ufb01", "fl")


def test_a_space_between_digits_is_part_of_a_number():
    assert not draws_the_same(" ", "", "พ.ศ. 25", "66")
    assert not draws_the_same(" ", "", "๑", "๒")
    assert draws_the_same(" ", "", "จังหวัดเช", "ียงใหม่")
    assert draws_the_same(" ", "", "1", "ม")


def test_a_mark_is_that_of_its_letter():
    # Taken by themselves the two say the same; between these letters they do not.
    assert not draws_the_same("ก่", "ก", "", "ข")
    assert not draws_the_same("่ข", "ข่", "ก", "")
