from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.review.house import FIRST, KATHU, ON_SECOND, SARA_AM, SATUN, SECOND, YEAR
from tests.review.web_desk import ARGUMENTS, CHROMIUM, PATIENCE, Desk
from tests.review.web_house import WebHouse
from tests.review.web_server import ServerProcess
from tests.review.web_users import UsersHouse, cheap_passwords
from tests.workspace import samples


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def web_house(tmp_path: Path) -> Iterator[WebHouse]:
    """Two pages with images; one proposal has alternatives."""
    made = WebHouse(tmp_path)
    made.source(2)
    with_choice = replace(KATHU, alternatives=("กะทุ้", "กะทู"))
    made.read(1, FIRST, samples.findings(FIRST, SARA_AM, with_choice, SATUN, YEAR))
    made.read(2, SECOND, ON_SECOND)
    yield made
    made.ws.close()


@pytest.fixture
def users_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UsersHouse]:
    """Two pages, and a user of every role whose password costs little."""
    cheap_passwords(monkeypatch)
    made = UsersHouse(tmp_path)
    made.two_pages()
    made.people()
    yield made
    made.ws.close()


@pytest.fixture
def server(web_house: WebHouse, tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(web_house.ws.path, tmp_path / "state") as running:
        yield running


@pytest.fixture
def desk(browser: Browser, server: ServerProcess, web_house: WebHouse) -> Desk:
    return Desk(browser, server, web_house)
