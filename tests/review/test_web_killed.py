"""The server is killed in mid-decision, fifty times: what it acknowledged is on record, in order, and those
who were logged in go on without logging in again."""

import http.client
import random
import threading
import time

import pytest

from audit.audit import audit
from model.user import Role
from tests.review.clerk import Clerk
from tests.review.house import CHIANG_MAI, KATHU
from tests.review.killable import Killable
from tests.review.web_house import WebHouse
from tests.review.web_users import add_person, cheap_passwords

KILLS = 50


class Busy:
    """A clerk who decides over and over, as fast as the server answers, until it does not."""

    def __init__(self, clerk):
        self.clerk = clerk
        self.acknowledged = []
        self._number = 0

    def work(self, port):
        try:
            while True:
                self._number += 1
                shown = self.clerk.page(port)
                status, text = self.clerk.edit(port, shown, f"{self.clerk.login}{self._number}")
                assert status == 200
                self.acknowledged.append(text)
        except (OSError, http.client.HTTPException):
            return


@pytest.mark.server
@pytest.mark.timeout(900)
def test_no_acknowledged_decision_is_lost_when_the_server_is_killed(tmp_path, monkeypatch):
    cheap_passwords(monkeypatch)
    house = WebHouse(tmp_path)
    house.two_pages()
    for login in ("malee", "somchai"):
        add_person(house.ws, login, login, {Role.REVIEWER})
    busy = [
        Busy(Clerk("malee", house.document, KATHU.id, 1)),
        Busy(Clerk("somchai", house.document, CHIANG_MAI.id, 2)),
    ]
    chance = random.Random(20260105)
    with Killable(house.ws.path, tmp_path / "state") as server:
        for _ in range(KILLS):
            before = [len(one.acknowledged) for one in busy]
            threads = [threading.Thread(target=one.work, args=(server.port,)) for one in busy]
            for thread in threads:
                thread.start()
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and any(
                len(one.acknowledged) <= had for one, had in zip(busy, before, strict=True)
            ):
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.03))
            server.kill()
            for thread in threads:
                thread.join()
            assert all(len(one.acknowledged) > had for one, had in zip(busy, before, strict=True))
            server.start()
    records = [one.payload for one in house.ws.ledger.records(kind="decision")]
    for one in busy:
        mine = [record["after"] for record in records if record["who"]["account"] == one.clerk.login]
        assert [text for text in mine if text in set(one.acknowledged)] == one.acknowledged
        assert len(mine) == len(set(mine))
        assert len(mine) - len(one.acknowledged) <= KILLS
    assert {record["who"]["known"] for record in records} == {"login"}
    assert not list(house.ws.ledger.verify())
    assert audit(house.ws).holds
    house.ws.close()
