import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import pipeline.inbox as inbox_module
from flows.names import from_parameter, to_parameter
from model.errors import NoSpace, UsageError
from model.page import FailedPage
from pipeline.admit import admit_all, record_refused
from pipeline.beneath import open_file
from pipeline.inbox import check_inbox, new_files, scanning_alone
from tests.pipeline.fake_reader import FakeReader
from workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cli" / "sample" / "scan.pdf"


@pytest.fixture
def place(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with Workspace.open(tmp_path / "workspace", create=True) as workspace:
        yield workspace, inbox


def report(workspace, document):
    (workspace.path / "reports").mkdir(exist_ok=True)
    (workspace.path / "reports" / f"a-{document[:12]}.html").write_text("")


def look(place, during=lambda: None):
    workspace, inbox = place
    return new_files(workspace, inbox, 5.0, sleep=lambda seconds: during())


def test_a_new_file_is_ready_wherever_it_lies_below_the_inbox(place):
    _, inbox = place
    (inbox / "ตำบล").mkdir()
    (inbox / "ตำบล" / "a.pdf").write_bytes(b"a")
    assert look(place).ready == (inbox / "ตำบล" / "a.pdf",)


def test_a_file_that_grows_between_two_looks_waits(place):
    _, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"half")
    arrivals = look(place, during=lambda: path.write_bytes(b"half and half"))
    assert arrivals.ready == ()
    assert arrivals.waiting == ((path, "still changing"),)


def test_a_file_that_is_rewritten_at_the_same_size_waits(place):
    _, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"old")

    def rewrite():
        path.write_bytes(b"new")
        os.utime(path, ns=(1, 1))

    assert look(place, during=rewrite).waiting == ((path, "still changing"),)


def test_a_file_that_goes_away_is_said_to_have_gone(place):
    _, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"a")
    assert look(place, during=path.unlink).waiting == ((path, "went away"),)


def test_unfinished_and_hidden_files_are_left_alone(place):
    _, inbox = place
    for name in (".a.pdf", "b.pdf.part", "c.pdf.crdownload", "d.pdf~", "e.tmp"):
        (inbox / name).write_bytes(b"x")
    assert look(place).ready == ()


def test_the_same_content_under_two_names_is_taken_once(place):
    _, inbox = place
    for name in ("b.pdf", "a.pdf"):
        (inbox / name).write_bytes(b"same")
    assert look(place).ready == (inbox / "a.pdf",)


def test_content_whose_pages_are_all_done_is_not_taken_again_under_any_name(place):
    workspace, inbox = place
    (inbox / "a.pdf").write_bytes(b"a")
    document = workspace.register_source(inbox / "a.pdf", b"a", "pdf", 2, [1, 2])
    workspace.record_failed(FailedPage(document, 1, "dark"))
    assert look(place).ready == (inbox / "a.pdf",), "page 2 is not done: its run was killed"
    workspace.record_failed(FailedPage(document, 2, "dark"))
    (inbox / "a.pdf").rename(inbox / "z.pdf")
    assert look(place).ready == (inbox / "z.pdf",), "its report is not written"
    report(workspace, document)
    assert look(place).ready == ()


def test_refused_content_is_on_record_once_and_not_tried_again(place):
    workspace, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"junk")
    for _ in range(2):
        record_refused(workspace.ledger, path, hashlib.sha256(b"junk").hexdigest(), "it is no PDF")
    records = [record.payload for record in workspace.ledger.records(kind="refused")]
    assert [(one["name"], one["reason"]) for one in records] == [("a.pdf", "it is no PDF")]
    assert look(place).ready == ()


def test_a_settled_file_is_neither_waited_for_nor_hashed_again(place):
    workspace, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"a")
    look(place)
    document = workspace.register_source(path, b"a", "pdf", 1, [1])
    workspace.record_failed(FailedPage(document, 1, "dark"))
    report(workspace, document)

    def never():
        raise AssertionError("there was nothing to wait for")

    assert look(place, during=never).ready == ()
    path.write_bytes(b"b")
    assert look(place).ready == (path,), "the same name with new content is new"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"a": 1}'])
def test_a_damaged_cache_costs_nothing_but_time(place, damage):
    workspace, inbox = place
    (inbox / "a.pdf").write_bytes(b"a")
    (workspace.path / "inbox-seen.json").write_bytes(damage)
    assert look(place).ready == (inbox / "a.pdf",)


def test_only_one_scan_works_at_a_time(place):
    workspace, _ = place
    with scanning_alone(workspace) as first, scanning_alone(workspace) as second:
        assert first is True
        assert second is False
    with scanning_alone(workspace) as third:
        assert third is True


def test_a_marker_says_that_a_file_is_complete_and_nobody_waits(place):
    _, inbox = place
    (inbox / "a.pdf").write_bytes(b"a")
    (inbox / "a.pdf.done").touch()

    def never():
        raise AssertionError("the marker has said it")

    assert look(place, during=never).ready == (inbox / "a.pdf",)


