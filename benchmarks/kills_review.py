"""Kills of the review page while somebody decides over and over: what was answered is on record."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from audit.audit import audit
from benchmarks.kills_run import BIN, SCAN
from benchmarks.kills_tally import KillTally
from ledger.events.decided import Decided
from workspace.workspace import Workspace

_LONGEST = 0.5
"""Seconds of deciding before the kill, at most."""


class Desk:
    """The review page of a workspace as a process of its own, and somebody who writes a text for its first finding."""

    def __init__(self, workspace: Path, document: str) -> None:
        self.answered: list[str] = []
        self._workspace = workspace
        self._page = f"/api/documents/{document}/pages/1"
        self._number = 0
        self._headers: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        """Start the page, and open the address that it prints."""
        words: list[str | Path] = [
            BIN / "chamra",
            "review",
            "-w",
            self._workspace,
            "--who",
            "Malee",
            "--port",
            "0",
        ]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        assert self.process.stdout is not None
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)(/\S*)", said)):
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"the review page did not start: {said}")
            said += line
        self._port = int(found[1])
        _, cookie, _ = self._request("GET", found[2])
        own = {"origin": f"http://127.0.0.1:{self._port}", "cookie": cookie.partition(";")[0]}
        self._headers = own | {"content-type": "application/json"}
        self._headers["x-chamra-token"] = json.loads(self._request("GET", "/api/session")[2])["token"]

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        with self.process:
            self.process.wait()

    def decide(self) -> None:
        """Decide over and over, until nobody answers; what was answered is kept."""
        try:
            while True:
                self._number += 1
                finding = json.loads(self._request("GET", self._page)[2])["findings"][0]
                text = f"text {self._number}"
                one = {
                    "finding": finding["id"],
                    "verdict": "edit",
                    "after": text,
                    "expected_version": finding["version"],
                }
                status, _, said = self._request(
                    "POST", f"{self._page}/decisions", {"decisions": [one], "note": ""}
                )
                if status != http.client.OK:
                    raise RuntimeError(f"the review page refuses: {status} {said[:200]!r}")
                self.answered.append(text)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(
                method, path, None if body is None else json.dumps(body).encode(), self._headers
            )
            answer = connection.getresponse()
            return answer.status, answer.headers.get("set-cookie", ""), answer.read()
        finally:
            connection.close()


def kill_review(
    place: Path, kills: int, tallies: Mapping[str, KillTally], dice: random.Random
) -> Iterator[None]:
    """So many kills; each comes when something was answered since the one before."""
    if not kills:
        return
    place.mkdir(parents=True)
    workspace = place / "workspace"
    words: list[str | Path] = [BIN / "chamra", "digitise", SCAN, "-w", workspace, "--pages", "1", "--json"]
    done = subprocess.run(words, check=True, capture_output=True)
    desk = Desk(workspace, json.loads(done.stdout)["documents"][0]["id"])
    for _ in range(kills):
        before = len(desk.answered)
        deciding = threading.Thread(target=desk.decide)
        deciding.start()
        while deciding.is_alive() and len(desk.answered) == before:
            time.sleep(0.002)
        time.sleep(dice.uniform(0, _LONGEST))
        desk.kill()
        deciding.join()
        tallies["review"].kills += 1
        desk.start()
        yield
    desk.kill()
    with Workspace.open(workspace, readonly=True) as ws:
        recorded = [one.event.after for one in ws.ledger.events(Decided)]
        if not audit(ws).holds:
            tallies["review"].lost.append("the audit does not hold")
    kept = set(recorded)
    tallies["review"].lost += [
        f"{text} was answered and is not on record" for text in desk.answered if text not in kept
    ]
    if len(recorded) != len(kept):
        tallies["review"].different.append("a decision is on record twice")
