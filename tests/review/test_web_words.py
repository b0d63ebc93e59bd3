"""The review page speaks Thai, of every rule too, and draws the evidence."""

from dataclasses import replace

from correction.catalogue import every_rule
from model.addition import DOUBTFUL, ILLEGIBLE, TEXT
from model.edit import Span
from model.evidence import Evidence, EvidenceKind
from review.web.evidence import evidence_data, gap_data
from review.web.messages import LANGUAGES, catalogue
from tests.workspace import samples


def test_every_rule_says_in_thai_what_it_found():
    codes = {rule.code for rule in every_rule()} | {TEXT, ILLEGIBLE, DOUBTFUL}
    assert {f"rule_{code}" for code in codes} <= catalogue("th").keys()


def test_no_message_is_empty_in_any_language():
    assert all(text.strip() for language in LANGUAGES for text in catalogue(language).values())


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
