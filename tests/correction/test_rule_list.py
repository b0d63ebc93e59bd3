"""The rules describe themselves, and the page about them is what they say."""

import json
from pathlib import Path

from correction.catalogue import every_rule, word_rules
from correction.places.rules import place_rules
from correction.rule_list import rule_object, rules_page
from dictionaries.confusions import confusions_with
from dictionaries.gazetteer import load_gazetteer
from dictionaries.known import Known

PAGE = Path("docs/rules.md")
REGENERATE = (
    "python -c 'from pathlib import Path; from correction.catalogue import every_rule; "
    "from correction.rule_list import rules_page; "
    'Path("docs/rules.md").write_text(rules_page(every_rule()), "utf-8")\''
)


def test_the_page_about_the_rules_is_what_the_rules_say():
    assert PAGE.read_text("utf-8") == rules_page(every_rule()), f"make it anew: {REGENERATE}"


def test_a_rule_is_described_with_all_that_its_file_says():
    described = {rule.code: rule_object(rule) for rule in every_rule()}
    assert json.loads(json.dumps(described)) == described
    vowels = json.loads(json.dumps(described["ENC001"]))
    assert {k: vowels[k] for k in ("family", "name", "level", "stage")} == {
        "family": "ENC",
        "name": "compose sara am",
        "level": "safe",
        "stage": "vowels",
    }
    assert vowels["fires"][0] == {"text": "เทศบาลตําบลชมภู", "start": 7, "end": 9, "after": "ำ"}
    assert "เอวํ อาราธนํ กโรมิ อาคจฺฉนฺตุ" in vowels["silent"]


def test_rules_come_in_order_of_code_and_no_name_is_used_twice():
    rules = every_rule()
    assert [r.code for r in rules] == sorted({r.code for r in rules})
    assert len({r.name for r in rules}) == len(rules)


def test_dictionaries_of_ones_own_change_no_rule_but_those_that_know_places_or_words():
    theirs = {
        rule.code: rule for rule in every_rule(Known(load_gazetteer(), confusions_with({("ก", "ข"): 9})))
    }
    told = {rule.code for rule in (*place_rules(), *word_rules())}
    for rule in every_rule():
        assert (rule is theirs[rule.code]) == (rule.code not in told)
    assert theirs.keys() == {rule.code for rule in every_rule()}


def test_every_rule_file_is_in_the_catalogue():
    files = {path.stem[:6].upper() for path in Path("correction/rules").glob("[a-z]*.py")}
    assert files == {rule.code for rule in every_rule() if rule.family != "GAZ"}
