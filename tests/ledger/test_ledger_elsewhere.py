"""A workspace whose ledger lies in PostgreSQL, and a ledger that is made anew from an export."""

import json
import shutil

import pytest

from ledger.export_file import export_lines, read_lines
from model.errors import BadInput, LedgerError, WorkspaceError
from tests.ledger import raw
from tests.workspace.samples import Ticking
from workspace.folder import LEDGER, LEDGER_URL
from workspace.workspace import Workspace


@pytest.fixture
def folder(place, tmp_path, monkeypatch):
    """A folder for a workspace whose ledger will lie in either database."""
    if isinstance(place, str):
        monkeypatch.setenv(LEDGER_URL, place)
    else:
        monkeypatch.delenv(LEDGER_URL, raising=False)
    return tmp_path / "archive"


def settings(folder):
    return json.loads((folder / "workspace.json").read_text())


def test_a_workspace_works_the_same_in_both(folder, tmp_path):
    with Workspace.open(folder, create=True, clock=Ticking()) as ws:
        document = ws.register_source(tmp_path / "ก.pdf", b"%PDF", "pdf", 1, [1])
        raw.sign(ws.ledger, document)
        assert ws.anchor() is not None
    with Workspace.open(folder, readonly=True) as ws:
        assert ws.find_document("ก.pdf") == document
        assert list(ws.ledger.verify()) == []


@pytest.mark.server
def test_the_settings_name_the_database_without_its_password(postgres_url, tmp_path, monkeypatch):
    monkeypatch.setenv(LEDGER_URL, postgres_url.replace("//postgres@", "//postgres:secret@"))
    Workspace.open(tmp_path / "archive", create=True).close()
    assert "secret" not in (tmp_path / "archive" / "workspace.json").read_text()
    assert not (tmp_path / "archive" / LEDGER).exists()
    monkeypatch.delenv(LEDGER_URL)
    Workspace.open(tmp_path / "archive").close()


@pytest.mark.server
def test_a_ledger_in_a_file_stays_there_whatever_the_environment_says(postgres_url, tmp_path, monkeypatch):
    monkeypatch.delenv(LEDGER_URL, raising=False)
    Workspace.open(tmp_path / "archive", create=True).close()
    monkeypatch.setenv(LEDGER_URL, postgres_url)
    with Workspace.open(tmp_path / "archive") as ws:
        assert ws.ledger.name == str(tmp_path / "archive" / LEDGER)


@pytest.mark.server
def test_two_workspaces_never_share_a_database(postgres_url, tmp_path, monkeypatch):
    monkeypatch.setenv(LEDGER_URL, postgres_url)
    Workspace.open(tmp_path / "one", create=True).close()
    with pytest.raises(LedgerError, match="belongs to another workspace"):
        Workspace.open(tmp_path / "two", create=True)
    Workspace.open(tmp_path / "one", create=True).close()


def test_a_setting_that_names_no_database_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv(LEDGER_URL, raising=False)
    folder = tmp_path / "archive"
    Workspace.open(folder, create=True).close()
    (folder / "workspace.json").write_text(json.dumps(settings(folder) | {"ledger": 7}))
    with pytest.raises(WorkspaceError, match="does not say where the ledger lies"):
        Workspace.open(folder)


def exported(folder):
    with Workspace.open(folder, readonly=True) as ws:
        return list(export_lines(ws.ledger.rows()))


def test_a_lost_ledger_is_made_anew_from_an_export_record_by_record(tmp_path, monkeypatch):
    monkeypatch.delenv(LEDGER_URL, raising=False)
    folder = tmp_path / "archive"
    with Workspace.open(folder, create=True, clock=Ticking()) as ws:
        raw.append_many(ws.ledger, (("decision", {"n": n, "note": "ก\x01"}) for n in range(2500)))
    lines = exported(folder)
    (folder / LEDGER).unlink()
    assert Workspace.restore_ledger(folder, read_lines(lines)).seq == 2501
    assert exported(folder) == lines
    with Workspace.open(folder) as ws:
        assert ws.ledger.missing_guards() == ()
        assert raw.append(ws.ledger, "decision", {}).seq == 2502


