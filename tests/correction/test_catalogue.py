"""A rule is one file that is found by its being there, and a broken one is named."""

import sys

import pytest

from correction.catalogue import default_rules, every_rule, rules_in, rules_of
from correction.engine import propose
from correction.example import Example, escaped
from model.edit import Span
from model.errors import RuleError
from tests.correction.texts import reading

SOUND = """
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context):
    at = context.text.find("จังหวด")
    if at >= 0:
        yield Match(at, at + 6, "จังหวัด")


RULE = Rule(
    code="LEX901",
    name="province without its mark",
    version=1,
    message="The word for province has lost a mark.",
    message_th="คำว่าจังหวัดขาดเครื่องหมาย",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples("ใน[จังหวด→จังหวัด]ตราด"),
    negative=examples("ในจังหวัดตราด"),
)
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A package of rules; called with files by name it says what rules it holds."""
    name = f"rules_of_{tmp_path.name}"
    path = tmp_path / name
    path.mkdir()
    monkeypatch.syspath_prepend(tmp_path)

    def holds(**files):
        for file, text in files.items():
            (path / f"{file}.py").write_text(text, "utf-8")
        return rules_in(name, [str(path)])

    yield holds
    for module in [one for one in sys.modules if one.startswith(name)]:
        del sys.modules[module]


def complaint(folder, text=SOUND, file="lex901_province", **more):
    with pytest.raises(RuleError) as caught:
        folder(**{file: text}, **more)
    return str(caught.value)


def test_a_file_is_all_that_a_rule_needs(folder):
    (rule,) = folder(lex901_province=SOUND)
    (found,) = propose(reading("ในจังหวดตราด"), [rule], strict=True).proposals
    assert (found.rule, found.edit.span, found.edit.after) == ("LEX901", Span(2, 8), "จังหวัด")


@pytest.mark.parametrize(
    ("said", "instead", "message"),
    [
        ('examples("ใน[จังหวด→จังหวัด]ตราด")', "()", "LEX901: it has no positive example"),
        ('"ใน[จังหวด→จังหวัด]ตราด"', '"ในจังหวดตราด"', "a positive example has nothing in [brackets]"),
        ('"ใน[จังหวด→จังหวัด]ตราด"', '"ใน[จังหวด→จังหวัดตราด"', "is not closed"),
        ('"คำว่าจังหวัดขาดเครื่องหมาย"', '""', "LEX901: its message_th is not Thai"),
        ('    message_th="คำว่าจังหวัดขาดเครื่องหมาย",\n', "", "message_th"),
        ("LEX901", "LEX902", "its name has to begin with lex902_"),
        ("RULE = ", "MINE = ", "it defines no RULE"),
        ("find=_find", "find=_lost", "_lost"),
        ("from model.edit import Safety", "from model.edit import Safe", "Safe"),
        ("RULE = Rule(", "RULE = Rule((", "lex901_province.py, line"),
    ],
)
def test_a_broken_rule_file_is_named_with_what_is_wrong(folder, said, instead, message):
    assert said in SOUND
    complained = complaint(folder, SOUND.replace(said, instead))
    assert complained.startswith("The rule in lex901_province.py cannot be used: ")
    assert message in complained


@pytest.mark.parametrize(
    ("file", "text", "taken"),
    [
        ("lex901_twice", SOUND, "'LEX901' is taken by lex901_province.py"),
        ("lex902_other", SOUND.replace("LEX901", "LEX902"), "'province without its mark' is taken by lex901"),
    ],
)
def test_a_code_and_a_name_are_taken_once(folder, file, text, taken):
    assert f"The rule in {file}.py cannot be used: {taken}" in complaint(folder, **{file: text})


def test_the_catalogue_is_what_lies_in_the_folder():
    codes = [rule.code for rule in every_rule()]
    assert codes == sorted(codes)
    assert {"GAZ201", "ENC001", "SPC205"} < set(codes)
    assert [rule.code for rule in every_rule() if rule not in default_rules()] == [
        f"SPC20{number}" for number in range(1, 6)
    ]
    assert [rule.code for rule in rules_of("SPC00", "REP001")] == [
        "REP001", "SPC001", "SPC002", "SPC003", "SPC004",
    ]  # fmt: skip


# The notation of examples


def test_an_example_says_in_brackets_what_is_found_and_what_it_becomes():
    example = Example("เทศบาล[ตําบล→ตำบล]กระทู้ [อ]ำเภอ")
    assert example.text == "เทศบาลตําบลกระทู้ อำเภอ"
    assert example.expected == ((Span(6, 11), "ตำบล"), (Span(18, 19), None))


def test_a_space_is_taken_away_by_nothing():
    assert Example("เช[ →]ียง").expected == ((Span(2, 3), ""),)


@pytest.mark.parametrize("text", ["[ก] → \\", "\\[", "]]→→"])
def test_signs_of_the_text_itself_have_a_backslash_in_front(text):
    example = Example(f"{escaped(text)}[{escaped(text)}→ก]")
    assert example.text == text * 2
    assert example.expected == ((Span(len(text), 2 * len(text)), "ก"),)


@pytest.mark.parametrize(
    "marked", ["[ก", "ก]", "[[ก]", "ก→ข", "[ก→ข→ค]", "[]", "[→ก]", "[ก→ก]", "ก\\ข", "ก\\"]
)
def test_brackets_that_do_not_fit_are_refused(marked):
    with pytest.raises(ValueError, match=r"."):
        Example(marked)
