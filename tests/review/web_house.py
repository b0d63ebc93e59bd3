"""A workspace with real page images, and its review page without a browser."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import cv2
import numpy as np

from model.decision import Who
from review.web.access import Access
from review.web.app import create_app
from tests.review.house import SOMCHAI, House

with warnings.catch_warnings():
    # Starlette would rather have httpx2, which nothing else here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

PORT = 8017


@cache
def blank_page() -> bytes:
    done, data = cv2.imencode(".png", np.full((3508, 2480), 230, np.uint8))
    assert done
    return data.tobytes()


def decision_body(
    finding: str,
    verdict: str,
    after: str | None = None,
    *,
    version: Sequence[int] = (),
    note: str = "",
    **more: Any,
) -> dict[str, Any]:
    """What our own page sends to decide about one finding, as it was shown with this version."""
    one = {"finding": finding, "verdict": verdict, "after": after, "expected_version": list(version)}
    return {"decisions": [one], "note": note} | more


def passed_line(line: Mapping[str, Any], milliseconds: int = 4000) -> dict[str, Any]:
    """What our own page says of a line that was passed as it was shown."""
    return {"key": line["key"], "was": line["text"], "milliseconds": milliseconds, "shown": line["shown"]}


class WebHouse(House):
    """A house whose pages have pictures."""

    def image(self, number: int) -> bytes:
        return blank_page()

    def visitor(self, who: Who = SOMCHAI, secret: bytes | None = None) -> Visitor:
        """Somebody who has opened the address that the server printed."""
        access = Access(who, "127.0.0.1", PORT, secret or secrets.token_bytes(32))
        visitor = Visitor(TestClient(create_app(self.ws, access), base_url=access.origin), access, self)
        visitor.client.get(access.entrance).raise_for_status()
        return visitor


class Visitor:
    """A browser without a screen."""

    def __init__(self, client: TestClient, access: Access, house: House) -> None:
        self.client = client
        self.access = access
        self.house = house

    def page(self, number: int = 1) -> dict[str, Any]:
        """The page's data."""
        answer = self.client.get(f"/api/documents/{self.house.document}/pages/{number}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def finding(self, key: str, number: int = 1) -> dict[str, Any]:
        """One finding as the page shows it."""
        (found,) = [one for one in self.page(number)["findings"] if one["id"] == key]
        return dict(found)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """Post as our own page does; headers given replace its own, an empty one is left out."""
        own = {"origin": self.access.origin, "x-chamra-token": self.access.token}
        given = own | {name.replace("_", "-"): value for name, value in headers.items()}
        sent = [(name.encode("ascii"), value.encode("utf-8")) for name, value in given.items() if value]
        return self.client.post(path, json=body, headers=sent)

    def decide(self, key: str, verdict: str, after: str | None = None, **more: Any) -> Any:
        """Decide about a finding, by default as it is shown now."""
        number = more.pop("number", 1)
        version = more.pop("version", None)
        if version is None:
            version = self.finding(key, number)["version"]
        one = {"finding": key, "verdict": verdict, "after": after, "expected_version": version}
        body = {
            "decisions": [one | {name: more.pop(name) for name in list(more) if name in one}],
            "note": "",
        } | more
        return self.post(f"/api/documents/{self.house.document}/pages/{number}/decisions", body)

    def passes_drawn_lines(self, number: int, page: dict[str, Any]) -> None:
        """Pass the lines of a page that were drawn by lot."""
        drawn = [one["line"] for one in page["sign"]["sample"]]
        lines = [passed_line(page["lines"][line]) for line in drawn]
        if lines:
            self.post(f"/api/documents/{self.house.document}/pages/{number}/seen", {"lines": lines})

    def sign(self, shown: Mapping[int, dict[str, Any]]) -> Any:
        """Sign pages as they were shown, having passed the lines that were drawn then."""
        for number, page in shown.items():
            self.passes_drawn_lines(number, page)
        body = {
            "pages": list(shown),
            "expected_version": min(page["seq"] for page in shown.values()),
            "texts": {str(number): page["text_sha256"] for number, page in shown.items()},
            "looked": {
                str(number): [one["line"] for one in page["sign"]["sample"]] for number, page in shown.items()
            },
        }
        return self.post(f"/api/documents/{self.house.document}/sign", body)

    def sign_all(self, version: int) -> Any:
        """Sign the document as of a record."""
        body = {"pages": None, "expected_version": version}
        return self.post(f"/api/documents/{self.house.document}/sign", body)
