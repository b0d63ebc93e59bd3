"""A page that was published and is read anew since: every report and export goes on."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from audit.audit import audit
from model.decision import Who
from model.errors import DamagedBlob, DictionaryError, Exit, NoSpace
from model.state import Stage
from pipeline.finish import write_report
from pipeline.local import digitise_here
from pipeline.summary import exit_status
from reports.diff import write_diff
from reports.exports import jsonl, text
from review.decide import accept_remaining
from review.publish import publish
from review.published import edition
from review.sign import sign
from review.trace import trace
from tests.pipeline.fake_reader import FakeReader, scan_pdf
from workspace.codec import decode_published

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
WHO = Who("สมชาย", "somchai", claimed=True)


class OtherReader(FakeReader):
    """Reads another text on the same pages."""

    reader = replace(FakeReader.reader, version="2")

    def read(self, source, number, prepared, dpi):
        (found,) = super().read(source, number, prepared, dpi)
        return (replace(found, reader=self.reader, text="อื่น" + found.text[4:]),)


@pytest.fixture
def published(run_with, scan, workspace):
    """The scan, read, signed and published; gives its id and its published text."""
    [document] = digitise_here(run_with(FakeReader()), [scan])["documents"]
    accept_remaining(workspace, document["id"], WHO)
    sign(workspace, document["id"], WHO)
    publish(workspace)
    return document["id"], "".join(text.pieces(edition(workspace, document["id"])))


def test_a_published_document_that_is_read_anew_keeps_its_reports_and_exports(
    published, run_with, scan, workspace
):
    document, before = published
    pages = list(jsonl.pieces(edition(workspace, document)))
    result = digitise_here(run_with(OtherReader()), [scan])
    assert exit_status(result) is Exit.DONE
    report = Path(result["documents"][0]["report"]).read_text("utf-8")
    assert report.count("A newer reading exists.") == 3
    assert "read anew since, by fake 2" in report
    found = edition(workspace, document)
    assert [page.stage for page in found.state.pages] == [Stage.DECIDED] * 3
    assert "".join(text.pieces(found)) == before
    assert list(jsonl.pieces(found)) == pages
    assert write_report(workspace, document).exists()
    assert audit(workspace).holds
    traced = trace(workspace, document, 1, 0)
    assert (traced.character, traced.line) == (before[0], before.split("\n")[0])


def test_a_text_that_was_published_before_texts_named_their_reading_is_given_out_too(
    published, run_with, scan, workspace, monkeypatch
):
    document, before = published
    digitise_here(run_with(OtherReader()), [scan])
    monkeypatch.setattr(
        "review.published.decode_published",
        lambda data: replace(decode_published(data), reading_sha256="", page_blob=""),
    )
    assert "".join(text.pieces(edition(workspace, document))) == before


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("the text does not have it"), "internal error: ValueError: the text does not have it"),
        (DamagedBlob("A blob is missing.", remedy="Restore it."), "A blob is missing. Restore it."),
    ],
)
def test_what_goes_wrong_with_one_report_is_told_and_the_other_documents_get_theirs(
    run_with, scan, monkeypatch, tmp_path, error, words
):
    other = tmp_path / "other.pdf"
    other.write_bytes(scan.read_bytes() + b"\n% another file\n")

    def broken(found, *rest):
        if found.state.name == "scan.pdf":
            raise error
        write_diff(found, *rest)

    monkeypatch.setattr("pipeline.finish.write_diff", broken)
    result = digitise_here(run_with(FakeReader()), [scan, other])
    jsonschema.validate(result, json.loads((ROOT / "docs/schemas/digitise.json").read_text()))
    first, second = result["documents"]
    assert first["report"] == ""
    assert first["problem"].startswith(f"scan.pdf ({first['id'][:12]}): its report was not written: {words}")
    assert "chamra report" in first["problem"]
    assert Path(second["report"]).exists()
    assert second["problem"] == ""
    assert exit_status(result) is Exit.NEEDS_A_PERSON


@pytest.mark.parametrize("error", [NoSpace("full"), DictionaryError("a line")])
def test_what_would_go_wrong_with_every_report_ends_the_run(run_with, scan, monkeypatch, error):
    def broken(*_):
        raise error

    monkeypatch.setattr("pipeline.finish.write_diff", broken)
    with pytest.raises(type(error)):
        digitise_here(run_with(FakeReader()), [scan])


def test_a_name_of_eighty_thai_letters_has_its_report_too(run_with, tmp_path):
    scan = tmp_path / f"{'ก' * 80}.pdf"
    scan.write_bytes(scan_pdf())
    result = digitise_here(run_with(FakeReader()), [scan])
    (report,) = [Path(one["report"]) for one in result["documents"]]
    assert report.exists()
    assert report.name.startswith("ก" * 66 + "-")
    assert exit_status(result) is Exit.DONE
