import json
import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from model.errors import BadInput, Exit, LedgerError, NoSpace, UsageError, WorkspaceError
from model.page import FailedPage
from tests.workspace import samples
from workspace import folder as module
from workspace.store import recipe_key
from workspace.workspace import Workspace

PDF = b"%PDF-1.7 the content"
TEXT = "เทศบาลตำบลศีขรภูมิ"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def ws(folder):
    made = Workspace.open(folder, create=True, clock=samples.Ticking())
    yield made
    made.close()


def kinds(ws):
    return [one.kind for one in ws.ledger.records()]


def a_page(ws, document, text=TEXT, number=1):
    return samples.page(text, document=document, number=number, image=ws.store.put(b"image"))


def test_a_workspace_that_was_made_is_opened_again_with_its_id(folder, ws):
    with Workspace.open(folder) as again:
        assert again.id == ws.id
        assert again.anchors == ws.anchors == (folder.parent / "archive.anchors.log",)


def test_several_workspaces_in_one_folder_have_their_own_anchors(tmp_path):
    with Workspace.open(tmp_path / "a", create=True) as a, Workspace.open(tmp_path / "b", create=True) as b:
        assert set(a.anchors).isdisjoint(b.anchors)


def test_the_anchors_lie_where_the_settings_say(folder, ws, tmp_path):
    settings = json.loads((folder / "workspace.json").read_text())
    settings["anchors"] = ["../elsewhere.log", str(tmp_path / "other" / "anchors.log")]
    (folder / "workspace.json").write_text(json.dumps(settings))
    with Workspace.open(folder) as again:
        assert again.anchors == (tmp_path / "elsewhere.log", tmp_path / "other" / "anchors.log")


def test_a_folder_that_is_no_workspace_says_how_to_make_one(folder):
    with pytest.raises(WorkspaceError, match="is not a workspace") as caught:
        Workspace.open(folder)
    assert "chamra init" in caught.value.remedy
    assert caught.value.exit_status is Exit.WORKSPACE
    assert not folder.exists()


def test_a_folder_with_other_files_is_not_made_a_workspace(folder):
    folder.mkdir()
    (folder / "thesis.docx").write_bytes(b"")
    with pytest.raises(WorkspaceError, match=r"holds other files \(thesis.docx\)"):
        Workspace.open(folder, create=True)
    assert [path.name for path in folder.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_folder(folder):
    folder.write_bytes(b"")
    with pytest.raises(UsageError, match="not a folder"):
        Workspace.open(folder, create=True)
    with pytest.raises(WorkspaceError, match="not a workspace"):
        Workspace.open(folder)


def test_a_newer_workspace_is_refused_with_status_5(folder, ws):
    settings = (folder / "workspace.json").read_text()
    (folder / "workspace.json").write_text(settings.replace("chamra/workspace/1", "chamra/workspace/3"))
    with pytest.raises(WorkspaceError, match="version 3; this program knows version 2") as caught:
        Workspace.open(folder)
    assert caught.value.exit_status is Exit.WORKSPACE


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"schema":"chamra/workspace/x","id":"a"}', '{"schema":"other/1","id":"a"}'],
)
def test_damaged_settings_are_named(folder, ws, content):
    (folder / "workspace.json").write_text(content)
    with pytest.raises(WorkspaceError, match=r"workspace\.json is damaged"):
        Workspace.open(folder)


@pytest.mark.parametrize("anchors", [None, "a.log", [1], [""]])
def test_settings_without_anchors_are_named(folder, ws, anchors):
    settings = json.loads((folder / "workspace.json").read_text())
    (folder / "workspace.json").write_text(json.dumps({**settings, "anchors": anchors}))
    with pytest.raises(WorkspaceError, match="where the anchors lie"):
        Workspace.open(folder)


def test_another_workspaces_ledger_is_refused(folder, ws, tmp_path):
    with Workspace.open(tmp_path / "other", create=True) as other:
        other.close()
    ws.close()
    shutil.copy(tmp_path / "other" / "ledger.sqlite", folder / "ledger.sqlite")
    with pytest.raises(LedgerError, match="belongs to another workspace"):
        Workspace.open(folder)


def test_a_workspace_that_lost_its_ledger_does_not_get_an_empty_one(folder, ws):
    ws.close()
    (folder / "ledger.sqlite").unlink()
    with pytest.raises(LedgerError, match="missing"):
        Workspace.open(folder, create=True)


def test_making_a_workspace_that_was_killed_half_way_goes_on(folder, ws):
    (folder / "workspace.json").unlink()
    ws.close()
    with Workspace.open(folder, create=True) as again:
        assert again.id == ws.id


