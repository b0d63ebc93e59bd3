"""Signing with a key of one's own, and that nothing else passes for it."""

import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger.catalogue import entry_as
from ledger.events.signed_off import SignedOff, signoff_of
from ledger.signing.allowed_signers import end_signer, read_signers
from ledger.signing.attestation import Attested, PageFacts, disagreements, verify_statement
from ledger.signing.statement import signed_message
from model.errors import Outdated, UsageError
from review.decide import accept_remaining
from review.rework import revoke
from review.sign import message_to_sign, sign
from review.ssh_keygen import AgentPen, SshPen
from tests.ledger import raw
from tests.review.house import MALEE, SOMCHAI
from tests.review.pens import FilePen, KeyPen, PasskeyPen, register

LATER = datetime(2026, 2, 1, tzinfo=UTC)
BEFORE = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def ready(house):
    """A document of two pages on which everything is decided."""
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    return house


def entries(house):
    return list(house.ws.ledger.events(SignedOff))


def attestation(house, entry, signers=True):
    return verify_statement(entry, house.ws.id, read_signers(house.ws.signers) if signers else None)


def signed_by(house, pen, **more):
    """Both pages, signed by Malee with this pen."""
    register(house.ws, "malee", pen)
    sign(house.ws, house.document, MALEE, pen=pen, **more)
    return entries(house)


@pytest.mark.parametrize("pen", [KeyPen(), PasskeyPen()], ids=["key", "passkey"])
def test_a_signature_by_a_key_of_the_list_holds_for_every_page(ready, pen):
    found = signed_by(ready, pen)
    assert [attestation(ready, one).how for one in found] == [Attested.SIGNED] * 2
    assert {attestation(ready, one).fingerprint for one in found} == {pen.key.fingerprint}
    assert {signoff_of(one).key for one in found} == {pen.key.fingerprint}
    assert attestation(ready, found[0], signers=False).how is Attested.UNLISTED


def test_what_is_stated_is_the_page_the_image_the_reading_the_ink_and_the_policy(ready):
    first, second = signed_by(ready, KeyPen())
    statement = first.event.statement
    assert (statement.document, statement.page) == (ready.document, 1)
    assert statement.text_sha256 == statement.shown_sha256 == first.event.text_sha256
    assert statement.image == ready.ws.store.put(ready.image(1))
    assert statement.page_blob != second.event.statement.page_blob


def test_without_keys_a_name_is_claimed_and_not_signed(ready):
    sign(ready.ws, ready.document, MALEE)
    assert attestation(ready, entries(ready)[0]).how is Attested.CLAIMED
    assert signoff_of(entries(ready)[0]).key == ""


def test_who_has_a_key_signs_with_it(ready):
    register(ready.ws, "malee", KeyPen())
    with pytest.raises(UsageError, match="signs with a key"):
        sign(ready.ws, ready.document, MALEE)
    sign(ready.ws, ready.document, SOMCHAI)  # who has none


@pytest.mark.parametrize("pen", [KeyPen(), PasskeyPen(), KeyPen("file"), PasskeyPen(flags=1)])
def test_nothing_is_recorded_with_a_key_that_is_not_the_persons_or_does_not_sign_pages(ready, pen):
    if getattr(pen, "namespace", "") == "file" or getattr(pen, "flags", 5) == 1:
        register(ready.ws, "malee", pen)
    else:
        register(ready.ws, "somchai", pen)
    before = ready.ws.ledger.head()
    with pytest.raises(UsageError):
        sign(ready.ws, ready.document, MALEE, pen=pen)
    assert ready.ws.ledger.head() == before


def forged(house, entry, **changed):
    """The sign-off appended once more with something else in it, at the time of the next record."""
    event = replace(entry.event, **changed)
    return entry_as(raw.append(house.ws.ledger, SignedOff.KIND, event.encode()), SignedOff)


def fault(house, entry):
    found = attestation(house, entry)
    assert found.how is Attested.FAULTY
    return found.fault


def test_a_sign_off_in_somebodys_name_without_their_key_is_found(ready):
    first, _ = signed_by(ready, KeyPen())
    assert "is not signed, though malee had the key" in fault(
        ready, forged(ready, first, statement=None, signature=None)
    )


def test_a_signature_is_of_one_page_one_text_one_person_one_workspace(ready):
    first, second = signed_by(ready, KeyPen())
    other = second.event
    assert "another page" in fault(
        ready, forged(ready, first, statement=other.statement, signature=other.signature)
    )
    assert "another text" in fault(ready, forged(ready, first, text_sha256="0" * 64))
    assert "another person" in fault(ready, forged(ready, first, who=SOMCHAI))
    assert "another policy" in fault(ready, forged(ready, first, policy="mine-1"))
    found = verify_statement(first, "another", read_signers(ready.ws.signers))
    assert "another workspace" in found.fault


