"""A refused file about which nothing is to be done: on record, and out of everybody's way until something is new."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from audit.audit import audit
from audit.report import About, Severity
from ledger.events.source_dismissed import SourceDismissed
from ledger.people import users_at
from model.decision import Known
from model.errors import BadInput, Exit, NotAllowed, UsageError
from pipeline.admit import record_refused
from pipeline.quarantine import FOLDER, set_aside
from pipeline.settled import left_to_do
from review.refused import dismiss, dismissed_files, refused_files
from review.status_list import show_status_list, standing, status_list_object
from review.who import logged_in
from tests.review.house import SOMCHAI

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/status-list.json").read_text())
SHOP, MAP = "a" * 64, "ab" * 32
WHY = "ใบปลิวร้านค้า ไม่ใช่เอกสารของหน่วยงาน"


@pytest.fixture
def refused(house):
    record_refused(house.ws.ledger, Path("ใบปลิว.pdf"), SHOP, "it is encrypted", transient=True)
    record_refused(house.ws.ledger, Path("แผนที่.pdf"), MAP, "it has no pages")
    return house


def test_it_leaves_status_and_is_told_as_dismissed_with_who_and_why(refused):
    [done] = dismiss(refused.ws, ["ใบปลิว.pdf"], WHY, SOMCHAI)
    assert [one.content for one in refused_files(refused.ws.ledger)] == [MAP]
    assert [one.content for one in dismissed_files(refused.ws.ledger)] == [SHOP] == [done.content]
    found = status_list_object(standing(refused.ws))
    jsonschema.validate(found, SCHEMA)
    [told] = found["dismissed"]
    assert (told["dismissed"], told["who"], told["reason"]) == (WHY, SOMCHAI.name, "it is encrypted")
    file = io.StringIO()
    show_status_list(standing(refused.ws), Console(file=file, width=140))
    assert "1 file refused; 1 file refused and dismissed" in file.getvalue()
    assert "ใบปลิว" not in file.getvalue()


def test_status_needs_nobody_when_all_are_dismissed_and_the_audit_holds(refused):
    assert standing(refused.ws).needs_operator
    dismiss(refused.ws, [SHOP[:12] + "a", MAP[:12]], WHY, SOMCHAI)
    assert not standing(refused.ws).needs_operator
    assert audit(refused.ws).holds


def test_it_is_not_tried_again_by_itself(refused):
    def later():
        return datetime(2100, 1, 1, tzinfo=UTC)

    assert left_to_do(refused.ws.ledger, SHOP, later).now
    dismiss(refused.ws, [SHOP], WHY, SOMCHAI)
    assert not left_to_do(refused.ws.ledger, SHOP, later).now


def test_what_is_refused_later_for_another_reason_stands_again(refused):
    dismiss(refused.ws, [MAP], WHY, SOMCHAI)
    record_refused(refused.ws.ledger, Path("แผนที่.pdf"), MAP, "it has no pages")
    assert [one.content for one in refused_files(refused.ws.ledger)] == [SHOP]
    record_refused(refused.ws.ledger, Path("แผนที่.pdf"), MAP, "page 1 is larger than may be")
    assert [one.content for one in refused_files(refused.ws.ledger)] == [SHOP, MAP]


@pytest.mark.parametrize(
    ("named", "reason", "error"),
    [(["ไม่มี.pdf"], WHY, BadInput), (["a"], WHY, BadInput), ([""], WHY, BadInput),
     (["ใบปลิว.pdf", "ไม่มี.pdf"], WHY, BadInput), (["ใบปลิว.pdf"], " ", UsageError),
     (["ใบปลิว.pdf"], "ซ่อน\u200b", UsageError)],
)  # fmt: skip
def test_nothing_is_recorded_where_the_file_or_the_reason_is_wanting(refused, named, reason, error):
    before = refused.ws.ledger.head()
    with pytest.raises(error):
        dismiss(refused.ws, named, reason, SOMCHAI)
    assert refused.ws.ledger.head() == before


def test_a_file_that_is_dismissed_leaves_the_quarantine(refused, chamra):
    set_aside(refused.ws, {})
    folder = refused.ws.path / FOLDER
    assert len(list(folder.iterdir())) == 2
    refused.ws.close()
    status, out, _ = chamra("dismiss", "ใบปลิว.pdf", "-w", refused.ws.path, "--who", "มาลี", "--reason", WHY)
    assert (status, out.startswith("dismissed by มาลี")) == (Exit.DONE, True)
    assert [one.name[:12] for one in folder.iterdir()] == [MAP[:12]]


def test_only_an_operator_or_administrator_may_and_the_audit_sees_who_might_not(users_house):
    house = users_house
    record_refused(house.ws.ledger, Path("ใบปลิว.pdf"), SHOP, "it is encrypted")
    app, body = house.app(), {"content": SHOP, "reason": WHY}
    for login in ("malee", "somchai", "prani"):
        visitor = house.user(login, app)
        assert "/api/dismissals" not in visitor.client.get("/").text
        assert visitor.post("/api/dismissals", body).status_code == 403
    malee = logged_in(users_at(house.ws.ledger)["malee"], Known.LOGIN)
    with pytest.raises(NotAllowed):
        dismiss(house.ws, [SHOP], WHY, malee)
    with house.ws.ledger.writing() as batch:
        batch.append(SourceDismissed(SHOP, WHY, malee, "terminal"))
    said = [one for one in audit(house.ws).findings if one.severity is Severity.ERROR]
    [found] = [one for one in said if one.about is About.SOURCE]
    assert "มาลี, who did not hold the role administrator or operator" in found.message


def test_in_the_browser_it_is_said_beside_the_reason_and_goes_from_the_list(users_house):
    house = users_house
    record_refused(house.ws.ledger, Path("ใบปลิว.pdf"), SHOP, "it is encrypted")
    boonmee = house.user("boonmee", house.app())
    assert "/api/dismissals" in boonmee.client.get("/").text
    for wrong in ({"reason": ""}, {"reason": 3}, {"content": "0" * 64}, {"content": None}):
        answer = boonmee.post("/api/dismissals", {"content": SHOP, "reason": WHY} | wrong)
        assert answer.status_code in {400, 404, 422}, wrong
    assert boonmee.post("/api/dismissals", {"content": SHOP, "reason": WHY}).status_code == 200
    assert "ใบปลิว" not in boonmee.client.get("/").text
    event = house.ws.ledger.newest(SourceDismissed).event
    assert (event.who.account, event.how, event.reason) == ("boonmee", "browser", WHY)
