"""A place for an upload is held by whoever sends, not by whoever trickles."""

import asyncio

import pytest

from ocr.sandbox.limits import Limits
from review.uploads import Inbox
from review.web.app import create_app
from review.web.authenticator import loopback
from review.web.login import LoginAuthenticator
from tests.reports.made_pages import blank_pdf, page
from tests.review.web_house import PORT

PDF = blank_pdf([page("", 1)])
HUGE = 4 * 1024**3


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(folder, limits=Limits(pages=3), min_free_mb=0)


@pytest.fixture
def sender(users_house, inbox, monkeypatch):
    """Send parts with a pause before each, as so many bytes; gives the status of the answer."""
    monkeypatch.setattr("review.web.upload_pages._PATIENCE", 0.3)
    monkeypatch.setattr("review.web.upload_pages._SLOWEST", 10_000)
    app = create_app(users_house.ws, LoginAuthenticator(users_house.ws, loopback(PORT), PORT), inbox)
    browser = users_house.user("wichai", app)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    own = {
        "host": f"127.0.0.1:{PORT}", "origin": browser.origin, "x-chamra-token": browser.token, "cookie": cookie,
        "content-type": "application/octet-stream",
    }  # fmt: skip

    async def send(size, parts, pause):
        left, status = list(parts), []
        headers = own | {"content-length": str(size)}
        scope = {
            "type": "http", "method": "POST", "path": "/api/uploads", "query_string": b"name=a.pdf",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()], "scheme": "http",
            "client": ("127.0.0.1", 5), "server": ("127.0.0.1", PORT), "root_path": "", "http_version": "1.1",
        }  # fmt: skip

        async def receive():
            await asyncio.sleep(pause if left else 60)
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left) or size == HUGE}

        async def answer(message):
            status.append(message.get("status"))

        await app(scope, receive, answer)
        return status[0]

    return send


def visible(inbox):
    return [one.name for one in inbox.folder.iterdir()]


@pytest.mark.parametrize(
    ("parts", "pause"),
    [([], 0), ([b"x"] * 100, 0.05), ([b"x" * 2000, *[b"x"] * 100], 0.05)],
    ids=["nothing", "drops", "drops behind a gush"],
)
def test_who_falls_behind_is_given_up_however_large_the_file_is_said_to_be(sender, inbox, parts, pause):
    assert asyncio.run(sender(HUGE, parts, pause)) == 408
    assert visible(inbox) == []


def test_the_places_of_those_who_fell_behind_are_free_again(sender, inbox):
    async def all_of_them():
        slow = [asyncio.create_task(sender(HUGE, [b"x"] * 100, 0.05)) for _ in range(3)]
        await asyncio.sleep(0.1)
        refused = await sender(len(PDF), [PDF], 0)
        return refused, await asyncio.gather(*slow), await sender(len(PDF), [PDF], 0)

    assert asyncio.run(all_of_them()) == (503, [408, 408, 408], 200)
    assert visible(inbox) == ["a.pdf"]


def test_a_slow_line_that_keeps_sending_is_waited_for(sender, inbox):
    data = PDF + b" " * 12_000
    parts = [data[at : at + 1500] for at in range(0, len(data), 1500)]
    assert asyncio.run(sender(len(data), parts, 0.08)) == 200
    assert visible(inbox) == ["a.pdf"]


def test_nobody_is_waited_for_for_ever_however_steadily_they_send(sender, inbox, monkeypatch):
    monkeypatch.setattr("review.web.upload_pages._LONGEST", 0.5)
    assert asyncio.run(sender(HUGE, [b"x" * 20_000] * 100, 0.02)) == 408
    assert visible(inbox) == []
