"""Housekeeping removes what nobody names, and never anything that a record names."""

import os
import time

import pytest

from audit.audit import audit
from ledger.events.source_registered import SourceRegistered
from model.errors import WorkspaceError
from pipeline.inbox import scanning_alone
from pipeline.tidy import TRASH, TRASH_SECONDS, YOUNG_SECONDS, tidy
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from tests.review.house import MALEE, SOMCHAI


def later():
    return time.time() + YOUNG_SECONDS + 60


@pytest.fixture
def archive(house):
    house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    return house


def blobs(ws):
    return {path.name for path in (ws.path / "blobs").glob("??/*")}


def test_what_no_record_names_goes_to_the_trash_and_after_a_week_for_good(archive):
    ws = archive.ws
    named = blobs(ws)
    spare = ws.store.put(b"nobody's")
    ws.store.remember("a" * 64, spare)
    done = tidy(ws, now=later())
    assert [one.path for one in done.moved] == [f"blobs/{spare[:2]}/{spare}"]
    assert blobs(ws) == named
    assert (ws.path / TRASH / spare).exists()
    assert not (ws.path / "recipes" / "aa" / ("a" * 64)).exists(), "no run finds it any more"
    assert audit(ws).holds
    assert tidy(ws, now=later()).removed == ()
    assert [one.path for one in tidy(ws, now=later() + TRASH_SECONDS).removed] == [f"{TRASH}/{spare}"]
    assert not (ws.path / TRASH / spare).exists()


def test_a_dry_run_changes_nothing_and_says_the_same(archive):
    ws = archive.ws
    ws.store.put(b"nobody's")
    (ws.path / "leases").touch()
    before = sorted(str(path) for path in ws.path.rglob("*"))
    told = tidy(ws, now=later(), dry_run=True)
    assert sorted(str(path) for path in ws.path.rglob("*")) == before
    assert tidy(ws, now=later()).moved == told.moved


def test_a_young_blob_may_belong_to_a_page_in_hand(archive):
    archive.ws.store.put(b"a page in hand")
    assert tidy(archive.ws).moved == ()


def test_what_a_record_names_by_now_is_moved_back(archive):
    ws = archive.ws
    content = b"%PDF slow"
    spare = ws.store.put(content)
    tidy(ws, now=later())
    with ws.ledger.writing() as batch:
        batch.append(SourceRegistered(spare, "a.pdf", "pdf", len(content), 1, (1,)))
    assert tidy(ws, now=later() + 2 * TRASH_SECONDS).moved_back == (spare,)
    assert ws.store.get(spare) == content


def test_what_only_a_named_blob_names_is_kept(archive):
    ws = archive.ws
    inner = ws.store.put(b"named by a blob alone")
    outer = ws.store.put(b'{"inner": "' + inner.encode() + b'"}')
    with ws.ledger.writing() as batch:
        batch.append(SourceRegistered(outer, "a", "pdf", 1, 1, (1,)))
    assert tidy(ws, now=later()).moved == ()


def test_the_report_under_an_earlier_name_goes(archive):
    reports = archive.ws.path / "reports"
    reports.mkdir()
    for age, name in ((100, "old"), (1, "new")):
        path = reports / f"{name}-{archive.document[:12]}.html"
        path.write_text("")
        os.utime(path, (time.time() - age,) * 2)
    assert [one.path for one in tidy(archive.ws).removed] == [f"reports/old-{archive.document[:12]}.html"]


def test_nothing_is_tidied_while_a_scan_is_at_work(archive):
    with scanning_alone(archive.ws), pytest.raises(WorkspaceError, match="at work"):
        tidy(archive.ws)


def test_the_command_says_what_it_would_do(archive, chamra):
    status, out, _ = chamra("tidy", "-w", archive.ws.path, "--dry-run")
    assert (status, "0 blobs (0 bytes) would be moved" in out) == (0, True)
