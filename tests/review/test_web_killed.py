"""The server is killed in mid-decision, fifty times: what it acknowledged is on record, in order, and those
who were logged in go on without logging in again."""

import http.client
import json
import random
import threading
import time
from urllib.parse import urlencode

import pytest

from model.user import Role
from review.audit import audit
from review.users import add
from tests.review.house import CHIANG_MAI, KATHU
from tests.review.killable import Killable
from tests.review.web_house import WebHouse
from tests.review.web_users import PASSWORD, ROOT, cheap_passwords

KILLS = 50


class Clerk:
    """Somebody who logs in once and then decides about one finding over and over, as fast as the server
    answers, until it does not."""

    def __init__(self, login, document, finding, page):
        self.acknowledged = []
        self._login = login
        self._finding = finding
        self._page = f"/api/documents/{document}/pages/{page}"
        self._number = 0
        self._headers = None

    def work(self, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        origin = f"http://127.0.0.1:{port}"
        try:
            if self._headers is None:
                self._log_in(connection, origin)
            shown = self._ask(connection, "GET", self._page)
            while True:
                self._number += 1
                text = f"{self._login}{self._number}"
                seen = next(one["seen"] for one in shown["findings"] if one["id"] == self._finding)
                body = {"finding": self._finding, "verdict": "edit", "after": text, "note": "", "seen": seen}
                shown = self._ask(connection, "POST", f"{self._page}/decisions", body)["page"]
                self.acknowledged.append(text)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _log_in(self, connection, origin):
        form = urlencode({"login": self._login, "password": PASSWORD, "next": "/"})
        headers = {"origin": origin, "content-type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/login", form, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 303
        self._headers = {"origin": origin, "content-type": "application/json",
                         "cookie": answer.headers["set-cookie"].partition(";")[0]}  # fmt: skip
        self._headers["x-chamra-token"] = self._ask(connection, "GET", "/api/session")["token"]

    def _ask(self, connection, method, path, body=None):
        sent = None if body is None else json.dumps(body).encode()
        connection.request(method, path, sent, self._headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        assert answer.status == 200, said
        return said


@pytest.mark.integration
@pytest.mark.timeout(900)
def test_no_acknowledged_decision_is_lost_when_the_server_is_killed(tmp_path, monkeypatch):
    cheap_passwords(monkeypatch)
    house = WebHouse(tmp_path)
    house.two_pages()
    clerks = [Clerk("malee", house.document, KATHU.id, 1), Clerk("somchai", house.document, CHIANG_MAI.id, 2)]
    for login in ("malee", "somchai"):
        add(house.ws, login, login, {Role.REVIEWER}, PASSWORD, ROOT)
    chance = random.Random(20260105)
    with Killable(house.ws.path, tmp_path / "state") as server:
        for _ in range(KILLS):
            before = [len(clerk.acknowledged) for clerk in clerks]
            threads = [threading.Thread(target=clerk.work, args=(server.port,)) for clerk in clerks]
            for thread in threads:
                thread.start()
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and any(
                len(clerk.acknowledged) <= had for clerk, had in zip(clerks, before, strict=True)
            ):
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.03))
            server.kill()
            for thread in threads:
                thread.join()
            assert all(len(clerk.acknowledged) > had for clerk, had in zip(clerks, before, strict=True))
            server.start()
    records = [one.payload for one in house.ws.ledger.records(kind="decision")]
    for clerk in clerks:
        mine = [one["after"] for one in records if one["who"]["account"] == clerk._login]
        assert [text for text in mine if text in set(clerk.acknowledged)] == clerk.acknowledged
        assert len(mine) == len(set(mine))
        assert len(mine) - len(clerk.acknowledged) <= KILLS
    assert {one["who"]["known"] for one in records} == {"login"}
    assert not list(house.ws.ledger.verify())
    assert audit(house.ws).holds
    house.ws.close()
