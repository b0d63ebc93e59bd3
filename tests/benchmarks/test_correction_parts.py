"""What the benchmark of the corrections is made of: spurious spaces, proportions, fits, sound text, the seed page."""

import csv

import numpy as np
import pytest

from benchmarks.correction_pages import reliability
from benchmarks.correction_speed import measure_baselines, measure_speed
from benchmarks.correction_text import LEVELS, measure_clean, measure_seed, measure_spurious
from benchmarks.judge import Effect, JudgedProposal, SourceError
from benchmarks.logistic import by_folds, calibration_error, fit
from benchmarks.proportions import proportion, wilson
from benchmarks.spurious_spaces import inject_spaces, inject_spaces_on_page
from model.edit import Edit, Proposal, Safety, Span
from model.page import Page, Quality, Reader, Reading

TEXT = "องค์การบริหารส่วนตำบลจัดทำแผนพัฒนาท้องถิ่นเพื่อให้ประชาชนได้รับความสะดวก"


def test_spurious_spaces_stand_between_letters_and_never_before_a_mark():
    text, places = inject_spaces(TEXT, np.random.default_rng(1), rate=1.0)
    assert text.replace(" ", "") == TEXT
    assert [at for at, letter in enumerate(text) if letter == " "] == list(places)
    for at in places:
        assert "ก" <= text[at + 1] <= "ฯ" or "เ" <= text[at + 1] <= "ไ"
        assert text[at - 1] not in "เแโใไ"
    assert inject_spaces(TEXT, np.random.default_rng(1), rate=0.0) == (TEXT, ())


def test_a_page_with_spurious_spaces_keeps_the_boxes_and_gaps_of_its_letters():
    base = Reading.of_text("กข\nคง", Reader("test", "1"))
    base = Reading(
        1, base.reader, base.text, base.lines, base.boxes, base.confidences, (3.0, 4.0, None, 5.0, None)
    )
    page, places = inject_spaces_on_page(base, np.random.default_rng(1), rate=1.0)
    assert page.text == "ก ข\nค ง"
    assert places == (1, 5)
    assert page.gaps == (3.0, None, 4.0, None, 5.0, None, None)
    assert [page.text[line.span.start : line.span.end] for line in page.lines] == ["ก ข", "ค ง"]


def test_the_interval_of_a_proportion_holds_it_and_shrinks_with_more_cases():
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(99, 100)
    assert low < 0.99 < high < 1.0
    assert wilson(990, 1000)[0] > low
    assert proportion(0, 0)["proportion"] is None


def test_a_fit_finds_what_decides_and_folds_do_not_peek():
    rng = np.random.default_rng(1)
    features = rng.normal(size=(400, 2))
    right = rng.random(400) < 1 / (1 + np.exp(-2 * features[:, 0]))
    found = fit(features, right)
    assert found.weights[0] == pytest.approx(2.0, abs=0.5)
    assert abs(found.weights[1]) < 0.5
    folds = np.arange(400) % 5
    assert calibration_error(by_folds(features, right, folds), right) < 0.1
    flipped = right.copy()
    flipped[folds == 0] = ~flipped[folds == 0]
    inside = folds == 0
    assert np.allclose(by_folds(features, right, folds)[inside], by_folds(features, flipped, folds)[inside])


def judged(effect: Effect, confidence: float, safety: Safety = Safety.REVIEW) -> JudgedProposal:
    return JudgedProposal(
        Proposal("0", "LEX101", 1, Edit(Span(0, 1), "ก", "ข"), "", (), confidence, safety), effect, ""
    )


def test_reliability_counts_what_was_asked_about_and_known_right_or_wrong():
    found = reliability(
        [judged(Effect.RIGHT, 0.95)] * 9 + [judged(Effect.HARM, 0.95), judged(Effect.NEUTRAL, 0.95)]
        + [judged(Effect.RIGHT, 1.0, Safety.SAFE)]
    )  # fmt: skip
    assert found["findings"] == 10
    (row,) = found["curve"]
    assert row["proportion"] == 0.9
    assert found["calibration_error"] == pytest.approx(0.05, abs=1e-9)


def test_known_errors_of_the_source_are_counted_apart():
    text = TEXT.replace("ท้องถิ่น", "ทองถิ่น")
    assert measure_clean([text], ())["false"] == 1
    known = [SourceError("ท", "ท้", "พัฒนาทองถิ่น")]
    found = measure_clean([text, TEXT], known)
    assert (found["false"], found["errors_of_the_source"]) == (0, 1)


def test_spurious_spaces_are_found_in_text():
    found = measure_spurious(["\n".join([TEXT] * 12)] * 8)
    assert found["precision"]["of"] >= found["precision"]["right"] > 0
    assert [row["from"] for row in found["rows"]] == list(LEVELS)
    counts = [row["recall"]["right"] for row in found["rows"]]
    assert found["recall"]["right"] >= counts[0] >= counts[-1]


def test_the_seed_page_is_held_against_what_is_expected(tmp_path):
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed" / "page.txt").write_text("ตําบล และ\u200bอำเภอ", "utf-8")
    with (tmp_path / "seed" / "expected.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("start", "end", "before", "after", "family", "level"))
        writer.writerow((1, 3, "ํา", "ำ", "ENC", "must"))
        writer.writerow((6, 7, "แ", "เ", "LEX", "must"))
    found = measure_seed(tmp_path)
    assert found["must"] == 2
    assert [row["family"] for row in found["missed"]] == ["LEX"]
    assert [row["rule"] for row in found["false"]] == ["ENC008"]


def test_speed_is_measured_at_three_lengths_and_baselines_where_they_are_installed(monkeypatch):
    monkeypatch.setattr("benchmarks.correction_speed.ROUNDS", {1: 2, 2: 2})
    monkeypatch.setattr("benchmarks.correction_speed.PAGE", 60)
    found = measure_speed(TEXT)
    assert [row["letters"] for row in found["lengths"]] == [60, 120]
    assert found["peak_memory_bytes"] > 0
    page = Page(
        document="0" * 64, number=1, image_sha256="0" * 64, width=1, height=1, dpi=300.0,
        quality=Quality(0, 0, 0, 0, 0, blank=False), readings=(Reading.of_text(TEXT, Reader("test", "1")),),
    )  # fmt: skip
    monkeypatch.setattr(
        "benchmarks.correction_speed.BASELINES",
        {"same": ("", str), "missing": ("no_such_module_at_all", str)},
    )
    baselines = measure_baselines([(page, TEXT)], 100)
    assert baselines["same"]["cer"] == 0.0
    assert baselines["missing"] == {"missing": "no_such_module_at_all"}