def test_a_workspace_that_another_process_has_just_made_is_taken_as_it_is(folder, ws, monkeypatch):
    settings = folder / "workspace.json"
    settings.write_text(settings.read_text().replace("../archive.anchors.log", "../elsewhere.log"))
    read = module.read_settings
    too_early = [None]
    monkeypatch.setattr(module, "read_settings", lambda path: too_early.pop() if too_early else read(path))
    with Workspace.open(folder, create=True) as again:
        assert again.id == ws.id
        assert [path.name for path in again.anchors] == ["elsewhere.log"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who has no permission")
def test_a_folder_that_may_not_be_written_is_a_matter_of_permission_with_status_6(folder, ws):
    ws.close()

    def as_nobody():
        os.setgid(65534)
        os.setuid(65534)
        try:
            Workspace.open(folder)
        except NoSpace as error:
            os._exit(int(error.exit_status))
        os._exit(99)

    for path in (folder.parent.parent, folder.parent, folder):
        path.chmod(0o755)
    child = os.fork()
    if child == 0:
        as_nobody()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 6


def test_looking_only_makes_no_file_of_ours(folder, ws):
    before = sorted(folder.rglob("*"))
    with Workspace.open(folder, readonly=True) as looking:
        assert looking.ledger.head() == ws.ledger.head()
    assert sorted(folder.rglob("*")) == before
    with pytest.raises(WorkspaceError, match="not a workspace"):
        Workspace.open(folder / "none", create=True, readonly=True)


def test_a_source_is_kept_whole_and_is_the_documents_id(ws):
    document = ws.register_source(Path("/inbox/ประกาศ.pdf"), PDF, "pdf", 60, [3, 1, 2])
    assert ws.store.get(document) == PDF
    assert ws.ledger.head().payload == {
        "document": document, "name": "ประกาศ.pdf", "kind": "pdf", "version": 2,
        "size": len(PDF), "page_count": 60, "requested": [1, 2, 3],
    }  # fmt: skip


def test_registering_again_records_only_what_is_new(ws):
    def register(pages, path="/inbox/a.pdf"):
        ws.register_source(Path(path), PDF, "pdf", 60, pages)
        return len(kinds(ws))

    assert register([1, 2, 3]) == 2
    assert register([1, 2, 3]) == 2
    assert register([2]) == 2
    assert register([4]) == 3
    assert register([1, 4]) == 3
    assert register([1], "/moved/a.pdf") == 3
    assert register([1], "/moved/b.pdf") == 4


def test_where_a_file_lay_on_its_machine_is_in_no_record(ws, tmp_path):
    """A ledger is given to others; its folders' names are nobody's business there."""
    ws.register_source(tmp_path / "โฟลเดอร์ลับ" / "a.pdf", PDF, "pdf", 1, [1])
    for record in ws.ledger.records():
        assert "โฟลเดอร์ลับ" not in str(record.payload)
        assert str(tmp_path) not in str(record.payload)


def test_a_file_name_that_is_no_utf8_is_kept_readable(ws):
    ws.register_source(Path(os.fsdecode(b"/inbox/\xbb\xc3.pdf")), PDF, "pdf", 1, [1])
    assert ws.ledger.head().payload["name"] == "\\xbb\\xc3.pdf"
    assert list(ws.ledger.verify()) == []


def test_what_a_run_makes_is_recorded_once(ws):
    def run():
        document = ws.register_source(Path("/inbox/a.pdf"), PDF, "pdf", 2, [1, 2])
        page = a_page(ws, document)
        blob = ws.record_page(page, recipe_key(page=1))
        ws.record_findings(document, 1, blob, samples.findings(TEXT), recipe_key(rules=1))
        ws.record_failed(FailedPage(document, 2, "no memory"))
        return ws.ledger.head()

    assert run() == run()
    assert kinds(ws) == ["ledger", "source", "page", "findings", "failed"]


def test_a_page_that_fails_for_another_reason_is_recorded_again(ws):
    document = ws.register_source(Path("/inbox/a.pdf"), PDF, "pdf", 2, [1, 2])
    for reason in ("no memory", "no memory", "no time", "no memory"):
        ws.record_failed(FailedPage(document, 2, reason))
    assert kinds(ws).count("failed") == 3


def test_the_first_reading_under_a_recipe_wins_and_is_the_one_recorded(ws):
    document = ws.register_source(Path("/inbox/a.pdf"), PDF, "pdf", 1, [1])
    first = ws.record_page(a_page(ws, document, "หนึ่ง"), recipe_key(page=1))
    second = ws.record_page(a_page(ws, document, "สอง"), recipe_key(page=1))
    assert first == second
    assert kinds(ws).count("page") == 1


def test_a_recipe_that_does_not_tell_two_pages_or_two_texts_apart_is_refused(ws):
    document = ws.register_source(Path("/inbox/a.pdf"), PDF, "pdf", 2, [1, 2])
    blob = ws.record_page(a_page(ws, document), recipe_key(step="read"))
    with pytest.raises(WorkspaceError, match="has made something else"):
        ws.record_page(a_page(ws, document, number=2), recipe_key(step="read"))
    ws.record_findings(document, 1, blob, samples.findings(TEXT), recipe_key(step="examine"))
    with pytest.raises(WorkspaceError, match="has made something else"):
        ws.record_findings(document, 2, blob, samples.findings("อื่น"), recipe_key(step="examine"))
    assert kinds(ws) == ["ledger", "source", "page", "findings"]


def test_a_page_without_its_image_in_the_store_is_not_recorded(ws):
    with pytest.raises(WorkspaceError, match="image of page 1"):
        ws.record_page(samples.page(TEXT, image="c" * 64), recipe_key(page=1))
    assert kinds(ws) == ["ledger"]


def digitise(folder, barrier):
    with Workspace.open(folder, create=True) as ws:
        barrier.wait(timeout=60)
        for number in range(1, 8):
            document = ws.register_source(Path("/inbox/a.pdf"), PDF, "pdf", 7, range(1, 8))
            blob = ws.record_page(a_page(ws, document, f"หน้า {number}", number), recipe_key(page=number))
            ws.record_findings(document, number, blob, samples.findings(TEXT), recipe_key(rules=number))


@pytest.mark.slow
def test_two_runs_at_once_record_everything_once(folder):
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    runs = [context.Process(target=digitise, args=(folder, barrier)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    with Workspace.open(folder) as ws:
        assert list(ws.ledger.verify()) == []
        assert {kind: kinds(ws).count(kind) for kind in ("ledger", "source", "page", "findings")} == {
            "ledger": 1, "source": 1, "page": 7, "findings": 7,
        }  # fmt: skip


@pytest.fixture
def inbox(ws, tmp_path):
    """Two registered files, and where they lie."""
    paths = []
    for name in ("หนึ่ง.pdf", "สอง.pdf"):
        path = tmp_path / "inbox" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PDF + name.encode())
        ws.register_source(path, path.read_bytes(), "pdf", 1, [1])
        paths.append(path)
    return paths


def ids(ws):
    return list(ws.ledger.documents())


def test_a_document_is_found_by_path_name_id_and_the_beginning_of_its_id(ws, inbox, monkeypatch):
    first, second = ids(ws)
    assert ws.find_document(str(inbox[0])) == first
    assert ws.find_document("สอง.pdf") == second
    assert ws.find_document(first) == first
    assert ws.find_document(second[:4]) == second
    monkeypatch.chdir(inbox[0].parent)
    assert ws.find_document("หนึ่ง.pdf") == first


def test_a_file_is_found_by_its_content_wherever_it_lies_now(ws, inbox, tmp_path):
    copy = tmp_path / "copy.pdf"
    shutil.copy(inbox[1], copy)
    assert ws.find_document(str(copy)) == ids(ws)[1]


def test_a_path_whose_file_is_gone_still_names_its_document(ws, inbox):
    inbox[0].unlink()
    assert ws.find_document(str(inbox[0])) == ids(ws)[0]


def test_a_file_that_changed_since_it_was_read_is_refused_with_both_ways_out(ws, inbox):
    inbox[0].write_bytes(b"something else")
    with pytest.raises(BadInput, match=r"has another content than หนึ่ง\.pdf had when it was read") as caught:
        ws.find_document(str(inbox[0]))
    assert "chamra digitise" in caught.value.remedy
    assert "id" in caught.value.remedy


def test_a_file_that_was_never_read_and_a_reference_to_nothing_are_refused(ws, inbox, tmp_path):
    (tmp_path / "new.pdf").write_bytes(b"new")
    with pytest.raises(BadInput, match="is not in the workspace"):
        ws.find_document(str(tmp_path / "new.pdf"))
    for reference in ("nothing.pdf", "", "f" * 64, ids(ws)[0][:3]):
        with pytest.raises(BadInput):
            ws.find_document(reference)


def test_an_ambiguous_reference_lists_what_it_may_mean(ws, inbox, tmp_path):
    other = tmp_path / "other" / "หนึ่ง.pdf"
    ws.register_source(other, b"another content", "pdf", 1, [1])
    with pytest.raises(BadInput, match="may mean any of these") as caught:
        ws.find_document("หนึ่ง.pdf")
    for document in (ids(ws)[0], ids(ws)[-1]):
        assert document[:16] in caught.value.message