@pytest.mark.server
def test_a_ledger_moves_from_a_file_to_postgresql(postgres_url, tmp_path, monkeypatch):
    monkeypatch.delenv(LEDGER_URL, raising=False)
    folder = tmp_path / "archive"
    with Workspace.open(folder, create=True, clock=Ticking()) as ws:
        raw.append(ws.ledger, "decision", {"n": 1})
    lines = exported(folder)
    (folder / "workspace.json").write_text(json.dumps(settings(folder) | {"ledger": postgres_url}))
    Workspace.restore_ledger(folder, read_lines(lines))
    assert exported(folder) == lines
    with Workspace.open(folder) as ws:
        assert ws.ledger.name.startswith("postgresql://")
        assert raw.append(ws.ledger, "decision", {"n": 2}).seq == 3


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda lines: [lines[0], lines[2]], "record 3: record 2 is missing before it"),
        (lambda lines: [*lines[:2], lines[2].replace(b'"n":2', b'"n":3')], "does not have its hash"),
        (lambda lines: [], "empty"),
        (lambda lines: [b"{}\n"], "does not hold"),
    ],
)
def test_an_export_that_does_not_hold_restores_nothing(folder, spoil, why):
    with Workspace.open(folder, create=True, clock=Ticking()) as ws:
        raw.append_many(ws.ledger, (("decision", {"n": n}) for n in (1, 2)))
        lines = exported(folder)
    with pytest.raises(LedgerError, match=r"There is a ledger at .* already"):
        Workspace.restore_ledger(folder, read_lines(lines))
    if "ledger" in settings(folder):
        return  # the database of the test is in use; the file shows the rest
    (folder / LEDGER).unlink()
    with pytest.raises(BadInput, match=why):
        Workspace.restore_ledger(folder, read_lines(spoil(lines)))
    assert Workspace.restore_ledger(folder, read_lines(lines)).seq == 3


def test_another_workspaces_export_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv(LEDGER_URL, raising=False)
    for name in ("one", "two"):
        Workspace.open(tmp_path / name, create=True).close()
    lines = exported(tmp_path / "one")
    (tmp_path / "two" / LEDGER).unlink()
    with pytest.raises(BadInput, match="another workspace"):
        Workspace.restore_ledger(tmp_path / "two", read_lines(lines))


@pytest.mark.slow
def test_a_backup_taken_while_a_writer_is_at_work_is_restored_whole(tmp_path, monkeypatch):
    """The way of docs/operator.md: the export first, the blobs after it."""
    monkeypatch.delenv(LEDGER_URL, raising=False)
    folder, backup, restored = (tmp_path / name for name in ("archive", "backup", "restored"))
    backup.mkdir()
    with Workspace.open(folder, create=True) as ws:

        def work(number):
            blob = ws.store.put(f"page {number}".encode() * 50)
            raw.append(ws.ledger, "page", {"document": "d" * 64, "page": number, "blob": blob})

        for number in range(1, 30):
            work(number)
        rows = ws.ledger.rows()
        lines = []
        for number, line in enumerate(export_lines(rows), start=30):
            lines.append(line)
            work(number)
            if number > 60:
                break
        shutil.copytree(folder / "blobs", backup / "blobs")
        shutil.copy(folder / "workspace.json", backup)
        work(999)
    shutil.copytree(backup, restored)
    head = Workspace.restore_ledger(restored, read_lines(lines))
    with Workspace.open(restored, readonly=True) as ws:
        assert list(ws.ledger.verify()) == []
        pages = list(ws.ledger.records(kind="page"))
        assert len(pages) == head.seq - 1 >= 29
        for record in pages:
            ws.store.get(record.payload["blob"])
