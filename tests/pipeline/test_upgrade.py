"""A workspace outlives the program: what an upgrade may change is made anew, everything else stands."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit.audit import audit
from dictionaries.code_identity import ROOMS
from model.decision import Who
from model.state import Outcome, Stage
from pipeline.local import digitise_here
from review.decide import accept, accept_remaining, edit
from review.publish import publish
from review.published import published_pages
from review.sign import sign
from review.state import document_state
from tests.pipeline.fake_reader import FakeReader, page_image

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
WHO = Who("Reviewer", "reviewer", claimed=True)
HOCR = """<html><head><meta name="ocr-system" content="another 1" /></head><body>
<div class="ocr_page" title="bbox 0 0 620 877"><span class="ocr_line" title="bbox 10 10 200 40">
<span class="ocrx_word" title="bbox 10 10 100 40; x_wconf 90">เทศบาลตําบล</span>
<span class="ocrx_word" title="bbox 150 10 200 40; x_wconf 90">ฉบับที่7</span></span></div></body></html>"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A copy of the program, in which a file may be changed; each call undoes the changes of the call before."""
    tree = tmp_path_factory.mktemp("program")

    def copy(source, target):
        if source.endswith(".py"):
            shutil.copy(source, target)
        else:
            Path(target).symlink_to(source)

    for room in (*ROOMS, "workspace", "reports", "audit", "review", "pipeline"):
        ignored = shutil.ignore_patterns("__pycache__", "static")
        shutil.copytree(ROOT / room, tree / room, ignore=ignored, copy_function=copy)
    copy(str(ROOT / "pyproject.toml"), str(tree / "pyproject.toml"))  # names the engines and forms
    changed: list[str] = []

    def with_change(file, old, new):
        for name in changed:
            shutil.copy(ROOT / name, tree / name)
        changed[:] = [file]
        source = (ROOT / file).read_text("utf-8")
        assert source.count(old) == 1
        (tree / file).write_text(source.replace(old, new), "utf-8")
        return tree

    return with_change


def run_by(tree, workspace, source, reader="fake"):
    """Digitise by that program; gives the pages' outcomes."""
    script = Path(__file__).with_name("upgraded_run.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tree), str(workspace.path), str(source), reader],
        capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},  # several runs by one program: compiled once
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def pages_of(workspace, document):
    """The pages with what was read and found, and where each stands."""
    found = []
    for state in document_state(workspace, document).pages:
        assert state.page is not None
        assert state.findings is not None
        found.append((state, state.page.reading, state.findings))
    return found


def rulesets(workspace):
    return [record.payload["ruleset"] for record in workspace.ledger.records(kind="findings")]


def decisions(workspace):
    return [record.payload for record in workspace.ledger.records(kind="decision")]


@pytest.fixture
def signed(run_with, scan, workspace):
    """A document of three pages, decided by a person, signed and published."""
    document = digitise_here(run_with(FakeReader(), second_reader="off"), [scan])["documents"][0]["id"]
    for state, _, found in pages_of(workspace, document):
        edit(workspace, document, f"{state.number}:{found.proposals[0].id}", "อำ", WHO)
    sign(workspace, document, WHO)
    publish(workspace)
    return document


ENC001 = "correction/rules/enc001_sara_am.py"
MESSAGE = "Sara am is written as nikhahit and sara aa."


def test_another_rule_set_proposes_anew_and_keeps_readings_decisions_and_signatures(
    signed, program, scan, workspace
):
    before, decided = rulesets(workspace), decisions(workspace)
    tree = program(ENC001, MESSAGE, "Sara am is in two parts.")
    assert run_by(tree, workspace, scan) == ["kept"] * 3
    first, *others = rulesets(workspace)[len(before) :]
    assert others == [first] * 2
    assert first not in before, "the ledger says which code proposed"
    pages = pages_of(workspace, signed)
    assert {found.proposals[0].message for _, _, found in pages} == {"Sara am is in two parts."}
    assert {found.ruleset for _, _, found in pages} == {first}
    assert decisions(workspace) == decided
    assert [state.stage for state, _, _ in pages] == [Stage.PUBLISHED] * 3
    assert audit(workspace).holds
    head = newest(workspace)
    assert run_by(tree, workspace, scan) == ["kept"] * 3
    assert newest(workspace) == head, "the same program again has nothing to do"


