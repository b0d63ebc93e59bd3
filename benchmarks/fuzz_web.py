"""The review page asked by somebody who is logged in and sends anything."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.review import made_workspace
from ledger.events.source_registered import SourceRegistered
from model.decision import Who
from review.web.access import Access
from review.web.app import create_app
from review.web.permissions import PERMISSIONS
from workspace.workspace import Workspace

_PORT = 8017
_WORDS = (
    "", "0", "1", "-1", "1e9", "9" * 400, "0" * 64, "ก", "..", "%2e%2e", "%00", "%ff", "a" * 5000, "null", "\u202e",
    "'\"><b>", "{", "[", "true", "nan", "/", "//evil.example", "accept", "edit", "waive",
)  # fmt: skip
_KEYS = ("q", "page", "stage", "kind")
_NAMES = (
    "decisions", "reference", "verdict", "after", "note", "expected", "kind", "line", "was", "text", "pages", "head",
    "version", "sha256", "box", "page", "id", "reason",
)  # fmt: skip
_METHODS = ("GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "X")


class WebTarget:
    """The application on a workspace of our own, asked without a network."""

    def __init__(self, folder: Path) -> None:
        made_workspace(folder, 100)
        self._ws = Workspace.open(folder)
        self._access = Access(Who("Malee", "malee", claimed=True), "127.0.0.1", _PORT, b"k" * 32)
        self._app = create_app(self._ws, self._access)
        self._paths = sorted({path for _, path in PERMISSIONS})
        self._documents = [one.event.document for one in self._ws.ledger.events(SourceRegistered)]
        self._cookie = ""
        entrance = self._access.entrance.partition(f":{_PORT}")[2]
        answer = self._sent({"method": "GET", "path": entrance})[1]
        self._cookie = answer["set-cookie"].partition(";")[0]

    def close(self) -> None:
        """Let go of the workspace."""
        self._ws.close()

    def requests(self, chance: random.Random) -> Iterator[bytes]:
        """Requests for ever, as JSON."""
        while True:
            yield json.dumps(self._request(chance)).encode()

    def ask(self, data: bytes) -> str:
        """Send one and say with which hundred it was answered.

        Raises:
            AssertionError: with 500 or more.
        """
        status, _ = self._sent(json.loads(data))
        assert status < 500, f"answered {status}: {data[:300]!r}"
        return f"{status // 100}xx"

    def _request(self, chance: random.Random) -> dict[str, Any]:
        path = str(chance.choice(self._paths))
        while "{" in path:
            head, _, rest = path.partition("{")
            known = (
                chance.choice(self._documents) if rest.startswith("document") else str(chance.randrange(4))
            )
            value = known if chance.random() < 0.7 else quote(chance.choice(_WORDS))
            path = head + value + rest.partition("}")[2]
        kinds = (
            "application/json",
            "application/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "ก",
        )
        headers = {"content-type": chance.choice(kinds)}
        if chance.random() < 0.8:
            headers |= {"origin": self._access.origin, "x-chamra-token": self._access.token}
            headers["sec-fetch-site"] = "same-origin"
        return {
            "method": chance.choice(_METHODS),
            "path": path,
            "query": "&".join(f"{key}={chance.choice(_WORDS)}" for key in chance.sample(_KEYS, 2)),
            "headers": headers,
            "body": json.dumps(_body(chance, 0)) if chance.random() < 0.9 else chance.choice(_WORDS) * 50,
        }

    def _sent(self, asked: dict[str, Any]) -> tuple[int, dict[str, str]]:
        answer: list[dict[str, Any]] = []
        headers = {"host": f"127.0.0.1:{_PORT}", "cookie": self._cookie, **asked.get("headers", {})}
        path, _, query = asked["path"].partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": asked["method"],
            "scheme": "http",
            "path": path,
            "raw_path": path.encode("latin-1", "replace"),
            "root_path": "",
            "query_string": (query or asked.get("query", "")).encode(),
            "client": ("127.0.0.1", 5),
            "server": ("127.0.0.1", _PORT),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }

        unread = [asked.get("body", "").encode("utf-8", "replace")]

        async def receive() -> dict[str, Any]:
            if not unread:
                await asyncio.Event().wait()  # the client stays and says no more
            return {"type": "http.request", "body": unread.pop(), "more_body": False}

        async def send(message: Any) -> None:  # noqa: ANN401  any message of ASGI
            answer.append(message)

        asyncio.run(_run(self._app, scope, receive, send))
        start = next(one for one in answer if one["type"] == "http.response.start")
        return start["status"], {name.decode(): value.decode("latin-1") for name, value in start["headers"]}


async def _run(app: Any, *given: Any) -> None:  # noqa: ANN401  an ASGI application and what it is called with
    await app(*given)


def _body(chance: random.Random, depth: int) -> Any:  # noqa: ANN401  any JSON
    kind = chance.randrange(7)
    if kind < 2 and depth < 4:
        return {name: _body(chance, depth + 1) for name in chance.sample(_NAMES, 5)}
    if kind == 2 and depth < 4:
        return [_body(chance, depth + 1) for _ in range(chance.randrange(4))]
    return chance.choice((None, True, -1, 0, 1, 2**70, 1.5, *_WORDS))
