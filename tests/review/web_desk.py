"""A reviewer at the review page, in Debian's Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from model.edit import Finding
from model.state import Outcome
from review.state import page_state
from tests.review.web_house import WebHouse
from tests.review.web_server import ServerProcess

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

PATIENCE = 30_000
"""Milliseconds in which a page must show what is expected of it: the machine may be at work on much else."""

needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")


class Desk:
    """A reviewer at a page."""

    def __init__(self, browser: Browser, server: ServerProcess, house: WebHouse, width: int = 1280) -> None:
        self.house = house
        self.complaints: list[str] = []
        context = browser.new_context(viewport={"width": width, "height": 844}, locale="en-GB")
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.goto(server.url)
        self.root = self.page.url.rstrip("/")
        self.open(1)

    def open(self, number: int) -> None:
        self.page.goto(f"{self.root}/documents/{self.house.document}/pages/{number}")
        self.ready()

    def ready(self) -> None:
        expect(self.page.locator("#stage")).not_to_be_empty()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def sends(self, key: str) -> None:
        """Press a key that decides, and wait until the server has answered."""
        with self.page.expect_response("**/decisions"):
            self.press(key)
        expect(self.page.locator("#review")).to_have_attribute("aria-busy", "false")

    def passes(self) -> None:
        """Look at the line that is lit as long as anybody must, and pass it."""
        passes(self.page)

    def looks_at(self, text: str) -> None:
        """The finding that is lit, and with it what A and R decide, has this text."""
        expect(self.page.locator("#change")).to_contain_text(text)

    def line(self, index: int) -> Locator:
        """A line of the page with its image, text and chips."""
        return self.page.locator(f"#text > li[data-line='{index}']")

    def recorded(self) -> None:
        """Wait until all that was said is on record."""
        expect(self.page.locator("#review")).to_have_attribute("aria-busy", "false")

    def outcome(self, finding: Finding, number: int = 1) -> Outcome:
        return page_state(self.house.ws, self.house.document, number).outcomes[finding.id]


def passes(page: Page) -> None:
    """Look at the line that is lit as long as anybody must, and pass it."""
    expect(page.locator("#review")).to_have_attribute("data-looked", "yes")
    page.keyboard.press("Enter")


def opens_signing(page: Page) -> None:
    """Press S, and pass the lines that are drawn by lot until the page may be signed."""
    expect(page.locator("#review")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("s")
    expect(page.locator("#signing[open], #trouble:not(:empty)").first).to_be_visible()
    for _ in range(4):
        if page.locator("#signing[open]").count():
            return
        passes(page)
        expect(page.locator("#review")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#signing[open]")).to_be_visible()


def decisions(house: WebHouse) -> list[str]:
    """The verdicts on record, in order."""
    return [str(one.payload["verdict"]) for one in house.ws.ledger.records(kind="decision")]