def test_a_rule_that_finds_more_asks_about_that_alone(signed, program, scan, workspace):
    published = published_pages(workspace, signed)
    tree = program(
        "correction/rules/rep002_repeated_line.py",
        "def _find(context: Context) -> Iterator[Match]:\n",
        "def _find(context: Context) -> Iterator[Match]:\n    yield Match(17, 20, None)\n",
    )
    run_by(tree, workspace, scan)
    state = document_state(workspace, signed)
    assert [page.stage for page in state.pages] == [Stage.WAITING] * 3
    for page in state.pages:
        assert sorted(page.outcomes.values()) == sorted([Outcome.EDITED, Outcome.OPEN])
        assert not page.lapsed
    assert published_pages(workspace, signed) == published


def newest(workspace):
    """The newest record, but for those of reports, which are written anew after decisions."""
    return max(one.seq for one in workspace.ledger.records() if one.kind != "report")


def test_a_comment_in_a_rule_is_no_upgrade(signed, program, scan, workspace):
    head = newest(workspace)
    tree = program(ENC001, '"""ENC001: sara am in two parts.', '"""ENC001, which has other words here.')
    assert run_by(tree, workspace, scan) == ["kept"] * 3
    assert newest(workspace) == head


def test_other_code_of_a_rule_makes_findings_anew_in_this_process_too(
    signed, run_with, scan, workspace, monkeypatch
):
    before = rulesets(workspace)
    monkeypatch.setattr("correction.engine.code_identity", lambda *_: "another program")
    digitise_here(run_with(FakeReader(), second_reader="off"), [scan])
    assert len(rulesets(workspace)) == len(before) + 3
    assert [page.stage for page in document_state(workspace, signed).pages] == [Stage.PUBLISHED] * 3


def test_other_code_that_prepares_images_reads_again_whoever_reads(
    signed, run_with, scan, workspace, monkeypatch
):
    monkeypatch.setattr("pipeline.read_page.preparation_code", lambda: "another program")
    again = FakeReader()
    digitise_here(run_with(again, second_reader="off"), [scan])
    assert sorted(again.read_pages) == [1, 2, 3]
    assert [page.stage for page in document_state(workspace, signed).pages] == [Stage.PUBLISHED] * 3


@pytest.fixture
def imported(run_with, tmp_path, workspace):
    """A page that another engine has read, decided by a person and signed: the document, its file, the reader."""
    image, hocr = tmp_path / "page.png", tmp_path / "page.hocr"
    page_image(1).save(image)
    hocr.write_text(HOCR, "utf-8")
    reader = f"import:{hocr}"
    document = digitise_here(run_with(reader, second_reader="off"), [image])["documents"][0]["id"]
    [(_, _, found)] = pages_of(workspace, document)
    accept(workspace, document, [found.proposals[0].id], WHO)
    accept_remaining(workspace, document, WHO)
    sign(workspace, document, WHO)
    return document, image, reader


def code_of(workspace, document):
    [(_, reading, _)] = pages_of(workspace, document)
    return reading.reader.says("code")


def test_another_reader_s_code_reads_again_and_the_same_text_stays_signed(imported, program, workspace):
    document, image, reader = imported
    before, decided = code_of(workspace, document), decisions(workspace)
    tree = program("ocr/imported/hocr.py", "ROOM = 0.2", "ROOM = 0.21")
    assert run_by(tree, workspace, image, reader) == ["read"]
    assert code_of(workspace, document) not in ("", before), "the page says which code read it"
    assert document_state(workspace, document).pages[0].stage is Stage.SIGNED
    assert decisions(workspace) == decided
    head = newest(workspace)
    assert run_by(tree, workspace, image, reader) == ["kept"]
    assert newest(workspace) == head


def test_decisions_follow_the_ink_to_what_another_program_reads(imported, program, workspace):
    document, image, reader = imported
    decided = decisions(workspace)
    tree = program(
        "ocr/imported/reader.py",
        'run.text.replace("\\n", " ")',
        'run.text.replace("\\n", " ").replace("7", "๗")',
    )
    assert run_by(tree, workspace, image, reader) == ["read"]
    [(page, reading, found)] = pages_of(workspace, document)
    assert reading.text.endswith("ฉบับที่๗")
    assert decisions(workspace)[: len(decided)] == decided
    assert page.carried == 2, "the proposal, and the flag on the ink beside it"
    assert page.outcomes[found.proposals[0].id] is Outcome.ACCEPTED
    assert page.stage is not Stage.SIGNED, "another text is nobody's signed text"


def test_the_code_of_another_reader_is_no_reason_to_read_again(imported, program, workspace):
    document, image, reader = imported
    head = newest(workspace)
    tree = program("ocr/text_layer/judge.py", "\nMOST_UNKNOWN", "\nANOTHER = 1\nMOST_UNKNOWN")
    assert run_by(tree, workspace, image, reader) == ["kept"]
    assert newest(workspace) == head
    assert document_state(workspace, document).pages[0].stage is Stage.SIGNED