@pytest.mark.parametrize("pen", [KeyPen(), PasskeyPen()], ids=["key", "passkey"])
def test_a_changed_statement_is_not_what_was_signed(ready, pen):
    first, second = signed_by(ready, pen)
    changed = replace(first.event.statement, image="0" * 64)
    assert "not of what it says" in fault(ready, forged(ready, first, statement=changed))
    swapped = replace(first.event.signature, place=second.event.signature.place)
    assert "not of what it says" in fault(ready, forged(ready, first, signature=swapped))
    named = replace(first.event.signature, key=KeyPen().key.fingerprint)
    assert "not of what it says" in fault(ready, forged(ready, first, signature=named))
    garbled = replace(first.event.signature, value="-----BEGIN")
    assert "cannot be understood" in fault(ready, forged(ready, first, signature=garbled))


def test_a_statement_is_recorded_when_it_is_made(ready):
    first, _ = signed_by(ready, KeyPen())
    ready.clock.now = datetime(2026, 1, 5, 12, tzinfo=UTC)
    again = forged(ready, first)  # the same signature once more, hours later
    assert "made at" in fault(ready, again)


def test_a_key_counts_from_to(ready):
    pen = KeyPen()
    first, _ = signed_by(ready, pen)
    end_signer(ready.ws.signers, pen.key.fingerprint, LATER)
    assert attestation(ready, first).how is Attested.SIGNED
    ready.clock.now = LATER
    with pytest.raises(UsageError, match="did not count at that time"):
        sign(ready.ws, *revoked(ready), pen=pen)
    end_signer(ready.ws.signers, pen.key.fingerprint, BEFORE)  # lost before it signed
    assert "did not count at that time" in fault(ready, first)


def revoked(house):
    revoke(house.ws, house.document, [1], "ผิด", MALEE, how="terminal")
    return house.document, MALEE


def test_a_key_that_is_not_on_the_list_is_nobodys(ready):
    first, _ = signed_by(ready, KeyPen())
    ready.ws.signers.write_text("# nobody\n")
    assert "none of malee's" in fault(ready, first)


def test_another_image_or_reading_than_the_ledger_has_is_named(ready):
    first, _ = signed_by(ready, KeyPen())
    said = first.event.statement
    facts = PageFacts(said.image, said.page_blob, said.account, said.policy_sha256)
    assert disagreements(said, facts) == ()
    assert disagreements(said, replace(facts, image="0" * 64, account="1" * 64)) == (
        "its statement is about another page image",
        "its statement is about another account of ink",
    )


def test_a_passkey_signs_what_was_stated_before_and_not_what_has_changed_since(ready):
    pen, version = PasskeyPen(), ready.ws.ledger.head().seq
    register(ready.ws, "malee", pen)
    moment, message = message_to_sign(ready.ws, ready.document, MALEE, expected_version=version, pages=[1])
    value = pen.sign(message)

    class Answered:
        def sign(self, _):
            return value

    accept_remaining(ready.ws, ready.document, MALEE)
    sign(ready.ws, ready.document, MALEE, pages=[1], expected_version=version, pen=Answered(), moment=moment)
    assert attestation(ready, entries(ready)[0]).how is Attested.SIGNED
    revoke(ready.ws, ready.document, [1], "ผิด", MALEE, how="terminal")
    with pytest.raises(Outdated):  # the same answer once more
        sign(ready.ws, ready.document, MALEE, pages=[1], pen=Answered(), moment=moment)


def verified(folder, house, entry):
    """What `ssh-keygen -Y verify` says, which knows nothing of this program."""
    signature, statement = entry.event.signature, entry.event.statement
    (folder / "signature").write_text(signature.value)
    command = ["ssh-keygen", "-Y", "verify", "-f", str(house.ws.signers), "-I", "malee", "-n", "page@chamra",
               "-s", str(folder / "signature"), "-Overify-time=20260105120000Z"]  # fmt: skip
    message = signed_message(statement, signature.place)
    return subprocess.run(command, input=message, capture_output=True, check=False).returncode


@pytest.mark.parametrize("pen", [KeyPen(), PasskeyPen()], ids=["key", "passkey"])
def test_openssh_verifies_the_same_signatures(ready, tmp_path, pen):
    first, second = signed_by(ready, pen)
    assert verified(tmp_path, ready, first) == verified(tmp_path, ready, second) == 0
    changed = replace(first, event=replace(first.event, statement=second.event.statement))
    assert verified(tmp_path, ready, changed) != 0


def test_openssh_signs_with_a_key_in_a_file(ready, tmp_path):
    pen = FilePen(tmp_path / "key")
    assert [attestation(ready, one).how for one in signed_by(ready, pen)] == [Attested.SIGNED] * 2
    with pytest.raises(UsageError, match="ssh-keygen"):
        SshPen(tmp_path / "none").sign(b"message")


def test_the_agent_signs_with_the_key_that_the_list_has_for_the_account(ready, tmp_path, monkeypatch):
    register(ready.ws, "malee", FilePen(tmp_path / "key"))
    pen = AgentPen("malee", read_signers(ready.ws.signers))
    socket = tmp_path / "agent"
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL)
    try:
        while not socket.exists():
            time.sleep(0.05)
        with pytest.raises(UsageError):
            sign(ready.ws, ready.document, MALEE, pen=pen)
        subprocess.run(["ssh-add", "-q", str(tmp_path / "key")], check=True, capture_output=True)
        sign(ready.ws, ready.document, MALEE, pen=pen)
    finally:
        agent.kill()
        agent.wait()
    assert attestation(ready, entries(ready)[0]).how is Attested.SIGNED
