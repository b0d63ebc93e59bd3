"""A page that ends the process that works on it is a failed page with a reason; the rest of its document is read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.errors import PageError, ProcessDied, ProcessNotReady
from model.state import Stage
from pipeline.begun import Begun
from pipeline.isolated import Isolated, recipe
from pipeline.local import digitise_here
from pipeline.settings import Settings
from tests.pipeline.fake_reader import FakeReader
from tests.review.summaries import summaries
from workspace.workspace import Workspace

DOCUMENT = "3a" * 32


class Carried(FakeReader):
    """A reader that can go to another process; which one it works in stands in what it fails with."""

    def __init__(self):
        super().__init__(say_which)

    def __reduce__(self):
        return type(self), ()


class Sound(Carried):
    """One that can go to another process and fails in none."""

    def __init__(self):
        super().__init__()
        self.before = nothing


def say_which(number):
    raise PageError(f"page {number} in {os.getpid()}", remedy="Look at it.")


def nothing(number):
    pass


def run_deadly(workspace, scan, manner, page, **environment):
    script = Path(__file__).with_name("deadly_run.py")
    words = [sys.executable, script, workspace, scan, manner, str(page)]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    ).returncode


def stages(workspace):
    with Workspace.open(workspace) as ws:
        [row] = summaries(ws)
        return [(page.stage, page.reason) for page in row.pages]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("manner", "first", "said"),
    [
        ("abort", -6, "crashed (SIGABRT)"),
        ("kill", -9, "crashed (SIGKILL)"),
        ("memory", -9, "internal error: MemoryError"),
    ],
)
def test_a_page_that_ends_its_process_is_a_failed_page_in_the_next_run_and_the_others_are_read(
    scan, tmp_path, manner, first, said
):
    workspace = tmp_path / "workspace"
    assert run_deadly(workspace, scan, manner, 2) == first
    assert run_deadly(workspace, scan, manner, 2) == 0
    one, two, three = stages(workspace)
    assert two[0] is Stage.FAILED
    assert "scan.pdf" in two[1]
    assert "page 2" in two[1]
    assert said in two[1]
    assert Stage.FAILED not in (one[0], three[0])
    assert Stage.MISSING not in (one[0], three[0])


@pytest.mark.slow
def test_a_page_that_hangs_and_was_killed_with_its_run_is_stopped_in_time_by_the_next(scan, tmp_path):
    workspace = tmp_path / "workspace"
    Workspace.open(workspace, create=True).close()
    with Workspace.open(workspace) as ws:
        document = ws.register_source(scan, scan.read_bytes(), "pdf", 3, [1, 2, 3])
    (workspace / "begun").mkdir()
    (workspace / "begun" / f"{document}-2").touch()  # as a killed run leaves it
    limits = {"CHAMRA_PAGE_SECONDS": "20", "CHAMRA_RECOGNISE_SECONDS": "1"}
    assert run_deadly(workspace, scan, "hang", 2, **limits) == 0
    assert [stage for stage, _ in stages(workspace)].count(Stage.FAILED) == 1
    assert "took longer than 24 s and was stopped" in stages(workspace)[1][1]


@pytest.mark.slow
def test_a_page_that_was_merely_in_hand_when_everything_was_killed_is_read_apart_and_its_mark_goes(
    run_with, scan, workspace
):
    document = workspace.register_source(scan, scan.read_bytes(), "pdf", 3, [1, 2, 3])
    reader = Sound()
    run = run_with(reader)
    mark = workspace.path / "begun" / f"{document}-2"
    mark.touch()
    result = digitise_here(run, [scan])
    assert [page["outcome"] for page in result["documents"][0]["pages"]] == ["read"] * 3
    assert sorted(reader.read_pages) == [1, 3]
    assert not mark.exists()


@pytest.mark.slow
def test_what_is_wrong_with_a_page_is_told_by_another_process_as_by_this_one(run_with, scan, workspace):
    document = workspace.register_source(scan, scan.read_bytes(), "pdf", 3, [1])
    run = run_with(Carried())
    (workspace.path / "begun" / f"{document}-1").touch()
    digitise_here(run, [scan], "1")
    [failed] = workspace.ledger.records(kind="failed")
    words, _, pid = failed.payload["reason"].removesuffix(" Look at it.").rpartition(" ")
    assert words == "page 1 in"
    assert int(pid) != os.getpid()
    assert not failed.payload["again"]


def test_a_reader_that_cannot_go_to_another_process_works_here(run_with, scan, workspace):
    document = workspace.register_source(scan, scan.read_bytes(), "pdf", 3, [1])
    reader = FakeReader()
    run = run_with(reader)
    (workspace.path / "begun" / f"{document}-1").touch()
    digitise_here(run, [scan], "1")
    assert reader.read_pages == [1]


def test_a_mark_stays_for_a_process_that_died_and_for_nothing_else(tmp_path):
    begun = Begun(tmp_path / "begun")
    for error in (PageError("bad"), KeyboardInterrupt(), None):
        with (
            pytest.raises(type(error)) if error else begun.page(DOCUMENT, 1),
            begun.page(DOCUMENT, 2) as died,
        ):
            assert not died
            if error:
                raise error
        assert not list((tmp_path / "begun").iterdir())
    with pytest.raises(ProcessDied), begun.page(DOCUMENT, 2):
        raise ProcessDied("died")
    with begun.page(DOCUMENT, 2) as died:
        assert died
    with begun.page(DOCUMENT, 2) as died:
        assert not died


@pytest.mark.parametrize(
    ("start", "error"),
    [
        ("raise SystemExit(3)", ProcessNotReady),
        ("import os; os.abort()", ProcessNotReady),
        ("print('no module')", ProcessNotReady),
        ("print('ready', flush=True); raise SystemExit(3)", ProcessDied),
        ("import os; print('ready', flush=True); os.abort()", ProcessDied),
    ],
)
def test_what_ends_a_process_before_it_takes_up_its_page_is_not_the_page(tmp_path, monkeypatch, start, error):
    monkeypatch.setattr("pipeline.isolated._START", start)
    isolated = Isolated(recipe(tmp_path, "auto", Settings(), [], None))
    with pytest.raises(error) as caught:
        isolated.see(isolated.packed(DOCUMENT, "scan.pdf", 1), "scan.pdf, page 1")
    assert caught.value.transient


def test_a_page_that_no_process_could_take_up_stays_marked(tmp_path):
    begun = Begun(tmp_path)
    with pytest.raises(ProcessNotReady), begun.page(DOCUMENT, 2):
        raise ProcessNotReady("no memory")
    with begun.page(DOCUMENT, 2) as died:
        assert died


@pytest.mark.parametrize(
    "lacking",
    [
        "def refuse(*_): raise PermissionError(13, 'not here')\nPath.write_text = refuse",
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))",
    ],
    ids=["no say in who goes first", "less memory than a page may take"],
)
def test_what_a_machine_does_not_allow_is_done_without(lacking):
    script = (
        "import resource\nfrom pathlib import Path\nfrom pipeline.isolated_page import _bound\n"
        f"{lacking}\nmost = resource.getrlimit(resource.RLIMIT_AS)[1]\n_bound(4096)\n"
        "size = resource.getrlimit(resource.RLIMIT_AS)[0]\n"
        "assert size != resource.RLIM_INFINITY and (most == resource.RLIM_INFINITY or size <= most)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_another_page_of_the_document_and_the_page_of_another_document_are_not_under_suspicion(tmp_path):
    begun = Begun(tmp_path)
    (tmp_path / f"{DOCUMENT}-12").touch()
    for document, number in ((DOCUMENT, 1), (DOCUMENT, 2), ("4b" * 32, 12)):
        with begun.page(document, number) as died:
            assert not died


def test_a_password_travels_to_the_other_process_and_no_further(tmp_path):
    made = recipe(tmp_path, "auto", Settings(jobs=4), [], "secret")
    assert made.settings.jobs == 1
    packed = Isolated(made).packed(DOCUMENT, "scan.pdf", 1)
    assert b"secret" in packed
    assert not list(tmp_path.iterdir())
