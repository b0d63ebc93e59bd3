"""Two people in two browsers, each with their own login: nothing is lost, nothing overwritten unseen."""

import os
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from model.state import Outcome
from model.user import Role
from review.state import page_state
from review.users import set_enabled
from tests.review.clerk import Clerk
from tests.review.house import KATHU, SATUN
from tests.review.killable import Killable
from tests.review.web_desk import needs_chromium
from tests.review.web_users import PASSWORD, ROOT, add_person, cheap_passwords

pytestmark = [pytest.mark.browser, needs_chromium]

BOTH = {Role.REVIEWER, Role.SECOND_REVIEWER}
PICTURES = os.environ.get("CHAMRA_TEST_PICTURES")


class Person:
    """Somebody at their own browser."""

    def __init__(self, browser, server, house, login, *, width=1280, language="en-GB"):
        self.house = house
        self.root = f"http://127.0.0.1:{server.port}"
        self.context = browser.new_context(viewport={"width": width, "height": 844}, locale=language)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.open(1)
        self.log_in(self.page, login)

    def log_in(self, page, login, password=PASSWORD):
        page.wait_for_url("**/login?**")
        expect(page.locator("#login")).to_be_focused()
        page.keyboard.type(login)
        page.keyboard.press("Tab")
        page.keyboard.type(password)
        page.keyboard.press("Enter")

    def open(self, number):
        self.page.goto(f"{self.root}/documents/{self.house.document}/pages/{number}")

    def ready(self):
        expect(self.page.locator("#stage")).not_to_be_empty()
        return self

    def press(self, key):
        self.page.keyboard.press(key)

    def settled(self):
        expect(self.page.locator("#review")).to_have_attribute("aria-busy", "false")

    def trouble(self):
        return self.page.locator("#trouble")


@pytest.fixture
def house(web_house, monkeypatch):
    cheap_passwords(monkeypatch)
    add_person(web_house.ws, "malee", "มาลี", BOTH)
    add_person(web_house.ws, "somchai", "สมชาย", BOTH)
    return web_house


@pytest.fixture
def server(house, tmp_path):
    with Killable(house.ws.path, tmp_path / "state") as running:
        yield running


@pytest.fixture
def people(browser, server, house):
    return [Person(browser, server, house, login).ready() for login in ("malee", "somchai")]


def decisions(house):
    return [(one.payload["who"]["account"], one.payload["verdict"])
            for one in house.ws.ledger.records(kind="decision")]  # fmt: skip


def outcome(house, finding):
    return page_state(house.ws, house.document, 1).outcomes[finding.id]


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def test_a_conflict_is_shown_to_both_and_nothing_is_overwritten(people, house):
    malee, somchai = people
    malee.press("a")
    malee.settled()
    somchai.press("r")
    expect(somchai.trouble()).to_contain_text("มาลี (malee): accepted")
    expect(somchai.trouble()).to_contain_text("You wanted: rejected")
    assert decisions(house) == [("malee", "accept")]
    picture(somchai.page, "conflict")
    somchai.page.get_by_role("button", name="Record mine as well").click()
    somchai.settled()
    assert decisions(house) == [("malee", "accept"), ("somchai", "reject")]
    assert outcome(house, KATHU) is Outcome.CONFLICT
    malee.page.goto(f"{malee.page.url.partition('#')[0]}#{KATHU.id}")
    malee.page.reload()
    malee.ready()
    expect(malee.page.locator("#finding")).to_contain_text("decided in two ways")
    expect(malee.page.locator("#finding")).to_contain_text("สมชาย")
    assert malee.complaints == somchai.complaints == []


def test_of_two_who_press_at_once_one_is_recorded_and_the_other_is_told(people, house):
    malee, somchai = people
    for person, key in ((malee, "a"), (somchai, "r")):
        event = f"new KeyboardEvent('keydown', {{key: '{key}', code: 'Key{key.upper()}', bubbles: true}})"
        person.page.evaluate(f"void document.body.dispatchEvent({event})")
    for person in people:
        person.settled()
    ((recorded, _),) = decisions(house)
    told = [person for person in people if "decided meanwhile" in person.trouble().inner_text()]
    assert len(told) == 1
    assert told[0] is (somchai if recorded == "malee" else malee)


