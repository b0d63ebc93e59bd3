"""The audit says who held which role when, and finds those who acted without it."""

import pytest

from audit.audit import audit
from ledger.events.revoked import Revoked
from ledger.people import users_at
from model.decision import Known
from model.rework import Revocation
from model.user import Role
from review.decide import accept_remaining
from review.sign import sign
from review.users import add, set_enabled, set_roles
from review.who import logged_in
from tests.ledger import raw
from tests.review.house import CHIANG_MAI, SOMCHAI, House
from tests.review.tamper import rewrite
from tests.review.web_users import PASSWORD, ROOT, cheap_passwords
from tests.workspace import samples


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Decided before there were users, then signed by one."""
    cheap_passwords(monkeypatch)
    made = House(tmp_path)
    made.source(1)
    text = "องค์การบริหารส่วนจังหวัดเชียงไหม่"
    made.read(1, text, samples.findings(text, CHIANG_MAI))
    accept_remaining(made.ws, made.document, SOMCHAI)
    add(made.ws, "malee", "มาลี", {Role.REVIEWER}, PASSWORD, ROOT)
    sign(made.ws, made.document, logged_in(users_at(made.ws.ledger)["malee"], Known.LOGIN))
    set_roles(made.ws, "malee", {Role.AUDITOR}, ROOT)
    set_enabled(made.ws, "malee", False, ROOT)
    yield made
    made.ws.close()


def changed(house, change):
    """The errors of an audit after every record's payload was changed so, the chain hashed anew."""

    def rows(found):
        for row in found:
            change(row["kind"], row["payload"])
        return found

    rewrite(house.ws, rows, rehash=True)
    return [
        one.message
        for one in audit(house.ws).findings
        if one.severity == "error" and "anchor" not in one.about
    ]


def test_what_was_right_when_it_was_made_stays_right(house):
    assert audit(house.ws).holds


def test_what_the_program_carries_over_is_not_a_new_act(house):
    """A decision from before there were users, repeated for the same ink after a new reading."""
    (old,) = (one for one in house.ws.ledger.records(kind="decision"))
    repeated = dict(old.payload) | {"how": f"carried:{old.seq}"}
    raw.append(house.ws.ledger, "decision", repeated)
    assert not [one for one in audit(house.ws).findings if "no user then" in one.message]
    raw.append(house.ws.ledger, "decision", dict(old.payload))
    assert [one.record for one in audit(house.ws).findings if "no user then" in one.message] == [
        house.ws.ledger.head().seq
    ]


def test_a_record_whose_payload_cannot_be_read_stops_nothing(house):
    signed = next(house.ws.ledger.records(kind="signoff")).seq

    def rows(found):
        found[signed - 1]["payload"] = []
        return found

    rewrite(house.ws, rows, rehash=False)
    assert not audit(house.ws).holds


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("signoff", "account", "nobody", "no user then"),
        ("signoff", "known", None, "merely claimed"),
        ("user", "roles", ["auditor"], "did not hold the role reviewer"),
        ("user", "roles", ["emperor"], "no sound user"),
        ("user", "enabled", False, "kept out"),
    ],
)
def test_who_acted_without_being_allowed_to_is_found(house, kind, field, value, words):
    def change(found, payload):
        if found != kind:
            return
        where = payload["who"] if kind == "signoff" else payload
        if value is None:
            del where[field]
        else:
            where[field] = value

    assert any(words in message for message in changed(house, change))


NAMES = {
    "login": "kanya",
    "name": "กัญญา",
    "roles": ["reviewer"],
    "account": "",
    "enabled": True,
    "credential": "",
}


def appended(house, who, **more):
    """What an audit says of a user that somebody appended: its weight and its words."""
    raw.append(house.ws.ledger, "user", NAMES | {"change": "added", "who": who} | more)
    seq = house.ws.ledger.head().seq
    return [(one.severity.value, one.message) for one in audit(house.ws).findings if one.record == seq]


def person(account, known):
    return {"name": account, "account": account, "claimed": known is None} | (
        {"known": known} if known else {}
    )


@pytest.mark.parametrize(
    ("who", "severity", "words"),
    [
        (person("nobody", None), "error", "who was no administrator then"),
        (person("malee", "login"), "error", "who was no administrator then"),
        (person("somebody", "account"), "warning", "which is no user's account"),
        (person("root", "account"), None, ""),
    ],
)
def test_a_user_whom_somebody_made_who_might_not_is_found(house, who, severity, words):
    found = appended(house, who)
    assert [weight for weight, _ in found] == ([severity] if severity else [])
    assert all(words in message and "kanya" in message for _, message in found)


def test_once_an_administrator_has_an_account_only_such_accounts_manage_users(house):
    add(house.ws, "anong", "อนงค์", {Role.ADMINISTRATOR}, PASSWORD, ROOT, account="an")
    assert appended(house, person("an", "account")) == []
    ((severity, words),) = appended(house, person("somebody", "account"), login="two", name="อีกคนหนึ่ง")
    assert (severity, "no administrator's account then" in words) == ("error", True)


def test_everybody_may_change_their_own_password_and_nothing_else(house):
    set_enabled(house.ws, "malee", True, ROOT)
    own = {"login": "malee", "name": "มาลี", "roles": ["auditor"], "change": "password"}
    assert appended(house, person("malee", "login"), credential="a" * 64, **own) == []
    found = appended(
        house, person("malee", "login"), credential="a" * 64, **own | {"roles": ["administrator"]}
    )
    assert [severity for severity, _ in found] == ["error"]


@pytest.mark.parametrize("name", ["M\u0430lee", "มาลี"])
def test_a_name_that_looks_like_anothers_is_a_warning(house, name):
    set_enabled(house.ws, "malee", True, ROOT)
    found = appended(house, person("root", "account"), name=name)
    assert any(severity == "warning" and "looks like" in words for severity, words in found)


