"""Somebody at the review page without a browser, over a real connection."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode

from tests.review.web_house import decision_body
from tests.review.web_users import PASSWORD

Page = dict[str, Any]


class Clerk:
    """Logs in once, then writes texts for one finding. Every call opens a connection of its own."""

    def __init__(self, login: str, document: str, finding: str, page: int) -> None:
        self.login = login
        self._finding = finding
        self._page = f"/api/documents/{document}/pages/{page}"
        self._headers: dict[str, str] = {}

    def page(self, port: int) -> Page:
        """The page as it stands now."""
        status, said = self._ask(port, "GET", self._page)
        assert status == 200, said
        return said

    def edit(self, port: int, shown: Page, text: str) -> tuple[int, str]:
        """Write a text for the finding as it was shown; gives the status of the answer, and the text."""
        seen = next(one["version"] for one in shown["findings"] if one["id"] == self._finding)
        body = decision_body(self._finding, "edit", text, version=seen)
        status, _ = self._ask(port, "POST", f"{self._page}/decisions", body)
        return status, text

    def _ask(self, port: int, method: str, path: str, body: Page | None = None) -> tuple[int, Page]:
        if not self._headers:
            self._log_in(port)
        sent = None if body is None else json.dumps(body).encode()
        status, _, said = self._request(port, method, path, sent, self._headers)
        return status, json.loads(said)

    def _log_in(self, port: int) -> None:
        form = urlencode({"login": self.login, "password": PASSWORD, "next": "/"}).encode()
        headers = {"origin": f"http://127.0.0.1:{port}", "content-type": "application/x-www-form-urlencoded"}
        status, cookie, _ = self._request(port, "POST", "/login", form, headers)
        assert status == 303
        own = headers | {"content-type": "application/json", "cookie": cookie.partition(";")[0]}
        _, _, said = self._request(port, "GET", "/api/session", None, own)
        self._headers = own | {"x-chamra-token": json.loads(said)["token"]}

    @staticmethod
    def _request(
        port: int, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("set-cookie", ""), answer.read()
        finally:
            connection.close()
