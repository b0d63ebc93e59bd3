"""The rules describe themselves, and the page about them is what they say."""

import json

from correction.catalogue import every_rule
from correction.rule_list import rule_object, rules_page
from tests.correction.write_rules import PAGE


def test_the_page_about_the_rules_is_what_they_say():
    assert PAGE.read_text("utf-8") == rules_page(every_rule()), "run `make rules`, and look at what changed"


def test_a_rule_is_described_with_all_that_its_file_says():
    described = {rule.code: rule_object(rule) for rule in every_rule()}
    told = json.loads(json.dumps(described))
    assert told == described
    vowels = told["ENC001"]
    assert {k: vowels[k] for k in ("family", "name", "level", "stage")} == {
        "family": "ENC",
        "name": "compose sara am",
        "level": "safe",
        "stage": "vowels",
    }
    assert vowels["positive"][0] == {
        "text": "เทศบาลตําบลชมภู",
        "findings": [{"start": 7, "end": 9, "after": "ำ"}],
    }
    assert {"text": "เอวํ อาราธนํ กโรมิ อาคจฺฉนฺตุ", "findings": []} in vowels["negative"]
