"""Spurious and missing spaces, misspelt words: what is proposed, what is left alone, and why."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from correction.catalogue import rules_of
from correction.engine import propose
from correction.rule import Context
from correction.view import View
from correction.witness import Witness
from correction.words import missing_spaces, misspelt, space_features
from correction.words.calibration import LogisticModel, calibration
from correction.words.edits import (
    CandidateEdits,
    candidate_edits,
    coarse_gains,
    log_likelihood_gains,
    possible_edits,
)
from correction.words.misspelt import misspellings
from correction.words.names import protected
from correction.words.reflow import reflow
from correction.words.spacing_profile import spacing_profile
from correction.words.witness_evidence import witness_evidence
from dictionaries.characters import PAD, ids
from dictionaries.confusions import DEAREST, confusions_with, load_confusions
from dictionaries.gazetteer import load_gazetteer
from dictionaries.language_model import load
from dictionaries.resources import Resources, default_resources, resources_with
from model.evidence import Evidence, EvidenceKind
from tests.correction.texts import DAMAGED, context, printed_reading, reading

WORDS = rules_of("LEX", "RDR", "REP001", "SPC1")
RULES = (*rules_of("ENC", "SPC0"), *WORDS)
SENTENCE = "คณะกรรมการพิจารณาจัดทำแผนพัฒนาท้องถิ่นเพื่อให้ประชาชนได้รับความสะดวก"


def proposals(text: str):
    return propose(reading(text), RULES, strict=True).proposals


# Reflow


def test_a_line_that_ends_inside_a_word_goes_on_without_a_space():
    text = reflow("คณะกรรมการพิจารณาจัดทำแผนพัฒนาท้อง\nถิ่นเพื่อประชาชน", load())
    assert "ท้องถิ่น" in text.text


def test_columns_and_paragraphs_stay_apart():
    text = reflow("ลำดับ\tชื่อ\n\nตำบล   อำเภอ", load())
    assert text.text == "ลำดับ\nชื่อ\nตำบล\nอำเภอ"


@given(DAMAGED)
def test_every_character_of_the_reflowed_text_is_the_source_s(text):
    run = reflow(text, load())
    assert len(run.text) == len(run.offsets) == len(run.log_probabilities)
    for letter, place in zip(run.text, run.offsets, strict=True):
        assert letter == text[place] or letter in " \n"


# Edits


def test_a_misreading_that_reviewers_have_found_is_mended_which_was_never_seen_before():
    text = SENTENCE.replace("จัดทำ", "ฬัดทำ")
    assert proposals(text) == ()
    taught = Resources(load_gazetteer(), confusions_with({("จ", "ฬ"): 10}))
    (one,) = propose(reading(text), WORDS, known=taught, strict=True).proposals
    assert (one.rule, one.edit.before, one.edit.after) == ("LEX101", "ฬ", "จ")


@pytest.mark.parametrize(("right", "wrong"), [("แผน", "แฬน"), ("รับ", "รัฐ"), ("พิจารณา", "พิจารฌา")])
def test_what_reviewers_have_taught_makes_a_proposal_surer(right, wrong):
    text = SENTENCE.replace(right, wrong)
    (before,) = proposals(text)
    taught = confusions_with({(before.edit.after, before.edit.before): 5})
    known = Resources(load_gazetteer(), taught)
    (after,) = propose(reading(text), WORDS, known=known, strict=True).proposals
    assert after.edit == before.edit
    assert after.confidence > before.confidence


def test_the_gain_of_an_edit_is_the_difference_of_two_scorings():
    model = load()
    text = reflow("จัดทำแผนพัฒนาทองถิ่นของประชาซน", model)
    for at, size, new, after in ((14, 0, "้", "ท้อง"), (27, 1, "ช", None), (14, 1, "", None)):
        number = ids(new)[0] if new else PAD
        one = CandidateEdits(
            np.array([at]),
            np.array([size]),
            np.array([number], np.uint8),
            np.zeros(1, np.float32),
            np.zeros(1, np.float32),
        )
        changed = text.text[:at] + new + text.text[at + size :]
        gain = log_likelihood_gains(text.symbols, text.log_probabilities, one, model)[0]
        assert gain == pytest.approx(model.score(changed).sum() - text.log_probabilities.sum(), abs=1e-2), (
            after
        )


def test_a_mark_is_never_put_where_no_consonant_carries_it():
    letters = ids("ก เก")
    edits = possible_edits(letters, np.arange(4))
    marks = [
        at
        for at, size, new in zip(edits.position, edits.length, edits.written, strict=True)
        if size == 0 and new == ids("้")[0]
    ]
    assert 2 not in marks  # behind the space
    assert 3 not in marks  # behind the leading vowel


@given(DAMAGED)
def test_the_coarse_filter_says_what_the_model_says_with_two_characters_of_memory(text):
    letters, short = ids(text), load().shorter(3)
    edits = possible_edits(letters, np.arange(len(letters)))
    slow = log_likelihood_gains(letters, short.score_characters(letters), edits, short)
    assert coarse_gains(letters, edits, load()) == pytest.approx(slow, abs=1e-4)


def test_taking_places_some_at_a_time_changes_nothing(monkeypatch):
    text = reflow("จัดทำแผนพัฒนาทองถิ่นของประชาซน", load())
    places = np.arange(1, len(text.symbols))
    whole = candidate_edits(text, places, load())
    monkeypatch.setattr("correction.words.edits._BATCH", 3)
    assert np.array_equal(candidate_edits(text, places, load()).score, whole.score)


# Misspelt words


@pytest.mark.parametrize(
    ("wrong", "place", "after"),
    [("ท้องถิ่น", "ทองถิ่น", "ท้"), ("ประชาชน", "ประชาซน", "ช"), ("สะดวก", "สะตวก", "ด"), ("เพื่อ", "เพือ", "ื่")],
)
def test_a_misread_letter_is_mended(wrong, place, after):
    text = SENTENCE.replace(wrong, place)
    (one,) = proposals(text)
    assert one.rule == "LEX101"
    assert one.edit.after == after
    assert text[: one.edit.span.start] + one.edit.after + text[one.edit.span.end :] == SENTENCE
    assert one.confidence > 0.75
    assert any(e.kind is EvidenceKind.LIKELIER_AFTER_COST for e in one.evidence)


@pytest.mark.parametrize(
    ("right", "wrong", "edit"),
    [("การ", "ถาร", ("ถ", "ก")), ("ประชาชน", "ประชูาชน", ("ู", "")), ("พัฒนา", "ผัฒนา", ("ผ", "พ"))],
)
def test_a_misreading_that_was_hardly_ever_counted_is_mended(right, wrong, edit):
    text = "คณะกรรมการมีมติเห็นชอบให้การพัฒนาเมืองอัจฉริยะเพื่อประชาชน"
    at = text.rindex(right)
    (one,) = proposals(text[:at] + wrong + text[at + len(right) :])
    assert (one.edit.before, one.edit.after) == edit
    assert load_confusions().cost(edit[1], edit[0]) == DEAREST


def test_a_scrap_in_a_cell_of_its_own_is_left_alone():
    line = "คณะกรรมการพิจารณาจัดทำแผนพัฒนาทองถิ่น"
    scrap = "หมายเลข\tสู่ล\tได้คะแนน"
    (one,) = proposals(f"{line}\n\n{scrap}")
    assert one.edit.after == "ท้"
    found = misspellings(context(scrap), default_resources())
    assert [one for one in found if scrap.index("ส") <= one.start <= scrap.index("ล\t")] == []


def test_of_edits_side_by_side_only_the_likeliest_is_a_case():
    text = SENTENCE.replace("ท้องถิ่น", "ท้อวถิ่น")
    found = list(misspellings(context(text), default_resources()))
    at = [one.position for one in found]
    assert at
    assert all(later - earlier > 2 for earlier, later in pairwise(sorted(at)))
    assert all(one.features[misspelt.TEXT_FEATURES.index("margin")] >= 0 for one in found)


def test_a_mark_lost_at_the_end_of_a_line_is_written_on_that_line():
    text = SENTENCE.replace("เพื่อให้", "เพื\nอให้")
    (one,) = proposals(text)
    assert (one.edit.before, one.edit.after) == ("ื", "ื่")
    assert text[one.edit.span.end] == "\n"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "นายสมชัย ใจดีงาม นางสาวพรพิมล แซ่ตั้ง และ ดร.กมลเนตร ศรีสุข เข้าร่วมประชุม",
        "สปสช. อบจ. กกต. และ พ.ร.บ. สภาตำบลฯ ต่าง ๆ ๒๕๔๘ ABC123",
        "",
        "ก",
    ],
)  # fmt: skip
def test_sound_text_names_and_abbreviations_are_left_alone(text):
    assert proposals(text) == ()


def test_the_user_s_words_are_left_alone(tmp_path):
    text = "คณะกรรมการพิจารณาจัดทำแผนพัฒนาทองถิ่นเพื่อให้ประชาชนได้รับความสะดวก"
    (tmp_path / "own.txt").write_text("word: ทองถิ่น\n", "utf-8")
    known = resources_with([tmp_path / "own.txt"])
    assert propose(reading(text), WORDS, known=known, strict=True).proposals == ()
    assert propose(reading(text), WORDS, strict=True).proposals != ()


# Names


def test_a_title_protects_the_name_behind_it_and_a_longer_word_does_not():
    text = "นายสมชัย ใจดีงาม พบนายกรัฐมนตรี"
    mask = protected(context(text), [0], default_resources())
    assert mask[: len("นายสมชัย ใจดีงาม")].all()
    assert not mask[text.index("กรัฐมนตรี") :].any()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("เจ้าหน้าที่อุทยานแห่งชาติเขานันที่เสียชีวิต", "เขานัน"),
        ("นักเรียนโรงเรียนบ้านหนองขุ่นได้รับทุน", "บ้านหนองขุ่น"),
        ("เขตวัดโพธิ์ชัยศรี", "โพธิ์ชัยศรี"),
    ],
)
def test_the_name_behind_a_park_a_school_or_a_temple_is_protected(text, name):
    start = text.index(name)
    assert protected(context(text), [start], default_resources())[start : start + len(name)].all()


def test_a_letter_inside_a_number_is_no_misspelt_word():
    text = "จำนวน ๒,ฒ๕๒ บัตร"
    mask = protected(context(text), [0], default_resources())
    assert [at for at in range(len(text)) if mask[at]] == [text.index("ฒ")]


def test_a_province_is_no_temple():
    text = "ผู้ว่าราชการจังหวัดได้มอบหมาย"
    assert not protected(context(text), [0], default_resources())[text.index("ได้") :].any()


def test_only_the_lines_around_the_places_asked_for_are_looked_at():
    line = "ถนนสายหลักของหมู่บ้านปรับปรุงแล้ว" * 10 + "\n"
    text = "นายสมชัย ใจดีงาม\n" + line * 5 + "นายสมชัย ใจดีงาม\n" + line * 5
    last = text.rindex("นาย")
    mask = protected(context(text), [last], default_resources())
    assert mask[last]
    assert not mask[0]


# Spurious and missing spaces


@pytest.mark.parametrize("word", ["ยุทธ ศาสตร์", "ประชา ชน"])
def test_a_space_inside_a_word_is_named_with_the_word(word):
    text = f"คณะกรรมการจัดทำ{word}เพื่อการพัฒนาท้องถิ่น"
    (one,) = proposals(text)
    assert one.rule == "SPC101"
    assert one.edit.span.start == text.index(" ")
    assert word.replace(" ", "") in one.message


def test_spaces_that_part_sentences_and_items_stay():
    assert proposals("ประกอบด้วย ถนน คลอง และสะพาน ซึ่งอยู่ในพื้นที่ตำบล ทั้งนี้ ให้ดำเนินการต่อไป") == ()


def test_the_gap_on_the_page_decides():
    text = "ส่งเสริมการมีส่วนร่วมของ ประชาชนในการจัดทำแผน"
    narrow = propose(printed_reading(text, text.replace(" ", "")), WORDS, strict=True).proposals
    wide = propose(printed_reading(text, text), WORDS, strict=True).proposals
    assert [p.edit.span.start for p in narrow] == [text.index(" ")]
    assert any(e.kind is EvidenceKind.WIDE_GAP for e in narrow[0].evidence)
    assert wide == ()


def test_how_a_page_is_set_is_measured_from_its_letters():
    set_page = printed_reading("กขค งจ", "กขค งจ")
    page = spacing_profile(Context(View(set_page.text), set_page))
    assert page is not None
    assert page.x_height == 20
    assert page.relative_width(0, 4.0) == pytest.approx(0.0)
    assert page.relative_width(2, 16.0) == pytest.approx(0.6)
    assert spacing_profile(context("กขค")) is None


# Probabilities


def test_the_weights_that_ship_are_those_of_the_features():
    fits = calibration()
    assert fits["spurious space in text"].features == space_features.TEXT_FEATURES
    assert fits["spurious space on a page"].features == space_features.IMAGE_FEATURES
    assert fits["missing space on a page"].features == missing_spaces.FEATURES
    assert fits["misspelling in text"].features == misspelt.TEXT_FEATURES
    assert fits["misspelling on a page"].features == misspelt.PAGE_FEATURES


def test_a_probability_is_never_certain():
    fit = LogisticModel(("one",), (1000.0,), 0.0)
    assert 0.99 < fit.probability((1.0,)) < 1.0
    assert fit.probability((0.0,)) == 0.5
    assert 0.0 < fit.probability((-1.0,)) < 0.01


# Witnesses


def test_another_reader_speaks_for_an_edit_or_against_it():
    base = reading(SENTENCE.replace("ท้องถิ่น", "ทองถิ่น"))
    at = base.text.index("ทองถิ่น")

    def evidence(other: str):
        page = Context(View(base.text), base, (Witness(base, reading(other)),))
        return witness_evidence(page, at, at + 1, "ท้")

    assert (evidence(SENTENCE).witnesses, evidence(SENTENCE).agree, evidence(SENTENCE).disagree) == (
        1,
        0.5,
        0.0,
    )
    assert (evidence(base.text).witnesses, evidence(base.text).agree, evidence(base.text).disagree) == (
        1,
        0.0,
        0.5,
    )
    assert evidence(SENTENCE).evidence == (Evidence(EvidenceKind.READS, ("example", "ท้")),)
    assert evidence(base.text).evidence[0].kind is EvidenceKind.READS_ALIKE
    assert Context(View(base.text), base).witnesses == ()


@given(st.one_of(DAMAGED, st.text(alphabet=st.sampled_from("กขคนมร้่ าเ\n.ๆฯ ประชาชน"), max_size=60)))
def test_whatever_the_text_the_rules_hold_their_promises(text):
    for proposal in propose(reading(text), RULES, strict=True).proposals:
        if proposal.rule[:4] in {"LEX1", "SPC1"}:
            assert 0.0 < proposal.confidence < 1.0
            assert len(proposal.edit.before) <= 3
