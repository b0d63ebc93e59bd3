"""Users in the ledger: what stands there, who may change it, and who one is at the terminal."""

import json
import os
import stat
import subprocess
import sys

import pytest

from ledger import people
from ledger.people import Users, users_at
from model.decision import Known, Who
from model.errors import LedgerError, NotAllowed, UsageError, WorkspaceError
from model.state import Outcome
from model.user import Role, User
from review import passwords, who
from review.decide import accept, decide, edit, reject
from review.sign import sign
from review.state import page_state
from review.users import add, rehash, set_enabled, set_password, set_roles
from review.who import at_the_terminal, who_manages
from tests.ledger import raw
from tests.review.house import KATHU, SATUN, SOMCHAI, House
from tests.review.web_server import ROOT as SOURCE
from tests.review.web_users import PASSWORD, ROOT, cheap_passwords
from workspace.password_file import NAME, PasswordFile

REVIEWER = {Role.REVIEWER}
BOTH = {Role.REVIEWER, Role.SECOND_REVIEWER}


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    cheap_passwords(monkeypatch)


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    made.two_pages()
    yield made
    made.ws.close()


@pytest.fixture
def ws(house):
    return house.ws


def logged_in(login, ws):
    return who.logged_in(users_at(ws.ledger)[login], Known.LOGIN)


def test_a_user_stands_in_the_ledger_without_the_password_and_its_hash_in_the_file_alone(ws):
    add(ws, "malee", "มาลี", BOTH, PASSWORD, ROOT)
    (record,) = ws.ledger.records(kind="user")
    encoded = next(iter(json.loads((ws.path / NAME).read_text())["entries"].values()))
    assert encoded.startswith("$argon2id$")
    assert record.payload == {
        "login": "malee", "name": "มาลี", "roles": ["reviewer", "second-reviewer"], "account": "",
        "enabled": True, "credential": record.payload["credential"], "change": "added",
            "temporary": True, "version": 2,
        "who": {"name": "root", "account": "root", "claimed": False, "known": "account"},
    }  # fmt: skip
    assert PasswordFile(ws.path).get(record.payload["credential"]) == encoded
    assert encoded[-20:] not in json.dumps(record.payload)
    assert passwords.matches(PASSWORD, encoded)
    assert not passwords.matches(PASSWORD + " ", encoded)


def test_others_of_the_machine_cannot_read_the_hashes(ws):
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    assert stat.S_IMODE((ws.path / NAME).stat().st_mode) & 0o007 == 0


def test_the_ledger_says_who_held_which_role_when(ws):
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    before = ws.ledger.head().seq
    set_roles(ws, "malee", {Role.AUDITOR}, ROOT)
    after = ws.ledger.head().seq
    set_enabled(ws, "malee", False, ROOT)
    assert users_at(ws.ledger, before)["malee"].roles == REVIEWER
    assert users_at(ws.ledger, after)["malee"].roles == {Role.AUDITOR}
    assert not users_at(ws.ledger)["malee"].enabled
    assert [one.payload["change"] for one in ws.ledger.records(kind="user")] == ["added", "roles", "disabled"]


def test_what_changes_nothing_is_not_recorded(ws):
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    set_roles(ws, "malee", REVIEWER, ROOT)
    set_enabled(ws, "malee", True, ROOT)
    assert len(list(ws.ledger.records(kind="user"))) == 1


@pytest.mark.parametrize(
    ("login", "name", "roles", "password"),
    [
        ("Malee", "มาลี", REVIEWER, PASSWORD),
        ("มาลี", "มาลี", REVIEWER, PASSWORD),
        ("", "มาลี", REVIEWER, PASSWORD),
        ("a/b", "มาลี", REVIEWER, PASSWORD),
        ("a" * 65, "มาลี", REVIEWER, PASSWORD),
        ("malee", " ", REVIEWER, PASSWORD),
        ("malee", "มา\u202eลี", REVIEWER, PASSWORD),
        ("malee", "x" * 101, REVIEWER, PASSWORD),
        ("malee", "มาลี", set(), PASSWORD),
        ("malee", "มาลี", REVIEWER, "short"),
        ("malee", "มาลี", REVIEWER, "aaaaaaaaaaaaaaaa"),
        ("malee", "มาลี", REVIEWER, "ก" * 400 + "ขคงจฉ"),
        ("malee.the.reviewer", "มาลี", REVIEWER, "MALEE.the.reviewer"),
    ],
)
def test_a_user_that_cannot_stand_is_refused_and_nothing_is_kept(ws, login, name, roles, password):
    with pytest.raises(UsageError):
        add(ws, login, name, roles, password, ROOT)
    assert users_at(ws.ledger) == {}
    assert not (ws.path / NAME).exists()


def test_a_login_and_an_account_stay_one_persons_for_ever(ws):
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT, account="ml")
    set_enabled(ws, "malee", False, ROOT)
    for login, account in (("malee", ""), ("ml", ""), ("new", "malee"), ("new", "ml"), ("new", "ML")):
        with pytest.raises(UsageError, match="stays theirs"):
            add(ws, login, "อีกคน", REVIEWER, PASSWORD, ROOT, account=account)


