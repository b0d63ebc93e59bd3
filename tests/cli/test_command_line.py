"""The command line as its users meet it: output, exit statuses, errors that say what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from model.errors import Exit
from tests.pipeline.fake_reader import scan_pdf

ROOT = Path(__file__).parents[2]


@pytest.fixture
def read(chamra, scan, tmp_path):
    """A workspace in which no page of the scan could be read: it has no text layer."""
    place = tmp_path / "workspace"
    chamra("digitise", scan, "-w", place, "--reader", "text-layer")
    return place


def test_help_is_quick_because_no_room_is_imported_for_it():
    heavy = (
        "cv2",
        "numpy",
        "onnxruntime",
        "prefect",
        "sqlalchemy",
        "pydantic",
        "geothai",
        "pythainlp",
        "jinja2",
        "rapidfuzz",
    )
    probe = f"import sys, cli.app; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["", "digitise", "decide", "audit", "dictionaries check"])
def test_every_command_has_help(chamra, command):
    status, out, _ = chamra(*command.split(), "--help")
    assert status == Exit.DONE
    assert "Usage: chamra" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["frob"],
        ["digitise"],
        ["digitise", "x.pdf"],
        ["correct", "x", "--format", "xml"],
        ["decide", "x", "-w", ".", "--who", "A"],
        ["decide", "x", "-w", ".", "--who", "A", "--accept-remaining", "--reject-remaining"],
        ["decide", "x", "-w", ".", "--who", "A", "--accept", "1", "--reject", "2", "3"],
        ["audit", "-w", ".", "--text", "x.txt"],
    ],
)
def test_wrong_usage_ends_with_its_own_status(chamra, arguments):
    status, out, err = chamra(*arguments)
    assert status == Exit.USAGE
    assert err
    assert not out


def test_a_page_that_cannot_be_read_is_reported_with_page_and_remedy(chamra, scan, tmp_path):
    status, out, err = chamra(
        "digitise", scan, "-w", tmp_path / "w", "--reader", "text-layer", "--pages", "2"
    )
    assert status == Exit.NEEDS_A_PERSON
    assert "page 2 FAILED: scan.pdf, page 2: it has no text layer." in out
    assert "--reader tesseract" in out
    assert "scan.pdf page 2: FAILED" in err, "progress in plain lines where there is no terminal"


@pytest.mark.tesseract
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "empty"),
        ("text.pdf", "ข้อความ".encode(), "chamra correct"),
        ("cut.pdf", scan_pdf()[:3000], "cut.pdf"),
        ("zip.png", b"PK\x03\x04" + b"0" * 99, "zip.png"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_leaves_no_document(chamra, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    status, _, err = chamra("digitise", path, "-w", tmp_path / "w")
    assert status == Exit.BAD_INPUT
    assert name in err
    assert words in err
    assert json.loads(chamra("status", "-w", tmp_path / "w", "--json")[1])["documents"] == []


def test_digitise_prints_one_object_and_nothing_else(chamra, scan, tmp_path):
    _, out, err = chamra("digitise", scan, "-w", tmp_path / "w", "--reader", "text-layer", "--json")
    assert json.loads(out)["schema"] == "chamra/digitise/1"
    assert err == f"chamra: making a new workspace at {tmp_path / 'w'}.\n"


def test_a_source_that_changed_since_it_was_read_is_said_to_have_changed(chamra, read, scan):
    scan.write_bytes(scan_pdf() + b"\n")
    status, _, err = chamra("status", scan, "-w", read)
    assert status == Exit.BAD_INPUT
    assert "another content than" in err


@pytest.mark.parametrize("option", [["--failed"], ["--all"], ["--since", "2026-11-01"]])
def test_what_chooses_among_documents_is_refused_beside_one(chamra, tmp_path, option):
    status, _, err = chamra("status", "scan.pdf", "-w", tmp_path / "w", *option)
    assert status == Exit.USAGE
    assert err.endswith("Give the document or the options.\n")


def test_what_is_no_workspace_is_not_taken_for_one(chamra, tmp_path):
    status, _, err = chamra("status", "-w", tmp_path)
    assert status == Exit.WORKSPACE
    assert str(tmp_path) in err


def test_a_workspace_of_a_newer_version_is_left_alone(chamra, read):
    settings = json.loads((read / "workspace.json").read_text())
    settings["schema"] = settings["schema"].rpartition("/")[0] + "/999"
    (read / "workspace.json").chmod(0o644)
    (read / "workspace.json").write_text(json.dumps(settings))
    status, _, err = chamra("audit", "-w", read)
    assert status == Exit.WORKSPACE
    assert "newer" in err


def test_waiving_signing_and_auditing_from_the_terminal(chamra, read, scan):
    assert chamra("sign", scan, "-w", read, "--who", "Somchai")[0] == Exit.NEEDS_A_PERSON
    for page in (1, 2, 3):
        status, out, _ = chamra(
            "decide", scan, "-w", read, "--who", "Somchai", "--waive", page, "no text layer"
        )
        assert status == Exit.DONE
        assert "recorded 1 decision by Somchai" in out
    status, out, _ = chamra("sign", scan, "-w", read, "--who", "Somchai")
    assert status == Exit.DONE
    assert "left out: pages 1, 2, 3" in out
    status, out, _ = chamra("audit", "-w", read, "--json")
    assert status == Exit.DONE
    assert json.loads(out)["holds"] is True


def test_publishing_before_signing_changes_nothing_and_says_so(chamra, read):
    status, out, _ = chamra("publish", "-w", read)
    assert (status, out) == (Exit.DONE, "nothing new is signed\n")


def test_an_export_of_what_is_not_published_is_refused_and_writes_nothing(chamra, read, scan, tmp_path):
    output = tmp_path / "out.txt"
    status, _, err = chamra("export", scan, "-w", read, "--format", "text", "-o", output)
    assert status == Exit.NEEDS_A_PERSON
    assert "chamra publish" in err
    assert not output.exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--accept", "none"], "ตําบลป่าบง\r\nน ํ้าประปา\n"),
        (["--accept", "safe"], "ตำบลป่าบง\r\nน้ำประปา\n"),
        (["--accept", "all"], "ตำบลป่าบง\r\nน้ำประปา\n"),
    ],
)
def test_correct_gives_the_text_back_with_its_newlines_untouched(chamra, tmp_path, options, expected):
    path = tmp_path / "page.txt"
    path.write_bytes("ตําบลป่าบง\r\nน ํ้าประปา\n".encode())
    status, out, _ = chamra("correct", path, "--format", "text", *options)
    assert status == Exit.DONE
    assert out.encode() == expected.encode()


def test_every_rule_is_listed_and_one_is_explained_with_its_examples(chamra):
    schema = json.loads((ROOT / "docs/schemas/rules.json").read_text())
    listed = json.loads(chamra("rules", "--json")[1])
    jsonschema.validate(listed, schema)
    codes = [rule["code"] for rule in listed["rules"]]
    assert [line.split()[0] for line in chamra("rules")[1].splitlines()] == codes
    assert "พื้นที่น" in chamra("rules", "enc002")[1]
    assert chamra("rules", "ENC999")[0] == Exit.USAGE


def test_a_text_in_another_encoding_is_recognised_and_read_when_that_is_said(chamra, tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("ตำบลป่าบง อำเภอสารภี จังหวัดเชียงใหม่".encode("cp874"))
    status, _, err = chamra("correct", path)
    assert status == Exit.BAD_INPUT
    assert "--encoding cp874" in err
    assert chamra("correct", path, "--encoding", "cp874", "--format", "text")[1].startswith("ตำบลป่าบง")


@pytest.mark.slow
def test_a_reader_of_our_output_that_goes_away_is_no_error(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("ตําบล\n" * 8_000)
    command = f"{sys.executable} -m cli.app correct {path} --format text | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ตำบล", "0"]
    (said,) = done.stderr.splitlines()
    assert said == "Diagnosis: Sara am is written in two parts, at 8000 places: the repair is safe."


@pytest.mark.tesseract
@pytest.mark.mount
@pytest.mark.skipif(os.getuid() != 0, reason="mounting a small file system needs root")
def test_a_full_disk_is_said_to_be_full_and_the_next_run_goes_on(scan, tmp_path):
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not allow mounting")
    try:
        command = [sys.executable, "-m", "cli.app", "digitise", scan, "-w", place / "w"]
        full = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert full.returncode == Exit.NO_SPACE_OR_PERMISSION, full.stderr
        assert "full" in full.stderr
        subprocess.run(["mount", "-o", "remount,size=400m", place], check=True)
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert again.returncode == Exit.DONE, again.stderr
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_page_that_nothing_was_read_on_is_measured_like_any_other(chamra, tmp_path):
    empty, truth = tmp_path / "empty.txt", tmp_path / "truth.txt"
    empty.write_bytes(b"")
    truth.write_text("เทศบาลตำบล", "utf-8")
    measured = json.loads(chamra("evaluate", empty, truth, "--json")[1])["measures"]["strict"]
    assert (measured["cer"], measured["errors"]) == (1.0, 10)
    status, _, err = chamra("evaluate", truth, empty)
    assert (status, "empty.txt is empty" in err) == (Exit.BAD_INPUT, True)


def test_a_byte_order_mark_is_no_letter_to_be_wrong(chamra, tmp_path):
    marked, truth = tmp_path / "marked.txt", tmp_path / "truth.txt"
    marked.write_text("\ufeffเทศบาลตำบล", "utf-8")
    truth.write_text("เทศบาลตำบล", "utf-8")
    for pair in ((marked, truth), (truth, marked)):
        measures = json.loads(chamra("evaluate", *pair, "--json")[1])["measures"]
        assert {name: one["errors"] for name, one in measures.items()} == dict.fromkeys(measures, 0)


def test_a_file_whose_name_begins_with_a_dash_is_told_from_an_option(chamra, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-scan.pdf").write_bytes(b"")
    status, _, err = chamra("digitise", "-scan.pdf", "-w", "work")
    assert status == Exit.USAGE
    assert "write ./-scan.pdf" in err
    assert "./" not in chamra("digitise", "-other.pdf", "-w", "work")[2]
