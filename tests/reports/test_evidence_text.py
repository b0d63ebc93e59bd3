"""Evidence is data, and every kind of it has a sentence in English and in Thai."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from model.evidence import NAMES, Evidence, EvidenceKind
from reports.evidence_text import WORDS, sentence

_THAI = re.compile("[\u0e01-\u0e2e]")
_LATIN_WORD = re.compile(r"(?<![{\w])[a-z]{3,}(?![\w}])")
CHAIN = ("ตำบลกำแพง", "อำเภอละงู", "จังหวัดสตูล")


@pytest.mark.parametrize("kind", EvidenceKind)
def test_every_kind_is_said_in_both_languages_with_all_that_it_holds(kind):
    for language in ("en", "th"):
        words = WORDS[kind][language]
        named = {name for _, name, _, _ in Formatter().parse(words.says) if name is not None}
        assert named == set(NAMES[kind])
    assert _THAI.search(WORDS[kind]["th"].source)
    assert not _LATIN_WORD.search(WORDS[kind]["th"].says)
    assert _LATIN_WORD.search(WORDS[kind]["en"].source)


def test_a_place_is_a_chain_and_other_lists_are_alternatives():
    evidence = Evidence(EvidenceKind.POSTCODES, (CHAIN, ("91110", "91120"), "91130"))
    said = sentence(evidence, "en")
    assert said.parts == ("the postcode of ", CHAIN, " is ", "91110 or 91120", ", not ", "91130")
    assert said.text == "the postcode of ตำบลกำแพง อำเภอละงู จังหวัดสตูล is 91110 or 91120, not 91130"
    assert "91110 หรือ 91120" in sentence(evidence, "th").text


@pytest.mark.parametrize(
    ("reader", "text", "said"),
    [
        ("line-reader", "๔๖", "the line reader reads “๔๖”"),
        ("tesseract", "", "Tesseract reads “nothing”"),
        ("my\u202eengine", "ก\u200bข", "my[U+202E]engine reads “ก[ZWSP]ข”"),
    ],
)
def test_readers_are_named_and_nothing_is_hidden(reader, text, said):
    assert sentence(Evidence(EvidenceKind.READS, (reader, text)), "en").text == said


def test_a_kind_has_its_values_and_no_others():
    with pytest.raises(ValueError, match="place"):
        Evidence(EvidenceKind.PLACE)
    with pytest.raises(ValueError, match="network"):
        Evidence(EvidenceKind.NETWORK, ("ก",))


@pytest.mark.parametrize(
    ("kind", "values", "score", "english", "thai"),
    [
        (EvidenceKind.LIKELIER, (), 2.5, "12 times", "12 เท่า"),
        (EvidenceKind.LIKELIER, (), -0.7, "1/2", "1/2"),
        (EvidenceKind.RUNNER_UP, (CHAIN,), 99.0, "1,000,000 times", "1,000,000 เท่า"),
        (EvidenceKind.MISREAD_AS, ("ก", "ถ"), 4.9, "1 in 130", "1 ใน 130"),
        (EvidenceKind.LIKELIHOOD, (), -4.9, "1 in 130", "1 ใน 130"),
        (EvidenceKind.NETWORK, (), 3.5, "97%", "97%"),
        (EvidenceKind.NETWORK, (), -999.0, "0%", "0%"),
        (EvidenceKind.READER_CONFIDENCE, (), 0.613, "61%", "61%"),
        (EvidenceKind.WHITE_BEHIND, (), 12.0, "12 px", "12 พิกเซล"),
        (EvidenceKind.WIDE_GAP, (), 0.42, "0.42", "0.42"),
        (EvidenceKind.NO_RUNNER_UP, (), None, "", ""),
    ],
)
def test_how_strongly_it_speaks_is_said_as_people_count(kind, values, score, english, thai):
    evidence = Evidence(kind, values, score)
    assert (sentence(evidence, "en").measure, sentence(evidence, "th").measure) == (english, thai)
    for language in ("en", "th"):
        assert not re.search("nats|แนต|log odds|x-height", sentence(evidence, language).text)


@pytest.mark.parametrize("schema", ["correct.json", "trace.json"])
def test_the_schemas_name_every_kind(schema):
    described = json.loads(Path("docs/schemas", schema).read_text("utf-8"))["$defs"]["evidence"]
    assert described["properties"]["kind"]["enum"] == [str(kind) for kind in EvidenceKind]
