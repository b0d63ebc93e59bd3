"""The command `user` as an administrator meets it."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from cli import app as cli
from ledger.people import users_at
from review import passwords, who
from tests.review.pens import KeyPen
from workspace.password_file import PasswordFile
from workspace.workspace import Workspace

KEY_SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/user-key.json").read_text())
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/user.json").read_text())
PASSWORD = "correct horse battery staple"


@pytest.fixture
def place(tmp_path):
    Workspace.open(tmp_path / "work", create=True).close()
    return tmp_path / "work"


@pytest.fixture
def user(place, capsys, monkeypatch):
    """Run `chamra user`, with this on standard input; gives status, output and errors."""
    monkeypatch.setattr(passwords, "_MEMORY_KIB", 64)
    passwords._hasher.cache_clear()

    def run(*arguments, given=""):
        monkeypatch.setattr(sys, "argv", ["chamra", "user", *map(str, arguments), "-w", str(place)])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given.encode())))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    yield run
    passwords._hasher.cache_clear()


def encoded(place, login):
    with Workspace.open(place, readonly=True) as ws:
        return PasswordFile(place).get(users_at(ws.ledger)[login].credential)


def test_users_are_added_listed_changed_and_kept_out(user, place):
    add = ("add", "malee", "--name", "มาลี", "--role", "reviewer", "--password-stdin")
    status, out, _ = user(*add, given=f"{PASSWORD}\r\nmore\n")
    assert (status, out) == (0, "malee (มาลี): added; reviewer\n")
    assert passwords.matches(PASSWORD, encoded(place, "malee"))
    user("add", "anong", "--name", "อนงค์", "--role", "auditor", "--no-password", "--account", "an")
    user("role", "malee", "--role", "reviewer", "--role", "second-reviewer")
    user("disable", "anong")
    assert user("list")[1].splitlines() == [
        "malee: มาลี; reviewer, second-reviewer",
        "anong: อนงค์; auditor; account an; no password; DISABLED",
    ]
    user("enable", "anong")
    status, _, _ = user("password", "malee", "--password-stdin", given="another good password\n")
    assert status == 0
    assert passwords.matches("another good password", encoded(place, "malee"))


def test_the_answer_for_programs_keeps_to_its_schema_and_tells_no_hash(user):
    options = ("--name", "มาลี", "--role", "reviewer", "--password-stdin", "--json")
    _, out, _ = user("add", "malee", *options, given=PASSWORD)
    jsonschema.validate(json.loads(out), SCHEMA)
    _, out, _ = user("list", "--json")
    jsonschema.validate(json.loads(out), SCHEMA)
    assert json.loads(out)["users"][0]["password"] is True
    assert "argon2" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "malee", "--name", "มาลี", "--role", "reviewer", "--password-stdin"), "shorter than 12"),
        (("add", "Malee", "--name", "มาลี", "--role", "reviewer", "--no-password"), "cannot be a login"),
        (("add", "malee", "--name", "มาลี", "--role", "emperor", "--no-password"), "emperor"),
        (("disable", "nobody"), "no user 'nobody'"),
        (("password", "nobody", "--password-stdin"), "no user 'nobody'"),
    ],
)
def test_what_cannot_be_meant_is_refused(user, arguments, words):
    status, _, err = user(*arguments, given="short\n")
    assert status == 2
    assert words in err
    assert "no users" in user("list")[1]


def test_a_password_is_asked_for_twice_and_never_shown(user, monkeypatch):
    asked = []

    def prompt(text, **how):
        asked.append(how)
        return PASSWORD

    monkeypatch.setattr("typer.prompt", prompt)
    status, out, err = user("add", "malee", "--name", "มาลี", "--role", "reviewer")
    assert status == 0
    assert asked == [{"hide_input": True, "confirmation_prompt": True}]
    assert PASSWORD not in out + err


def test_keys_are_listed_for_users_and_revoked(user, place, tmp_path):
    key = KeyPen().key
    (tmp_path / "key.pub").write_text(f"{key.line} malee@office\n")
    user("add", "malee", "--name", "มาลี", "--role", "reviewer", "--no-password", "--account", "ml")
    assert user("key", "list")[1].startswith("no keys in")
    status, out, _ = user("key", "add", "malee", tmp_path / "key.pub", "--from", "2026-01-01", "--json")
    (row,) = json.loads(out)["keys"]
    jsonschema.validate(json.loads(out), KEY_SCHEMA)
    assert (status, row["accounts"], row["key"], row["until"]) == (0, ["ml"], key.fingerprint, None)
    assert (place.parent / "work.signers").read_text().startswith("ml namespaces=")
    assert user("key", "add", "nobody", tmp_path / "key.pub")[0] == 2
    status, out, _ = user("key", "revoke", key.fingerprint, "--from", "2026-02-01T10:00:00")
    assert (status, out) == (
        0,
        f"ml: {key.fingerprint} from 2026-01-01 00:00 until 2026-02-01 10:00 malee@office\n",
    )
    (tmp_path / "key.pub").write_text("ssh-rsa AAAA\n")
    assert "no public key that can sign" in user("key", "add", "malee", tmp_path / "key.pub")[2]


def test_a_user_changes_their_own_password_which_is_temporary_no_more(user, place, monkeypatch):
    add = ("add", "malee", "--name", "มาลี", "--role", "reviewer", "--account", "ml", "--password-stdin")
    user(*add, given=f"{PASSWORD}\n")
    monkeypatch.setattr(who, "account", lambda: "ml")

    def malee():
        with Workspace.open(place, readonly=True) as ws:
            return users_at(ws.ledger)["malee"]

    assert malee().temporary
    assert user("password", "--password-stdin", given="wrong\nanother good password\n")[0] == 6
    assert user("password", "--password-stdin", given=f"{PASSWORD}\n{PASSWORD}\n")[0] == 2
    status, out, _ = user("password", "--password-stdin", given=f"{PASSWORD}\nanother good password\n")
    assert (status, out) == (0, "malee (มาลี): has a new password; reviewer\n")
    assert not malee().temporary
    assert passwords.matches("another good password", encoded(place, "malee"))