def said(house, about):
    """What the audit calls an error about the newest record."""
    head = house.ws.ledger.head().seq
    return [
        one.message
        for one in audit(house.ws).findings
        if one.record == head and one.severity == "error" and one.about == about
    ]


@pytest.mark.parametrize(("field", "value"), [("name", "มาณี"), ("account", "boon")])
def test_what_a_login_is_called_and_its_account_never_change(house, field, value):
    (*_, newest) = house.ws.ledger.records(kind="user")
    set_roles(house.ws, "malee", {Role.REVIEWER}, ROOT)
    assert said(house, "user") == []
    raw.append(house.ws.ledger, "user", dict(newest.payload) | {field: value})
    assert [words for words in said(house, "user") if f"the {field} of malee was" in words]


def test_a_decision_in_another_name_than_the_users_is_found(house):
    set_enabled(house.ws, "malee", True, ROOT)
    set_roles(house.ws, "malee", {Role.REVIEWER}, ROOT)
    (signed,) = house.ws.ledger.records(kind="signoff")
    for name in ("สมชาย", "มาลึ"):
        who = dict(signed.payload["who"]) | {"name": name}
        raw.append(house.ws.ledger, "signoff", dict(signed.payload) | {"who": who})
        assert f"was made in the name of {name} by the user มาลี (malee)" in said(house, "signoff")


def test_a_revocation_is_an_administrators_or_of_ones_own_signature(house):
    set_enabled(house.ws, "malee", True, ROOT)
    set_roles(house.ws, "malee", {Role.REVIEWER}, ROOT)
    add(house.ws, "prani", "ปราณี", {Role.REVIEWER}, PASSWORD, ROOT)
    add(house.ws, "anong", "อนงค์", {Role.ADMINISTRATOR}, PASSWORD, ROOT)
    users = users_at(house.ws.ledger)
    (signed,) = house.ws.ledger.records(kind="signoff")

    def revoked_by(login):
        who = logged_in(users[login], Known.LOGIN)
        one = Revocation(house.document, 1, signed.sha256, "a line is missing", who, "browser", "")
        house.ws.ledger.append(Revoked.of(one))
        return [words for words in said(house, "signoff") if "had not signed the page" in words]

    assert revoked_by("malee") == []
    assert revoked_by("anong") == []
    assert len(revoked_by("prani")) == 1


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("letters-seen", {"reading_sha256": "0" * 64, "spans": [[0, 1]]}),
        ("looked", {"text_sha256": "0" * 64, "lines": [0]}),
        ("seed", {"reading_sha256": "0" * 64, "start": 0, "before": "อ", "shown": "ฮ", "outcome": "caught"}),
    ],
)
def test_only_reviewers_pass_letters_look_at_lines_and_put_letters_back(house, kind, more):
    set_enabled(house.ws, "malee", True, ROOT)
    who = {"name": "มาลี", "account": "malee", "claimed": False, "known": "login"}
    record = raw.append(
        house.ws.ledger, kind, {"document": house.document, "page": 1, "who": who, "how": "browser", **more}
    )
    (message,) = [one.message for one in audit(house.ws).findings if one.record == record.seq]
    assert "did not hold the role reviewer or second-reviewer" in message
    set_roles(house.ws, "malee", {Role.SECOND_REVIEWER}, ROOT)
    record = raw.append(house.ws.ledger, kind, dict(record.payload))
    assert not [one for one in audit(house.ws).findings if one.record == record.seq]


@pytest.mark.parametrize("how", ["carried:", "carried:before", "carried:-1", "carried:๑"])
def test_a_decision_that_says_it_was_carried_and_names_no_record_is_somebodys_act(house, how):
    (old,) = (one for one in house.ws.ledger.records(kind="decision"))
    record = raw.append(house.ws.ledger, "decision", dict(old.payload) | {"how": how})
    assert [one.message for one in audit(house.ws).findings if one.record == record.seq] == [
        "was made by สมชาย (account somchai), who was no user then, or was kept out"
    ]


def token(login, who):
    return {
        "token": "a" * 64, "login": login, "scopes": ["read"], "until": "2099-01-01T00:00:00.000000Z",
        "note": "archive", "who": who,
    }  # fmt: skip


def test_a_token_is_given_and_taken_back_by_its_user_or_an_administrator(house):
    add(house.ws, "anong", "อนงค์", {Role.ADMINISTRATOR}, PASSWORD, ROOT)
    set_enabled(house.ws, "malee", True, ROOT)
    malee = {"name": "มาลี", "account": "malee", "claimed": False, "known": "login"}
    anong = {"name": "อนงค์", "account": "anong", "claimed": False, "known": "login"}
    ledger = house.ws.ledger
    sound = [
        raw.append(ledger, "token", token("malee", malee)),
        raw.append(ledger, "token-end", {"token": "a" * 64, "who": malee}),
        raw.append(ledger, "token", token("malee", anong)),
        raw.append(ledger, "token", token("anong", anong)),
    ]
    wrong = [
        raw.append(ledger, "token-end", {"token": "a" * 64, "who": malee}),
        raw.append(ledger, "token", token("anong", malee)),
        raw.append(ledger, "token-end", {"token": "b" * 64, "who": malee}),
    ]
    found = {one.record: one.message for one in audit(house.ws).findings if one.record >= sound[0].seq}
    said = "was made by มาลี, who was no administrator then, and is about a token of"
    assert found == {
        wrong[0].seq: f"{said} anong", wrong[1].seq: f"{said} anong", wrong[2].seq: f"{said} nobody",
    }  # fmt: skip
