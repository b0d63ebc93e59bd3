from pathlib import Path
from typing import Any

import pytest

from benchmarks.bootstrap import difference, ratio
from benchmarks.common import SETS, PageCase, Set, sets_of
from benchmarks.correction_pages import PageMeasurement, measure_page, summary, together
from benchmarks.judge import FORMS, Effect, SourceError, errors_by_line, judge, source_errors
from model.edit import Edit, Proposal, Safety, Span
from model.page import Page, Quality, Reader, Reading
from reports.evaluate import evaluate

TRUTH = "เทศบาลตำบลท่าศาลา\nอำเภอท่าศาลา จังหวัดนครศรีธรรมราช\n"
RAW = "เทศบาลตําบลท่าศาลา\nอําเภอทาศาลา จังหวัดนครศรธรรมราช\n"


def proposal(raw: str, before: str, after: str) -> Proposal:
    start = raw.index(before)
    edit = Edit(Span(start, start + len(before)), before, after)
    return Proposal(f"{start}", "LEX001", 1, edit, "", (), 0.9, Safety.REVIEW)


@pytest.mark.parametrize("form", FORMS)
def test_the_errors_of_all_lines_are_the_errors_of_the_page(form: str) -> None:
    lines = errors_by_line(RAW, TRUTH, FORMS[form])
    measured = evaluate(RAW, TRUTH).measures[form]
    assert sum(count for count, _ in lines) == measured.errors
    assert sum(size for _, size in lines) == measured.size


def test_errors_belong_to_the_line_they_stand_in() -> None:
    assert [count for count, _ in errors_by_line(RAW, TRUTH, FORMS["composed_without_space"])] == [0, 2]


def test_a_proposal_is_right_neutral_or_harmful_by_what_it_does_to_the_distance() -> None:
    proposals = [
        proposal(RAW, "ทาศาลา", "ท่าศาลา"),
        proposal(RAW, "ศรธรรม", "สธรรม"),
        proposal(RAW, "ศรธรรม", "สรธรรม"),
        proposal(RAW, "จังหวัด", "จงหวด"),
    ]
    effects = [judged.effect for judged in judge(RAW, TRUTH, proposals)]
    assert effects == [Effect.RIGHT, Effect.HARM, Effect.HARM, Effect.HARM]
    same = judge("กขค", "กงค", [proposal("กขค", "ข", "จ")])
    assert same[0].effect is Effect.NEUTRAL


def test_a_line_end_where_the_truth_has_a_space_or_a_column_gap_is_no_error() -> None:
    raw, truth = "ก\nข ค", "ก\tข\nคค"
    assert judge(raw, truth, [proposal(raw, "ค", "คค")])[0].effect is Effect.RIGHT
    assert judge(raw, truth, [proposal(raw, "\n", " ")])[0].effect is Effect.NEUTRAL


def test_a_known_error_of_the_source_is_neither_right_nor_harm() -> None:
    raw = truth = "อนุมัติให้ให้เบิกจ่าย"
    edit = proposal(raw, "ให้ให้", "ให้")
    assert judge(raw, truth, [edit])[0].effect is Effect.HARM
    known = [SourceError("ให้ให้", "ให้", "อนุมัติให้ให้เบิก")]
    assert judge(raw, truth, [edit], known)[0].effect is Effect.NEUTRAL


def test_composing_what_was_misread_as_sara_am_is_neutral_because_nothing_drawn_changes() -> None:
    raw, truth = "ปู่ยํา", "ปู่ย่า"
    assert judge(raw, truth, [proposal(raw, "ํา", "ำ")])[0].effect is Effect.NEUTRAL


def test_the_list_of_source_errors_is_readable() -> None:
    for error in source_errors(Path("benchmarks/source_errors.csv")):
        assert error.before in error.context
        assert error.before != error.after


def test_an_interval_holds_its_value_and_is_the_same_every_time() -> None:
    errors, sizes = [1, 0, 3, 2, 0, 5], [100] * 6
    found = ratio(errors, sizes)
    assert found.value == pytest.approx(11 / 600)
    assert found.low < found.value < found.high
    assert found == ratio(errors, sizes)
    assert ratio([2, 2, 2], [10, 10, 10]).low == pytest.approx(0.2)


def test_a_gain_on_every_unit_is_certain_although_the_units_differ() -> None:
    found = difference([10, 50, 3, 80], [8, 45, 2, 70], [100] * 4)
    assert found.low > 0


def test_a_page_is_corrected_and_counted() -> None:
    page = Page(
        document="0" * 64, number=1, image_sha256="0" * 64, width=1, height=1, dpi=300.0,
        quality=Quality(0, 0, 0, 0, 0, blank=False), readings=(Reading.of_text(RAW, Reader("test", "1")),),
    )  # fmt: skip
    result = measure_page("one", page, TRUTH)
    found = summary(Set("made", (), "made for the test"), [result])
    strict = found["cer"]["strict"]
    assert strict["raw"]["errors"] == 6
    assert strict["safe"]["errors"] == 2  # both sara am composed
    assert found["families"]["ENC"]["right"] == 2
    assert found["not_found"]["proposed"] <= found["not_found"]["safe"]
    assert found["interval_over"] == "lines"


def test_from_eight_pages_on_the_units_are_pages() -> None:
    lines = {(kind, form): [(1, 10)] for kind in ("raw", "safe", "proposed") for form in FORMS}
    none = dict.fromkeys(("raw", "safe", "proposed"), 0)
    results = [PageMeasurement(str(n), lines, none, [], 0, 0.0) for n in range(8)]
    assert summary(Set("made", (), ""), results)["interval_over"] == "pages"


def test_the_errors_of_all_sets_are_counted_alike() -> None:
    def made(errors: dict[str, int]) -> dict[str, Any]:
        lines = {(kind, form): [(count, 10)] for kind, count in errors.items() for form in FORMS}
        return summary(Set("made", (), ""), [PageMeasurement("1", lines, errors, [], 0, 0.0)])

    one = made({"raw": 9, "safe": 8, "proposed": 5})
    other = made({"raw": 3, "safe": 2, "proposed": 0})
    errors = {"raw": 12, "safe": 10, "proposed": 5}
    cuts = {"relative_cut": 0.5, "relative_cut_of_not_found": 0.5}
    assert together([one, other]) == {**errors, **cuts, "not_found": errors}


def test_a_set_whose_files_are_not_there_is_said_so(tmp_path: Path) -> None:
    for name in SETS:
        with pytest.raises(FileNotFoundError, match=r"not there|no page"):
            sets_of(tmp_path, [name])


def test_a_new_set_is_one_more_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.png").write_bytes(b"image")
    (tmp_path / "one.txt").write_text("ก", "utf-8")
    case = PageCase("one", tmp_path / "one.png", 1, tmp_path / "one.txt")
    monkeypatch.setitem(SETS, "own", lambda _: Set("own", (case,), "our own"))
    assert [group.name for group in sets_of(tmp_path, ["own"])] == ["own"]
