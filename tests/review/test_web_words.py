"""The review page speaks Thai, of every rule too, and draws the evidence."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from audit.sampling.plans import SampleUnit, scheme_asked_for
from correction.catalogue import every_rule
from model import extensions
from model.addition import DOUBTFUL, ILLEGIBLE, TEXT
from model.edit import Span
from model.evidence import Evidence, EvidenceKind
from review.web.evidence import evidence_data, gap_data
from review.web.messages import LANGUAGES, catalogue
from review.web.sample_pages import scheme_words
from review.web.static_files import FOLDER
from tests.workspace import samples

TEMPLATES = sorted((Path(__file__).parents[2] / "review/web/templates").glob("*.j2"))
NAMES = {"Chamra", "safe-1", "reviewing", "Enter"}
"""Words of templates that are the same in every language: the program, its policy, a key; and a class of the page."""
THAI = re.compile("[\u0e01-\u0e5b]")
SAME_IN_BOTH = {"lang", "format_iiif", "other_language"}
"""Messages that are no words, or words of the other language."""
THAI_IN_ENGLISH = {"other_language"}


def test_every_rule_says_in_thai_what_it_found():
    codes = {rule.code for rule in every_rule()} | {TEXT, ILLEGIBLE, DOUBTFUL}
    assert {f"rule_{code}" for code in codes} <= catalogue("th").keys()


def test_every_export_says_in_both_languages_what_it_is():
    wanted = {f"format_{name}" for name in extensions.names(extensions.EXPORTS)}
    assert all(wanted <= catalogue(language).keys() for language in LANGUAGES)


@pytest.mark.parametrize("unit", SampleUnit)
@pytest.mark.parametrize("aql", [None, "1.5"])
def test_the_scheme_of_a_sample_is_said_in_both_languages(unit, aql):
    record = scheme_asked_for("10%", "95%", 2, aql, "II", unit).words()
    english, thai = (scheme_words(record, language) for language in ("en", "th"))
    for figure in ("1.5 %", "II") if aql else ("10 %", "95 %", "2"):
        assert figure in english
        assert figure in thai
    assert THAI.search(thai)
    assert not re.search("limit|lines|characters|defects", thai)
    assert scheme_words("something else", "th") == "something else"


def test_no_message_sends_anybody_to_a_terminal():
    told = [(one, key, text) for one in LANGUAGES for key, text in catalogue(one).items()]
    assert [found for found in told if re.search("`|chamra [a-z]", found[2])] == []


def test_no_message_is_empty_in_any_language():
    assert all(text.strip() for language in LANGUAGES for text in catalogue(language).values())


def test_every_message_is_said_in_thai_too():
    english, thai = catalogue("en"), catalogue("th")
    assert english.keys() <= thai.keys()
    lacking = {key for key, text in thai.items() if not THAI.search(text)}
    assert {key: thai[key] for key in lacking} == {key: thai[key] for key in lacking & SAME_IN_BOTH}
    assert not [key for key, text in english.items() if THAI.search(text) and key not in THAI_IN_ENGLISH]


def test_every_message_that_a_page_asks_for_is_there():
    asked = {
        (key, file.name) for file in TEMPLATES for key in re.findall(r"\bt\.(\w+)", file.read_text("utf-8"))
    }
    asked |= {
        (key, file.name)
        for file in FOLDER.glob("*.js")
        for key in re.findall(r"\bmessages\.(\w+)", file.read_text("utf-8"))
    }
    assert len(asked) > 300
    assert sorted(one for one in asked if one[0] not in catalogue("en")) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_words_of_its_own(template):
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template.read_text("utf-8"), flags=re.DOTALL)
    told = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
    outside = re.sub(r"<kbd>.*?</kbd>|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
    found = {word for part in (outside, *told) for word in re.findall(r"[^\W\d_]{2,}(?:-\d+)?", part)}
    assert found <= NAMES


def test_no_script_says_a_sentence_of_its_own():
    for file in FOLDER.glob("*.js"):
        text = re.sub(r"^\s*(//|/?\*).*$|\s// .*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
        said = re.findall(r"""["'`]((?:[A-Z][a-z]+ [a-z]+|[\u0e01-\u0e5b]{2})[^"'`]*)["'`]""", text)
        assert said == [], file.name


def test_english_rules_speak_for_themselves():
    assert "rule_GAZ101" in catalogue("th")
    assert "rule_GAZ101" not in catalogue("en")


def test_places_are_a_chain_with_the_words_around_it():
    chain = ("อำเภอบ้านตาขุน", "จังหวัดสุราษฎร์ธานี")
    assert evidence_data([Evidence(EvidenceKind.RUNNER_UP, (chain,), 20.044)]) == [
        {
            "kind": "runner-up",
            "en": {
                "source": "margin",
                "parts": ["likelier than the next, ", list(chain), " (1,000,000 times)"],
            },
            "th": {
                "source": "ระยะห่างจากอันดับถัดไป",
                "parts": ["เป็นไปได้มากกว่าอันดับถัดไป ", list(chain), " (1,000,000 เท่า)"],
            },
        }
    ]


def test_the_ink_gap_is_held_against_the_line_of_its_place():
    text = "กข คง\nจฉ"
    page = samples.page(text)
    gaps = (2.0, 9.0, None, 3.0, None, None, 80.0, None)
    page = replace(page, readings=(replace(page.reading, gaps=gaps),))
    assert gap_data(page, Span(2, 3)) == {"here": 9.0, "usual": 3.0, "most": 9.0}
    assert gap_data(page, Span(1, 2)) == {"here": 9.0, "usual": 3.0, "most": 9.0}
    assert gap_data(page, Span(4, 5)) == {"here": 3.0, "usual": 3.0, "most": 9.0}
    unmeasured = replace(page, readings=(replace(page.reading, gaps=(None,) * len(text)),))
    assert gap_data(unmeasured, Span(2, 3)) is None
