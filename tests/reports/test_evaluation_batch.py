import io
import json
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource
from rich.console import Console

from model.errors import BadInput
from reports.evaluate import Rate, evaluate
from reports.evaluation_batch import (
    BatchEvaluation,
    EvaluatedPair,
    Mean,
    Pairing,
    TextPair,
    Unmeasured,
    pair_folders,
    together,
)
from reports.evaluation_html import batch_html
from reports.evaluation_json import batch_object
from reports.evaluation_table import show_batch

SCHEMAS = Path("docs/schemas")
SCHEMA = json.loads((SCHEMAS / "evaluate-batch.json").read_text("utf-8"))
ONE = json.loads((SCHEMAS / "evaluate.json").read_text("utf-8"))
REGISTRY = Registry().with_resource(ONE["$id"], Resource.from_contents(ONE))


def files(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("ก", "utf-8")
    return folder


def batch(*pairs: tuple[str, str, str], pairing: Pairing | None = None, bad: str = "") -> BatchEvaluation:
    """Names, candidates and truths."""
    return BatchEvaluation(
        tuple(
            EvaluatedPair(
                TextPair(name, Path(f"read/{name}.txt"), Path(f"truth/{name}.txt")), evaluate(given, right)
            )
            for name, given, right in pairs
        ),
        (Unmeasured("bad", bad),) if bad else (),
        pairing or Pairing((), (), (), ()),
    )


def shown(found: BatchEvaluation) -> str:
    file = io.StringIO()
    show_batch(found, Console(file=file, width=160))
    return file.getvalue()


def test_texts_are_matched_by_name_and_what_has_no_other_is_named(tmp_path: Path) -> None:
    read = files(tmp_path / "read", "a.txt", "deep/พ.ร.บ. ๑.txt", "only.txt", "a.png")
    truth = files(tmp_path / "truth", "a.gt.txt", "deep/พ.ร.บ. ๑.TXT", "lacking.txt", ".hidden")
    found = pair_folders(read, truth)
    assert [(one.name, one.candidate.name, one.truth.name) for one in found.pairs] == [
        ("a", "a.txt", "a.gt.txt"),
        ("deep/พ.ร.บ. ๑", "พ.ร.บ. ๑.txt", "พ.ร.บ. ๑.TXT"),
    ]
    assert found.missing == (str(truth / "lacking.txt"),)
    assert found.extra == (str(read / "only.txt"),)
    assert found.no_texts == (str(read / "a.png"), str(truth / ".hidden"))


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    read, truth = files(tmp_path / "read", "a.txt"), files(tmp_path / "truth", "a.txt")
    (read / "round").symlink_to(read)
    found = pair_folders(read, truth)
    assert ([one.name for one in found.pairs], found.no_texts) == (["a"], (str(read / "round"),))


def test_two_texts_of_one_name_are_refused_and_so_is_a_folder_without_any(tmp_path: Path) -> None:
    two, one = files(tmp_path / "two", "a.txt", "a.gt.txt"), files(tmp_path / "one", "a.txt")
    with pytest.raises(BadInput, match="same name"):
        pair_folders(two, one)
    with pytest.raises(BadInput, match="holds no text"):
        pair_folders(one, files(tmp_path / "none", "a.png"))


def test_the_micro_mean_weighs_letters_and_the_macro_mean_files() -> None:
    found = batch(("long", "ก" * 90, "ก" * 90), ("short", "กขคงจฉชซฌx", "กขคงจฉชซฌญ"))
    assert found.micro.measures["strict"] == Rate(1, 100)
    assert found.macro["strict"] == Mean(0.05, 2)


def test_a_file_without_a_figure_is_in_no_mean_and_the_mean_says_of_how_many_it_is() -> None:
    found = batch(("without", "กข", "กข"), ("with", "ก ข", "ก ข"), ("wrong", "กข", "ก ข"))
    assert found.macro["spaces_f1"] == Mean(0.5, 2)
    assert found.macro["line_breaks_f1"] == Mean(None, 0)


def test_files_together_are_what_their_pages_in_one_text_are() -> None:
    pairs = (("ตําบล ทาศาลา\n๑", "ตำบลท่าศาลา\n๒"), ("ประชม", "ประชุม สภา"))
    whole = evaluate("\f".join(given for given, _ in pairs), "\f".join(right for _, right in pairs))
    found = together(evaluate(*pair) for pair in pairs)
    for name in ("measures", "words", "spaces", "line_breaks", "classes", "confusions", "by_page",
                 "sara_am_truth", "sara_am_candidate"):  # fmt: skip
        assert getattr(found, name) == getattr(whole, name), name


@pytest.mark.parametrize("pairs", [(), (("ก", "ตําบล", "ตำบล"), ("ข", "", "ก\fข"))])
def test_the_object_of_a_batch_is_as_its_schema_says(pairs: tuple[tuple[str, str, str], ...]) -> None:
    found = batch_object(batch(*pairs, pairing=Pairing((), ("t",), ("c",), ("x.png",)), bad="is empty"))
    jsonschema.Draft202012Validator(SCHEMA, registry=REGISTRY).validate(found)
    assert [one["name"] for one in found["files"]] == [name for name, _, _ in pairs]
    assert (found["missing"], found["extra"], found["no_texts"]) == (["t"], ["c"], ["x.png"])
    assert found["unmeasured"] == [{"name": "bad", "why": "is empty"}]


def test_only_what_was_measured_whole_is_complete() -> None:
    assert batch(pairing=Pairing((), (), (), ("x.png",))).complete
    assert not batch(pairing=Pairing((), ("t",), (), ())).complete
    assert not batch(pairing=Pairing((), (), ("c",), ())).complete
    assert not batch(bad="is empty").complete


def test_the_table_has_a_line_for_each_file_both_means_and_what_was_not_measured() -> None:
    said = shown(
        batch(
            ("long [red]", "ก" * 90, "ก" * 90),
            ("short", "กขคงจฉชซฌx", "กขคงจฉชซฌญ"),
            pairing=Pairing((), ("t.txt",), ("c.txt",), ("x.png",)),
            bad="truth is empty.",
        )
    )
    assert "long [red]" in said
    assert "1.00 %" in said
    assert "5.00 %" in said
    assert "no candidate: t.txt" in said
    assert "no truth: c.txt" in said
    assert "bad: truth is empty." in said
    assert "Not a text (.txt): x.png" in said


def test_the_view_of_a_batch_has_every_file_with_its_differences_and_names_what_was_not_measured() -> None:
    hostile = "<b>\u202ea"
    found = batch(
        (hostile, "คุมค่า", "คุ้มค่า"),
        ("two", "ก\fข", "ก"),
        pairing=Pairing((), ("t.txt",), ("c.txt",), ("x.png",)),
        bad="truth is empty.",
    )
    html = "".join(batch_html(found, "read", "truth"))
    assert "<b>\u202e" not in html
    assert "\u202e" not in html
    assert 'href="#f2"' in html
    assert 'id="f2p1"' in html
    assert ">◌้</del>" in html
    assert html.count("compared as one text") == 1
    for name in ("t.txt", "c.txt", "x.png", "truth is empty."):
        assert name in html
