"""Signing in a browser: with a passkey, with the password again; one's own password and passkeys."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ledger.events.signed_off import SignedOff
from ledger.people import users_at
from ledger.signing.allowed_signers import read_signers
from ledger.signing.attestation import Attested, verify_statement
from model.decision import Confirmation
from model.user import Role
from review.decide import accept_remaining
from review.users import set_password
from tests.review.house import MALEE, SOMCHAI
from tests.review.killable import Killable
from tests.review.web_desk import needs_chromium, opens_signing
from tests.review.web_users import PASSWORD, ROOT, add_person, cheap_passwords

pytestmark = [pytest.mark.browser, needs_chromium]

PICTURES = os.environ.get("CHAMRA_TEST_PICTURES")
NEW = "another good password"
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def house(web_house, monkeypatch):
    cheap_passwords(monkeypatch)
    accept_remaining(web_house.ws, web_house.document, SOMCHAI)
    accept_remaining(web_house.ws, web_house.document, MALEE)
    add_person(web_house.ws, "malee", "มาลี", {Role.REVIEWER})
    return web_house


class Person:
    """Malee at her browser, which has an authenticator."""

    def __init__(self, browser, server, house, host="localhost", language="en-GB"):
        self.house = house
        self.root = f"http://{host}:{server.port}"
        context = browser.new_context(viewport={"width": 1280, "height": 844}, locale=language)
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.session = context.new_cdp_session(self.page)
        self.session.send("WebAuthn.enable")
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.authenticator = made["authenticatorId"]

    def log_in(self, password=PASSWORD):
        self.page.goto(f"{self.root}/login?next=/account")
        self.page.fill("#login", "malee")
        self.page.fill("#password", password)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url("**/account")

    def add_passkey(self):
        self.page.fill("#passkey-password", PASSWORD)
        self.page.get_by_role("button", name="Add a passkey of this device").click()
        expect(self.page.get_by_text("Passkey for localhost")).to_be_visible()

    def open(self, number):
        self.page.goto(f"{self.root}/documents/{self.house.document}/pages/{number}")
        expect(self.page.locator("#stage")).to_contain_text("decided")

    def sign(self, password=None):
        opens_signing(self.page)
        if password is not None:
            expect(self.page.locator("#signing-password")).to_be_focused()
            self.page.keyboard.type(password)
            self.page.keyboard.press("Enter")
        else:
            self.page.locator("#signing-yes").click()

    def signed(self):
        expect(self.page.locator("#stage")).to_have_text("signed", timeout=20_000)

    def picture(self, name):
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def server(house, tmp_path):
    with Killable(house.ws.path, tmp_path / "state") as running:
        yield running


@pytest.fixture
def malee(browser, server, house):
    person = Person(browser, server, house)
    person.log_in()
    return person


def attestations(house):
    signers = read_signers(house.ws.signers)
    return [verify_statement(one, house.ws.id, signers) for one in house.ws.ledger.events(SignedOff)]


def test_a_passkey_is_made_and_signs_a_page_and_then_the_whole_document(malee, house):
    malee.picture("account")
    malee.add_passkey()
    malee.picture("account-passkey")
    malee.open(1)
    malee.sign()
    malee.signed()
    malee.page.goto(f"{malee.root}/documents/{house.document}")
    malee.page.get_by_role("button", name="Sign the document").click()
    malee.page.locator("#signing-yes").click()
    expect(malee.page.locator("main")).to_contain_text("2 signed")
    found = attestations(house)
    assert [one.how for one in found] == [Attested.SIGNED] * 2
    assert all(one.signer.accounts == ("malee",) for one in found)
    assert malee.complaints == []


def test_without_a_passkey_signing_asks_for_the_password_and_says_when_it_is_wrong(malee, house):
    malee.open(1)
    malee.sign("not the password")
    expect(malee.page.locator("#trouble")).to_contain_text("The password is wrong")
    assert list(house.ws.ledger.events(SignedOff)) == []
    malee.page.keyboard.press("s")
    malee.picture("signing-password")
    malee.page.keyboard.type(PASSWORD)
    malee.page.keyboard.press("Enter")
    malee.signed()
    (entry,) = house.ws.ledger.events(SignedOff)
    assert entry.event.confirmed is Confirmation.PASSWORD
    assert attestations(house)[0].how is Attested.CLAIMED


def test_nobody_signs_where_the_passkey_does_not_answer(malee, house):
    malee.add_passkey()
    malee.session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": malee.authenticator, "isUserVerified": False}
    )
    malee.open(1)
    malee.sign()
    expect(malee.page.locator("#trouble")).to_contain_text("The passkey has not answered", timeout=70_000)
    assert list(house.ws.ledger.events(SignedOff)) == []


def test_a_passkey_that_was_ended_signs_no_more(malee, house):
    malee.add_passkey()
    malee.page.get_by_role("button", name="End").click()
    expect(malee.page.get_by_role("button", name="End")).to_have_count(0)
    malee.open(1)
    malee.sign(PASSWORD)
    malee.signed()
    assert attestations(house)[0].how is Attested.CLAIMED


def test_a_password_that_somebody_else_has_set_is_changed_first(browser, server, house):
    set_password(house.ws, "malee", "given by the office", ROOT)
    malee = Person(browser, server, house)
    malee.log_in("given by the office")
    malee.page.goto(f"{malee.root}/documents/{house.document}")
    malee.page.wait_for_url("**/account")
    expect(malee.page.get_by_role("alert")).to_contain_text("Somebody else has set your password")
    malee.picture("account-temporary")
    assert users_at(house.ws.ledger)["malee"].temporary
    for current, new, again, says in (
        ("wrong password", NEW, NEW, "current password is wrong"),
        ("given by the office", NEW, NEW + "!", "typed in two ways"),
        ("given by the office", "given by the office", "given by the office", "password that you have"),
    ):
        for name, value in (("current", current), ("new", new), ("again", again)):
            malee.page.fill(f"#{name}", value)
        malee.page.get_by_role("button", name="Change the password").click()
        expect(malee.page.locator("#refused")).to_contain_text(says)
    for name, value in (("current", "given by the office"), ("new", NEW), ("again", NEW)):
        malee.page.fill(f"#{name}", value)
    malee.page.get_by_role("button", name="Change the password").click()
    expect(malee.page.get_by_role("status").first).to_contain_text("Your password is changed")
    assert not users_at(house.ws.ledger)["malee"].temporary
    malee.open(1)


def test_an_address_of_numbers_has_no_passkeys_and_the_page_says_so(browser, server, house):
    malee = Person(browser, server, house, host="127.0.0.1")
    malee.log_in()
    expect(malee.page.locator("#passkey-numbers")).to_be_visible()
    malee.page.fill("#passkey-password", PASSWORD)
    malee.page.get_by_role("button", name="Add a passkey of this device").click()
    expect(malee.page.locator("#said")).to_contain_text("The passkey has not answered")