def test_the_same_password_in_another_order_of_marks_is_the_same():
    encoded = passwords.hashed("ที่ว่าการอำเภอเมือง e\u0301")
    assert passwords.matches("ที่ว่าการอำเภอเมือง é", encoded)


def test_a_new_password_takes_the_old_hash_out(ws):
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    old = users_at(ws.ledger)["malee"].credential
    set_password(ws, "malee", "another good password", ROOT)
    new = users_at(ws.ledger)["malee"].credential
    file = PasswordFile(ws.path)
    assert new != old
    assert file.get(old) is None
    assert passwords.matches("another good password", file.get(new))


def test_a_hash_that_was_put_into_the_file_by_hand_lets_nobody_in(ws):
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    credential = users_at(ws.ledger)["malee"].credential
    path = ws.path / NAME
    body = json.loads(path.read_text())
    body["entries"][credential] = passwords.hashed("known to the intruder")
    path.chmod(0o600)
    path.write_text(json.dumps(body))
    assert PasswordFile(ws.path).get(credential) is None


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema":"chamra/passwords/2","entries":{}}'])
def test_a_damaged_file_is_said_to_be_damaged(ws, content):
    (ws.path / NAME).write_text(content)
    with pytest.raises(WorkspaceError, match="damaged"):
        PasswordFile(ws.path).get("x")


def test_a_record_that_is_no_user_is_not_taken_for_one(ws):
    raw.append(ws.ledger, "user", {"login": "malee", "roles": ["emperor"]})
    with pytest.raises(LedgerError, match="no sound user"):
        users_at(ws.ledger)