def test_names_that_are_no_utf8_and_names_as_long_as_they_may_be_are_taken_like_any_other(place):
    _, inbox = place
    thai = os.fsencode(inbox) + b"/" + "หนังสือ.pdf".encode("tis-620")
    Path(os.fsdecode(thai)).write_bytes(b"a")
    (inbox / ("ก" * 80 + ".pdf")).write_bytes(b"b")
    assert {path.read_bytes() for path in look(place).ready} == {b"a", b"b"}


@pytest.mark.parametrize("name", ["หนังสือ.pdf".encode("tis-620"), "หนังสือ ก.pdf".encode()])
def test_every_name_goes_through_the_parameters_of_a_flow(name):
    path = Path("/in") / os.fsdecode(name)
    text = to_parameter(path)
    assert text.encode("utf-8")
    assert from_parameter(text) == path


def test_what_cannot_be_read_is_told_and_keeps_none_of_the_others_from_being_taken(place, monkeypatch):
    _, inbox = place
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (inbox / name).write_bytes(name.encode())
    real = open_file

    def refusing(path, beneath):
        if path.name == "b.pdf":
            raise PermissionError(13, "Permission denied")
        return real(path, beneath)

    monkeypatch.setattr(inbox_module, "open_file", refusing)
    found = look(place)
    assert found.ready == (inbox / "a.pdf", inbox / "c.pdf")
    assert found.troubles == ((inbox / "b.pdf", "cannot be read: Permission denied"),)