def test_of_two_who_decide_at_once_one_is_recorded_and_the_other_is_told_every_time(server, house):
    """The same, as fast as two connections can: what was acknowledged stands, and nothing else."""
    clerks = [Clerk(login, house.document, KATHU.id, 1) for login in ("malee", "somchai")]
    rounds, barrier, said = 25, threading.Barrier(2), []

    def decide(clerk):
        for number in range(rounds):
            shown = clerk.page(server.port)
            barrier.wait(60)
            said.append((number, *clerk.edit(server.port, shown, f"{clerk.login}{number}")))
            barrier.wait(60)

    threads = [threading.Thread(target=decide, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(200)
    by_round = {
        number: sorted(status for one, status, _ in said if one == number) for number in range(rounds)
    }
    assert set(by_round) == set(range(rounds))
    assert all(statuses == [200, 409] for statuses in by_round.values())
    acknowledged = {text for _, status, text in said if status == 200}
    recorded = [one.payload["after"] for one in house.ws.ledger.records(kind="decision")]
    assert sorted(recorded) == sorted(acknowledged)


def test_two_who_must_agree_do_so_in_two_browsers(people, house):
    malee, somchai = people
    for person in people:
        person.page.goto(f"{person.page.url.partition('#')[0]}#{SATUN.id}")
        person.page.reload()
        person.ready()
    malee.press("a")
    malee.settled()
    assert outcome(house, SATUN) is Outcome.SECOND
    somchai.page.goto(f"{somchai.root}/?show=second")
    somchai.page.locator(".card a.button").first.click()
    somchai.page.wait_for_url("**/pages/1**")
    somchai.ready()
    somchai.page.goto(f"{somchai.page.url.partition('#')[0]}#{SATUN.id}")
    somchai.page.reload()
    somchai.ready()
    expect(somchai.page.locator("#finding")).to_contain_text("One person has decided")
    somchai.press("a")
    somchai.settled()
    assert outcome(house, SATUN) is Outcome.ACCEPTED
    who = [one.payload["who"] for one in house.ws.ledger.records(kind="decision")]
    assert [(one["account"], one["known"]) for one in who] == [("malee", "login"), ("somchai", "login")]


def test_a_decision_outlives_the_session_and_never_becomes_another_persons(people, house):
    malee, _ = people
    other = malee.context.new_page()
    other.goto(malee.root)
    other.get_by_role("button", name="Log out").click()
    other.wait_for_url("**/login")
    malee.press("a")
    expect(malee.trouble()).to_contain_text("Not saved")
    again = malee.trouble().get_by_role("link", name="Log in again")
    expect(again).to_be_visible()
    picture(malee.page, "logged-out")
    other.goto(f"{malee.root}/login?next=/")
    malee.log_in(other, "somchai")
    other.wait_for_url(f"{malee.root}/")
    expect(malee.trouble()).to_contain_text("Somebody else is logged in", timeout=20_000)
    assert decisions(house) == []
    other.goto(malee.root)
    other.get_by_role("button", name="Log out").click()
    other.wait_for_url("**/login")
    other.goto(f"{malee.root}/login?next=/")
    malee.log_in(other, "malee")
    expect(malee.trouble()).to_be_empty(timeout=20_000)
    assert decisions(house) == [("malee", "accept")]


def test_who_is_kept_out_is_told_and_nothing_is_recorded(people, house):
    malee, _ = people
    set_enabled(house.ws, "malee", False, ROOT)
    malee.press("a")
    expect(malee.trouble()).to_contain_text("Not saved")
    assert decisions(house) == []


@pytest.mark.parametrize(("width", "language"), [(1280, "en-GB"), (390, "th-TH")])
def test_the_login_page(browser, server, house, width, language):
    person = Person(browser, server, house, "malee", width=width, language=language)
    person.ready()
    page = person.context.new_page()
    page.goto(person.root)
    expect(page.get_by_role("button", name="Log out" if width > 400 else "ออกจากระบบ")).to_be_visible()
    picture(page, f"queue-{width}")
    page.context.clear_cookies()
    page.goto(f"{person.root}/login?next=/")
    person.log_in(page, "malee", "wrong password")
    expect(page.get_by_role("alert")).to_contain_text("wrong" if width > 400 else "ไม่ถูกต้อง")
    expect(page.locator("#password")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("label").count() == page.locator("input:not([type=hidden])").count() == 2
    picture(page, f"login-{width}")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{person.root}/")