@pytest.mark.parametrize("at", ["before the hash", "before the record", "after the record"])
def test_a_change_of_password_that_is_killed_leaves_one_password_that_works(house, at):
    """Killed at each line where it matters; the old password works before the record and the new one after."""
    ws = house.ws
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    program = f"""
import os, signal, sys
from pathlib import Path
from model.decision import Known, Who
from review import passwords, users
from workspace.password_file import PasswordFile
from workspace.workspace import Workspace
passwords._MEMORY_KIB, passwords._PASSES = 64, 1
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
at = {at!r}
if at == "before the hash": PasswordFile.put = die
if at == "before the record": users.UserChanged.of = die
if at == "after the record": PasswordFile.keep_only = die
ws = Workspace.open(Path({str(ws.path)!r}))
root = Who("root", "root", claimed=False, known=Known.ACCOUNT)
users.set_password(ws, "malee", "another good password", root)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=SOURCE, env=os.environ | {"PYTHONPATH": str(SOURCE)}, check=False
    )
    assert done.returncode == -9
    right = "another good password" if at == "after the record" else PASSWORD
    wrong = PASSWORD if right != PASSWORD else "another good password"
    encoded = PasswordFile(ws.path).get(users_at(ws.ledger)["malee"].credential)
    assert passwords.matches(right, encoded)
    assert not passwords.matches(wrong, encoded)
    set_password(ws, "malee", "a third password, too", ROOT)
    assert len(json.loads((ws.path / NAME).read_text())["entries"]) == 1


def test_a_hash_is_renewed_when_the_parameters_have_grown(ws, monkeypatch):
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    before = users_at(ws.ledger)["malee"]
    monkeypatch.setattr(passwords, "_MEMORY_KIB", 128)
    passwords._hasher.cache_clear()
    encoded = PasswordFile(ws.path).get(before.credential)
    assert encoded is not None
    assert passwords.is_outdated(encoded)
    after = rehash(ws, before, PASSWORD, logged_in("malee", ws))
    renewed = PasswordFile(ws.path).get(after.credential)
    assert renewed is not None
    assert passwords.matches(PASSWORD, renewed)
    assert not passwords.is_outdated(renewed)
    set_password(ws, "malee", "another good password", ROOT)
    assert rehash(ws, before, PASSWORD, ROOT).credential != before.credential
    assert len(list(ws.ledger.records(kind="user"))) == 3


def test_users_are_followed_record_by_record(ws):
    known = Users(ws.ledger)
    assert known.now() == {}
    add(ws, "malee", "มาลี", REVIEWER, None, ROOT)
    assert known.now() == {"malee": User("malee", "มาลี", frozenset(REVIEWER))}
    set_enabled(ws, "malee", False, ROOT)
    assert not known.now()["malee"].enabled


def test_only_an_administrator_who_is_known_by_account_manages_users(ws):
    other = Who("x", "x", claimed=False, known=Known.ACCOUNT)
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, other)
    add(ws, "boonmee", "บุญมี", {Role.ADMINISTRATOR}, PASSWORD, other, account="bm")
    with pytest.raises(NotAllowed, match="bm"):
        set_roles(ws, "malee", BOTH, other)
    set_roles(ws, "malee", BOTH, Who("บุญมี", "bm", claimed=False, known=Known.ACCOUNT))
    set_roles(ws, "malee", REVIEWER, ROOT)


# Who decides


def test_where_there_are_users_a_claimed_name_decides_and_signs_nothing(house):
    add(house.ws, "somchai", "สมชาย", REVIEWER, PASSWORD, ROOT)
    with pytest.raises(NotAllowed, match="สมชาย"):
        accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    house.source(3)
    house.fail(3)
    with pytest.raises(NotAllowed):
        decide(house.ws, house.document, (), SOMCHAI, waivers={3: "the back of page 2"})
    with pytest.raises(NotAllowed):
        sign(house.ws, house.document, SOMCHAI)
    assert not list(house.ws.ledger.records(kind="decision"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_only_a_reviewer_gives_first_answers_and_signs(house, role):
    add(house.ws, "malee", "มาลี", {role}, PASSWORD, ROOT)
    malee = logged_in("malee", house.ws)
    for key in (KATHU.id, SATUN.id):
        with pytest.raises(NotAllowed, match="role reviewer"):
            accept(house.ws, house.document, [key], malee)
    with pytest.raises(NotAllowed, match="role reviewer"):
        sign(house.ws, house.document, malee)


def test_the_second_answer_is_a_second_reviewers_and_never_the_first_persons(house):
    ws, document = house.ws, house.document
    add(ws, "malee", "มาลี", BOTH, PASSWORD, ROOT)
    add(ws, "somchai", "สมชาย", REVIEWER, PASSWORD, ROOT)
    add(ws, "prani", "ปราณี", {Role.SECOND_REVIEWER}, PASSWORD, ROOT)
    accept(ws, document, [SATUN.id], logged_in("malee", ws))
    accept(ws, document, [SATUN.id], logged_in("malee", ws))
    assert page_state(ws, document, 1).outcomes[SATUN.id] is Outcome.SECOND
    with pytest.raises(NotAllowed, match="second-reviewer"):
        accept(ws, document, [SATUN.id], logged_in("somchai", ws))
    accept(ws, document, [SATUN.id], logged_in("prani", ws))
    assert page_state(ws, document, 1).outcomes[SATUN.id] is Outcome.ACCEPTED
    reject(ws, document, [SATUN.id], logged_in("prani", ws))
    edit(ws, document, SATUN.id, "ตรัง", logged_in("malee", ws))
    assert page_state(ws, document, 1).outcomes[SATUN.id] is Outcome.CONFLICT


def test_what_takes_one_person_may_be_answered_by_another_reviewer_too(house):
    ws, document = house.ws, house.document
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    add(ws, "somchai", "สมชาย", REVIEWER, PASSWORD, ROOT)
    accept(ws, document, [KATHU.id], logged_in("malee", ws))
    reject(ws, document, [KATHU.id], logged_in("somchai", ws))
    assert page_state(ws, document, 1).outcomes[KATHU.id] is Outcome.CONFLICT


def test_the_terminal_and_the_browser_are_one_person(house, monkeypatch):
    ws, document = house.ws, house.document
    monkeypatch.setattr(who, "account", lambda: "ml")
    accept(ws, document, [SATUN.id], at_the_terminal("มาลี"))
    add(ws, "malee", "มาลี", BOTH, PASSWORD, ROOT, account="ml")
    monkeypatch.setattr(who, "account", lambda: "somebody")
    with pytest.raises(NotAllowed, match="none of theirs"):
        at_the_terminal("มาลี", users_at(ws.ledger))
    monkeypatch.setattr(who, "account", lambda: "ml")
    with pytest.raises(UsageError, match="belongs to มาลี"):
        at_the_terminal("สมชาย", users_at(ws.ledger))
    terminal = at_the_terminal("malee", users_at(ws.ledger))
    browser = logged_in("malee", ws)
    assert (terminal.name, terminal.account, terminal.known) == ("มาลี", "ml", Known.ACCOUNT)
    assert (browser.name, browser.account, browser.known) == ("มาลี", "ml", Known.LOGIN)
    for person in (browser, terminal):
        accept(ws, document, [SATUN.id], person)
        assert page_state(ws, document, 1).outcomes[SATUN.id] is Outcome.SECOND
    assert who_manages(users_at(ws.ledger)).account == "ml"


def test_an_account_with_the_name_of_a_login_is_not_that_user(house, monkeypatch):
    add(house.ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    monkeypatch.setattr(who, "account", lambda: "malee")
    with pytest.raises(NotAllowed, match="none of theirs"):
        at_the_terminal("malee", users_at(house.ws.ledger))


def test_a_decision_does_not_land_after_its_person_was_kept_out(house, monkeypatch):
    ws = house.ws
    add(ws, "malee", "มาลี", REVIEWER, PASSWORD, ROOT)
    malee = logged_in("malee", ws)
    looked = people.allowed_to_decide

    def meanwhile(*arguments):
        looked(*arguments)
        set_enabled(ws, "malee", False, ROOT)

    monkeypatch.setattr("review.decide.allowed_to_decide", meanwhile)
    with pytest.raises(NotAllowed):
        accept(ws, house.document, [KATHU.id], malee)
    assert not list(ws.ledger.records(kind="decision"))