LOOK = """
import sys
from pathlib import Path
from pipeline.inbox import new_files
from workspace.workspace import Workspace
place = Path(sys.argv[1])
with Workspace.open(place / "w", create=True) as workspace:
    found = new_files(workspace, place / "inbox", 0)
print([path.name for path in found.ready], sorted(path.name for path, _ in found.troubles))
"""


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="nothing here takes root's privileges away")
@pytest.mark.slow
def test_a_file_and_a_folder_that_this_account_may_not_read_are_told(tmp_path):
    (tmp_path / "inbox" / "closed").mkdir(parents=True)
    (tmp_path / "inbox" / "listed" / "below").mkdir(parents=True)
    (tmp_path / "inbox" / "listed").chmod(0o400)
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / "inbox" / name).write_bytes(name.encode())
    (tmp_path / "inbox" / "closed").chmod(0o000)
    (tmp_path / "inbox" / "b.pdf").chmod(0o000)
    as_anybody = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.getuid() == 0 else []
    said = subprocess.run(
        [*as_anybody, sys.executable, "-c", LOOK, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    for name in ("closed", "listed"):
        (tmp_path / "inbox" / name).chmod(0o700)
    assert said.stdout.split() == ["['a.pdf']", "['b.pdf',", "'below',", "'closed']"], said.stderr


def test_the_workspace_in_the_inbox_is_left_alone(tmp_path):
    with Workspace.open(tmp_path / "inbox" / "w", create=True) as workspace:
        (tmp_path / "inbox" / "a.pdf").write_bytes(b"a")
        assert new_files(workspace, tmp_path / "inbox", 0).ready == (tmp_path / "inbox" / "a.pdf",)


@pytest.mark.parametrize("name", ["", "gone", "file", "w/below"])
def test_an_inbox_that_is_not_there_or_cannot_be_one_is_an_error(place, name):
    workspace, inbox = place
    (inbox / "file").write_bytes(b"")
    (workspace.path / "below").mkdir()
    where = {"": "", "w/below": str(workspace.path / "below")}.get(name, str(inbox / name))
    with pytest.raises(UsageError):
        check_inbox(where, workspace.path)
    assert check_inbox(str(inbox), workspace.path) == inbox


def test_one_scan_takes_so_many_and_the_next_one_the_next(place):
    workspace, inbox = place
    for number in range(5):
        (inbox / f"{number}.pdf").write_bytes(str(number).encode())
    found = new_files(workspace, inbox, 0, most=3)
    assert len(found.ready) == 3
    assert [reason for _, reason in found.waiting] == ["its turn comes with the next scan"] * 2


def test_copies_are_told_with_the_file_that_they_are_copies_of(place):
    _, inbox = place
    for name in ("b.pdf", "a.pdf"):
        (inbox / name).write_bytes(b"same")
    assert look(place).copies == ((inbox / "b.pdf", inbox / "a.pdf"),)
    assert look(place).copies == ((inbox / "b.pdf", inbox / "a.pdf"),), "when it is settled, too"


def test_a_page_that_failed_by_accident_is_ready_again_when_its_time_has_come(place, monkeypatch):
    workspace, inbox = place
    (inbox / "a.pdf").write_bytes(b"a")
    document = workspace.register_source(inbox / "a.pdf", b"a", "pdf", 1, [1])
    report(workspace, document)
    workspace.record_failed(FailedPage(document, 1, "Tesseract crashed"), transient=True)
    assert look(place).ready == ()
    monkeypatch.setattr(inbox_module, "utc_now", lambda: datetime.now(UTC) + timedelta(minutes=2))
    assert look(place).ready == (inbox / "a.pdf",)


def test_a_full_disk_is_told_before_a_run_begins(workspace, scan, run_with):
    run = run_with(FakeReader(), min_free_mb=10**9)
    with pytest.raises(NoSpace, match="MiB free"):
        admit_all(run, [scan])
    assert not list(workspace.ledger.records(kind="source"))


def test_links_are_told_and_lead_nowhere(place, tmp_path):
    _, inbox = place
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "s.pdf").write_bytes(b"not of the inbox")
    (inbox / "real.pdf").write_bytes(b"of the inbox")
    (inbox / "link.pdf").symlink_to(secret / "s.pdf")
    (inbox / "folder").symlink_to(secret)
    found = look(place)
    assert found.ready == (inbox / "real.pdf",)
    assert [path.name for path, reason in found.troubles if "not followed" in reason] == [
        "folder",
        "link.pdf",
    ]


def test_a_file_that_becomes_a_link_between_two_looks_is_not_followed(place, tmp_path):
    _, inbox = place
    (tmp_path / "s.pdf").write_bytes(b"not of the inbox")
    path = inbox / "a.pdf"
    path.write_bytes(b"of the inbox")

    def exchange():
        path.unlink()
        path.symlink_to(tmp_path / "s.pdf")

    assert look(place, during=exchange).ready == ()


def test_a_file_that_becomes_a_link_after_the_scan_is_not_followed(place, tmp_path, run_with):
    """Neither it nor a folder above it: what lies elsewhere is not taken for what lay there."""
    _, inbox = place
    (tmp_path / "secret").mkdir()
    for name in ("a.pdf", "b.pdf"):
        shutil.copy(SAMPLE, tmp_path / "secret" / name)
    (inbox / "ตำบล").mkdir()
    for path in (inbox / "a.pdf", inbox / "ตำบล" / "b.pdf"):
        path.write_bytes(b"of the inbox")
    ready = look(place).ready
    assert [path.name for path in ready] == ["a.pdf"]  # the other has the same content
    (inbox / "a.pdf").unlink()
    (inbox / "a.pdf").symlink_to(tmp_path / "secret" / "a.pdf")
    shutil.rmtree(inbox / "ตำบล")
    (inbox / "ตำบล").symlink_to(tmp_path / "secret")
    run = run_with(FakeReader())
    for path in (inbox / "a.pdf", inbox / "ตำบล" / "b.pdf"):
        plans, refused = admit_all(run, [path], beneath=inbox)
        assert plans == []
        assert "cannot be read" in refused[0].reason
    assert run.workspace.ledger.documents() == ()
    assert admit_all(run, [inbox / "a.pdf"])[0], "who names a link by hand means it"


def test_a_folder_that_becomes_a_link_while_its_files_are_looked_at_leads_nowhere(place, tmp_path):
    _, inbox = place
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.pdf").write_bytes(b"not of the inbox")
    (inbox / "ตำบล").mkdir()
    (inbox / "ตำบล" / "a.pdf").write_bytes(b"of the inbox")

    def exchange():
        shutil.rmtree(inbox / "ตำบล")
        (inbox / "ตำบล").symlink_to(tmp_path / "secret")

    found = look(place, during=exchange)
    assert found.ready == ()
    assert [path.name for path, _ in (*found.waiting, *found.troubles)] == ["a.pdf"]


def test_no_other_file_is_looked_into_than_the_one_that_was_opened(place, tmp_path, run_with, monkeypatch):
    """The pages that are counted and the bytes that are kept are of one file, whatever gets its name meanwhile."""
    path, other = tmp_path / "a.pdf", tmp_path / "other.pdf"
    shutil.copy(SAMPLE, path)
    other.write_bytes(SAMPLE.read_bytes() + b"%")
    run = run_with(FakeReader())
    counted = run.reading.sources.open
    names = []

    def exchange(opened, name=""):
        names.append((opened.resolve(), name))
        path.rename(tmp_path / "moved.pdf")
        other.rename(path)
        return counted(opened, name)

    monkeypatch.setattr(run.reading.sources, "open", exchange)
    plans, refused = admit_all(run, [path])
    assert names == [(path, str(path))]
    assert refused == []
    assert [run.workspace.store.get(plan.document) for plan in plans] == [SAMPLE.read_bytes()]


def test_a_huge_file_without_content_is_told_and_keeps_nothing_else_from_being_taken(place):
    _, inbox = place
    with (inbox / "x.pdf").open("wb") as file:
        file.truncate(6 * 1024**3)
    (inbox / "y.pdf").write_bytes(b"y")
    found = look(place)
    assert found.ready == (inbox / "y.pdf",)
    assert found.troubles == ((inbox / "x.pdf", "has 6144 MiB, more than the 4096 MiB allowed"),)


def test_what_is_no_file_is_told_and_not_waited_for(place):
    _, inbox = place
    os.mkfifo(inbox / "pipe.pdf")
    (inbox / "a.pdf").write_bytes(b"a")
    found = look(place)
    assert found.ready == (inbox / "a.pdf",)
    assert found.troubles == ((inbox / "pipe.pdf", "is no file but a device, a pipe or a socket"),)
