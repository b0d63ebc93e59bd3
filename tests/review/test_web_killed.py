"""The server is killed in mid-decision, again and again: what it acknowledged is on record, in order."""

import http.client
import json
import random
import re
import threading
import time
from urllib.parse import urlsplit

import pytest

from review.audit import audit
from tests.review.house import KATHU
from tests.review.web_house import WebHouse
from tests.review.web_server import ServerProcess

KILLS = 6


class Clerk(threading.Thread):
    """Decides about one finding over and over, by turns this way and that, as fast as the server answers."""

    def __init__(self, server, document, first):
        super().__init__()
        self.acknowledged = []
        self._address = urlsplit(server.url)
        self._document = document
        self._texts = iter(f"กะทู้{number}" for number in range(first, first + 10_000))

    def run(self):
        connection = http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=20)
        try:
            self._decide_for_ever(connection)
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()

    def _decide_for_ever(self, connection):
        connection.request("GET", f"/?{self._address.query}")
        answer = connection.getresponse()
        answer.read()
        cookie = answer.headers["set-cookie"].partition(";")[0]
        page = f"/documents/{self._document}/pages/1"
        connection.request("GET", page, headers={"cookie": cookie})
        (token,) = re.findall(r'data-token="(\w+)"', connection.getresponse().read().decode())
        connection.request("GET", f"/api{page}", headers={"cookie": cookie})
        shown = json.loads(connection.getresponse().read())
        origin = f"http://{self._address.netloc}"
        headers = {"cookie": cookie, "x-chamra-token": token, "origin": origin,
                   "content-type": "application/json"}  # fmt: skip
        for text in self._texts:
            seen = next(one["seen"] for one in shown["findings"] if one["id"] == KATHU.id)
            body = {"finding": KATHU.id, "verdict": "edit", "after": text, "note": "", "seen": seen}
            connection.request("POST", f"/api{page}/decisions", json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            said = json.loads(answer.read())
            assert answer.status == 200, said
            self.acknowledged.append(text)
            shown = said["page"]


@pytest.mark.integration
def test_no_acknowledged_decision_is_lost_when_the_server_is_killed(tmp_path):
    house = WebHouse(tmp_path)
    house.two_pages()
    chance = random.Random(20260105)
    acknowledged = []
    with ServerProcess(house.ws.path, tmp_path / "state") as server:
        for round_ in range(KILLS):
            clerk = Clerk(server, house.document, 10_000 * round_)
            clerk.start()
            deadline = time.monotonic() + 30
            while len(clerk.acknowledged) < 3 and clerk.is_alive() and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.15))
            server.kill()
            clerk.join()
            assert len(clerk.acknowledged) >= 3
            acknowledged += clerk.acknowledged
            server.start()
    recorded = [one.payload["after"] for one in house.ws.ledger.records(kind="decision")]
    assert [text for text in recorded if text in set(acknowledged)] == acknowledged
    assert len(recorded) == len(set(recorded))
    assert len(recorded) - len(acknowledged) <= KILLS
    assert not list(house.ws.ledger.verify())
    assert audit(house.ws).holds
    house.ws.close()
