"""Signing with an office's certificate: what is verified of it, by whom, and that nothing else passes for it."""

import base64
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from typer.testing import CliRunner

from audit.audit import audit
from audit.report import Severity
from audit.trust import Trust
from audit.verdict import verdict
from cli.app import app
from ledger.events.signed_off import SignedOff
from ledger.signing.allowed_signers import AllowedSigners, end_signer, read_signers
from ledger.signing.attestation import Attested, verify_signature, verify_statement
from ledger.signing.authorities import Authorities, authorities_from
from ledger.signing.certificate import certificate_signature
from ledger.signing.certified_key import certified_key, is_certified
from ledger.signing.statement import PageSignature, signed_message
from model.errors import BadInput, UsageError
from review.certificate_pen import CertificatePen
from review.decide import accept_remaining
from review.keys import add_key, public_key_in
from review.publish import publish
from review.sign import sign
from tests.ledger import raw
from tests.review.certificates import FROM, UNTIL, Office, issue, pen_of
from tests.review.house import MALEE, SOMCHAI
from tests.review.pens import KeyPen, register
from tests.review.web_house import WebHouse

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def office():
    return Office()


@pytest.fixture
def ready(house):
    house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    return house


def signed_with(house, pen):
    register(house.ws, "malee", pen)
    sign(house.ws, house.document, MALEE, pen=pen)
    publish(house.ws)
    return list(house.ws.ledger.events(SignedOff))


def known(house, entry, pem=b"", signers=True):
    trusted = read_signers(house.ws.signers) if signers is True else signers
    return verify_statement(entry, house.ws.id, trusted, Authorities(pem))


@pytest.mark.parametrize("secret", [None, rsa.generate_private_key(65537, 2048)], ids=["p-256", "rsa"])
def test_a_certificate_whose_key_the_list_has_signs_and_openssl_verifies_the_same(
    ready, office, tmp_path, secret
):
    first, second = signed_with(ready, office.pen("มาลี", secret))
    for entry in (first, second):
        found = known(ready, entry, office.pem)
        assert (found.how, found.fault, found.doubt) == (Attested.SIGNED, "", "")
        assert found.certificate.startswith("O=สำนักงานตัวอย่าง, CN=มาลี, issued by ")
        assert found.certificate.endswith("which the given authorities vouch for")
        assert openssl(tmp_path, entry, office.pem) == 0
    assert openssl(tmp_path, first, Office().pem) != 0
    changed = replace(first, event=replace(first.event, statement=second.event.statement))
    assert openssl(tmp_path, changed, office.pem) != 0
    assert (
        known(ready, replace(first, event=replace(first.event, text_sha256="0" * 64))).how is Attested.FAULTY
    )


def openssl(folder, entry, authorities):
    """What openssl says of a signature, as docs/ledger.md has it."""
    statement, signature = entry.event.statement, entry.event.signature
    (folder / "signature").write_text(signature.value)
    (folder / "statement").write_bytes(signed_message(statement, signature.place))
    (folder / "ca").write_bytes(authorities)
    at = str(int(datetime.fromisoformat(entry.when).timestamp()))
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "PEM", "-in", "signature", "-content", "statement",
               "-CAfile", "ca", "-purpose", "any", "-attime", at, "-out", "/dev/null"]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


def test_whose_the_key_is_the_list_says_from_when_to_when(ready, office):
    pen = office.pen("มาลี")
    first, _ = signed_with(ready, pen)
    assert known(ready, first, signers=None).how is Attested.UNLISTED
    assert "none of malee's in empty" in known(ready, first, signers=AllowedSigners("empty")).fault
    end_signer(ready.ws.signers, pen.key.fingerprint, FROM + timedelta(days=1))
    assert "did not count at that time" in known(ready, first, office.pem).fault


def test_nobody_signs_with_a_certificate_that_is_on_no_list(ready, office):
    before = ready.ws.ledger.head()
    with pytest.raises(UsageError, match="none of malee's"):
        sign(ready.ws, ready.document, MALEE, pen=office.pen("มาลี"))
    assert ready.ws.ledger.head() == before


def test_who_vouches_is_looked_at_for_the_time_of_the_signature(ready, office):
    """What is valid no longer today was valid then."""
    first, _ = signed_with(ready, office.pen("มาลี"))
    assert "no given authority vouches" in known(ready, first, Office().pem).doubt
    assert known(ready, first, Office().pem).how is Attested.SIGNED
    statement, signature = first.event.statement, first.event.signature
    signers = read_signers(ready.ws.signers)
    for when in (FROM - timedelta(days=1), UNTIL + timedelta(days=1)):
        late = verify_signature(statement, signature, signers, when, Authorities(office.pem))
        assert "its certificate was valid from 2026-01-01 to 2027-01-01 only" in late.fault
    short = issue("สั้น", office.between, until=NOW + timedelta(days=1))
    value = pen_of(short, office.between).sign(signed_message(statement, None))
    made = PageSignature(pen_of(short).key.fingerprint, value)
    assert verify_signature(statement, made, None, NOW, Authorities(office.pem)).how is Attested.CERTIFIED
    assert verify_signature(statement, made, None, NOW + timedelta(days=2)).how is Attested.FAULTY


def test_somebody_whom_an_authority_has_certified_vouches_for_nobody(ready, office):
    somchai = issue("สมชาย", office.between)
    forged = pen_of(issue("มาลี", somchai), somchai, office.between)
    first, _ = signed_with(ready, forged)
    assert "no given authority vouches" in known(ready, first, office.pem, signers=None).doubt
    assert known(ready, first, office.pem, signers=None).how is Attested.UNLISTED


def test_without_a_list_the_name_in_the_certificate_is_held_against_the_name_on_record(ready, office):
    first, _ = signed_with(ready, office.pen("มาลี"))
    found = known(ready, first, office.pem, signers=None)
    assert (found.how, found.doubt) == (Attested.CERTIFIED, "")
    other = office.pen("สมชาย").sign(signed_message(first.event.statement, first.event.signature.place))
    key = certificate_signature(other).key.fingerprint
    put = replace(first.event.signature, key=key, value=other)
    doubt = known(
        ready, replace(first, event=replace(first.event, signature=put)), office.pem, signers=None
    ).doubt
    assert "is signed as มาลี (malee) with the certificate of O=สำนักงานตัวอย่าง, CN=สมชาย" in doubt
    assert (
        "none of malee's"
        in known(ready, replace(first, event=replace(first.event, signature=put)), office.pem).fault
    )


def test_the_audit_says_how_each_signer_is_known_and_the_verdict_counts_them(ready, office):
    signed_with(ready, office.pen("มาลี"))
    report = audit(
        ready.ws, trust=Trust(signers=read_signers(ready.ws.signers), authorities=Authorities(office.pem))
    )
    assert all(one.known.startswith("key SHA256:") for one in report.pages)
    assert all("CN=มาลี, issued by O=สำนักงานตัวอย่าง, CN=ผู้ออกใบรับรอง" in one.known for one in report.pages)
    assert [one for one in report.findings if one.severity is not Severity.NOTE] == []
    ready.ws.signers.unlink()
    report = audit(ready.ws, trust=Trust(authorities=Authorities(office.pem)))
    assert all(one.known.startswith("certificate of O=สำนักงานตัวอย่าง, CN=มาลี") for one in report.pages)
    assert "2 of 2 are with certificates that your authorities vouch for." in verdict(report)
    assert "names that somebody has written" not in verdict(report)
    assert "ใบรับรอง" in verdict(report, "th")
    report = audit(ready.ws, trust=Trust(authorities=Authorities(Office().pem)))
    assert {one.severity for one in report.findings if "vouches" in one.message} == {Severity.WARNING}


@pytest.mark.parametrize("spoilt", [
    lambda pem: pem.replace("MII", "MIJ", 1),
    lambda pem: pem[: len(pem) // 2] + "\n-----END CMS-----\n",
    lambda pem: "-----BEGIN CMS-----\n!!!!\n-----END CMS-----\n",
    lambda pem: "-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n",
    lambda pem: pem.splitlines()[0],
])  # fmt: skip
def test_what_is_no_such_signature_cannot_be_understood(ready, office, spoilt):
    first, _ = signed_with(ready, office.pen("มาลี"))
    put = replace(first.event.signature, value=spoilt(first.event.signature.value))
    found = known(ready, replace(first, event=replace(first.event, signature=put)))
    assert "cannot be understood" in found.fault


RSA = bytes.fromhex("06092a864886f70d010101")
"""The name of RSA keys in certificates."""


def of_an_unknown_kind(pen):
    """What somebody signs whose certificate is for a key of a kind that nobody knows."""

    def sign(message):
        lines = pen.sign(message).splitlines()
        der = base64.b64decode("".join(lines[1:-1])).replace(RSA, RSA[:-1] + b"\x7f")
        return "\n".join([lines[0], base64.b64encode(der).decode(), lines[-1]]) + "\n"

    return sign


def test_a_certificate_of_an_unknown_kind_is_a_fault_of_its_page_and_the_audit_goes_on(ready, office):
    pen = office.pen("มาลี", rsa.generate_private_key(65537, 2048))
    first, _ = signed_with(ready, pen)
    value = of_an_unknown_kind(pen)(signed_message(first.event.statement, first.event.signature.place))
    bare = replace(first.event, signature=replace(first.event.signature, value=value))
    raw.append(
        ready.ws.ledger, SignedOff.KIND, {**bare.encode(), "ledger_head": ready.ws.ledger.head().sha256}
    )
    report = audit(ready.ws, trust=Trust(authorities=Authorities(office.pem)))
    (fault,) = [one for one in report.findings if "cannot be understood" in one.message]
    assert fault.severity is Severity.ERROR
    assert "of a kind that is not known here" in fault.message
    assert len(report.pages) == 2


def test_a_list_with_a_key_of_an_unknown_kind_is_a_fault_and_the_other_keys_count(ready, office):
    signed_with(ready, office.pen("มาลี"))
    with ready.ws.signers.open("a") as file:
        file.write("somchai ssh-dss AAAAB3NzaC1kc3MAAAAA\n")
    for trust in (Trust(), Trust(signers=read_signers(ready.ws.signers, lenient=True))):
        report = audit(ready.ws, trust=trust)
        assert [one.message for one in report.findings if one.severity is Severity.ERROR] == [
            f"Line 2 of {ready.ws.signers} is no allowed signer: keys of the kind ssh-dss are not used here."
        ]
        assert all(one.known.startswith("key SHA256:") for one in report.pages)


def test_a_certificate_that_was_taken_back_counts_for_what_it_signed_before_that(ready, office):
    one = issue("มาลี", office.between)
    first, _ = signed_with(ready, pen_of(one, office.between))
    none = office.root.taken_back()
    for taken_back, reason, doubt in (
        (NOW + timedelta(days=1), None, ""),
        (
            NOW + timedelta(days=1),
            x509.ReasonFlags.key_compromise,
            "was taken back on 2026-01-06 (keyCompromise)",
        ),
        (NOW - timedelta(days=1), None, "was taken back on 2026-01-04 (unspecified)"),
    ):
        lists = (none, office.between.taken_back(one, when=taken_back, reason=reason))
        found = verify_statement(first, ready.ws.id, None, Authorities(office.pem, lists))
        assert doubt in found.doubt
        assert found.how is (Attested.UNLISTED if doubt else Attested.CERTIFIED)


def test_a_list_that_says_nothing_of_a_certificate_is_named(ready, office):
    one = issue("มาลี", office.between)
    first, _ = signed_with(ready, pen_of(one, office.between))
    early = office.between.taken_back(until=NOW - timedelta(days=1))
    other = Office().between.taken_back(one)
    for lists, doubt in (
        ((office.root.taken_back(),), "no list that was given says whether"),
        ((office.root.taken_back(), early), "the newest list says nothing of"),
        ((office.root.taken_back(), other), "no list that was given says whether"),
    ):
        found = verify_statement(first, ready.ws.id, None, Authorities(office.pem, lists))
        assert doubt in found.doubt


@pytest.mark.parametrize(
    "data", [b"", b"no list", b"\x30\x03\x02\x01\x05", b"-----BEGIN X509 CRL-----\nMIIB\n"]
)
def test_what_is_no_revocation_list_is_refused(office, data):
    with pytest.raises(BadInput, match=r"own\.crl is no revocation list"):
        authorities_from(office.pem, "ca.pem", [("own.crl", data)])


@pytest.mark.parametrize("name", ["key", "both.pem", "certificate"])
def test_a_file_with_a_certificate_that_nobody_understands_signs_nothing(tmp_path, name):
    (tmp_path / name).write_bytes(b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
    assert is_certified(tmp_path / name)
    with pytest.raises(BadInput, match="cannot sign with a certificate"):
        certified_key(tmp_path / name, None, lambda: "")
    with pytest.raises(BadInput, match="is no public key"):
        public_key_in(tmp_path / name)


def test_every_bit_of_a_signature_counts(ready, office):
    """A letter of what is signed changed, or of the proof: never signed."""
    first, _ = signed_with(ready, office.pen("มาลี"))
    value = first.event.signature.value
    lines = value.splitlines()
    for line in range(1, len(lines) - 1, 3):
        letter = "B" if lines[line][5] != "B" else "C"
        changed = [*lines]
        changed[line] = lines[line][:5] + letter + lines[line][6:]
        put = replace(first.event.signature, value="\n".join(changed) + "\n")
        found = known(ready, replace(first, event=replace(first.event, signature=put)), office.pem)
        assert found.how is Attested.FAULTY or (found.how is Attested.SIGNED and found.doubt), line


def test_a_certificate_that_may_not_sign_or_is_of_another_kind_is_refused(office, tmp_path):
    with pytest.raises(ValueError, match="not one to sign with"):
        pen_of(issue("มาลี", office.between, signs=False))
    with pytest.raises(ValueError, match="RSA and elliptic"):
        pen_of(issue("มาลี", office.between, secret=ed25519.Ed25519PrivateKey.generate()))  # type: ignore[arg-type]
    (tmp_path / "short.pem").write_bytes(
        issue("มาลี", office.between, secret=rsa.generate_private_key(65537, 1024)).pem
    )
    with pytest.raises(BadInput):
        public_key_in(tmp_path / "short.pem")


@pytest.fixture
def files(tmp_path, office):
    """A certificate and its key, as offices hand them out."""
    one = issue("มาลี", office.between)
    (tmp_path / "malee.pem").write_bytes(one.pem + office.between.pem)
    plain = one.secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    locked = one.secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))
    (tmp_path / "plain.key").write_bytes(plain)
    (tmp_path / "locked.key").write_bytes(locked)
    (tmp_path / "both.pem").write_bytes(plain + one.pem + office.between.pem)
    for name, lock in (("open.p12", NoEncryption()), ("malee.p12", BestAvailableEncryption(b"secret"))):
        packed = pkcs12.serialize_key_and_certificates(
            b"malee", one.secret, one.certificate, [office.between.certificate], lock
        )
        (tmp_path / name).write_bytes(packed)
    return tmp_path


@pytest.mark.parametrize(("key", "certificate"), [
    ("malee.p12", None), ("open.p12", None), ("plain.key", "malee.pem"), ("locked.key", "malee.pem"),
    ("both.pem", "both.pem"),
])  # fmt: skip
def test_keys_come_in_the_files_that_offices_hand_out(files, office, key, certificate):
    pen = CertificatePen(certified_key(files / key, certificate and files / certificate, lambda: "secret"))
    taken = certificate_signature(pen.sign(b"message"))
    assert taken.holds(b"message")
    assert not taken.holds(b"messages")
    assert [one.subject for one in taken.others] == [office.between.certificate.subject]


@pytest.mark.parametrize(("key", "certificate"), [
    ("plain.key", None), ("malee.pem", "malee.pem"), ("plain.key", "other.pem"),
])  # fmt: skip
def test_a_key_without_its_certificate_signs_nothing(files, office, key, certificate):
    (files / "other.pem").write_bytes(office.between.pem)
    with pytest.raises(BadInput):
        certified_key(files / key, certificate and files / certificate, lambda: "secret")


@pytest.mark.parametrize("key", ["malee.p12", "locked.key"])
def test_a_wrong_password_is_told(files, key):
    with pytest.raises(UsageError, match="not the password"):
        certified_key(files / key, files / "malee.pem", lambda: "wrong")


def test_at_the_terminal_a_certificate_goes_on_the_list_and_signs(ready, files, office, monkeypatch):
    workspace = str(ready.ws.path)
    key, comment, ends = public_key_in(files / "malee.pem")
    assert (comment, ends) == ("O=สำนักงานตัวอย่าง, CN=มาลี", UNTIL)
    add_key(ready.ws, "root", key, comment, since=FROM, until=ends)
    monkeypatch.setattr("review.who.account", lambda: "root", raising=False)
    monkeypatch.setenv("CHAMRA_KEY_PASSWORD", "secret")
    done = CliRunner().invoke(
        app,
        ["sign", ready.document, "-w", workspace, "--who", "มาลี", "--key", str(files / "malee.p12")],
    )
    assert done.exit_code == 0, done.output
    assert f"with the key {key.fingerprint}" in done.output
    (listed,) = read_signers(ready.ws.signers).of("root", NOW)
    assert (listed.key, listed.until) == (key, UNTIL)
    refused = CliRunner().invoke(
        app,
        ["sign", ready.document, "-w", workspace, "--who", "มาลี", "--certificate", str(files / "malee.pem")],
    )
    assert isinstance(refused.exception, UsageError)


@pytest.mark.parametrize("with_key", [False, True])
def test_the_review_page_says_whether_a_key_signed(tmp_path, with_key):
    house = WebHouse(tmp_path)
    house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    pen = KeyPen() if with_key else None
    if pen is not None:
        register(house.ws, "malee", pen)
    sign(house.ws, house.document, MALEE, pen=pen)
    visitor = house.visitor()
    expected = None if pen is None else pen.key.fingerprint
    assert visitor.page()["sign"]["signed"]["key"] == expected
    address = f"/api/documents/{house.document}/pages/1/trace"
    assert visitor.client.get(address, params={"line": 0, "letter": 0}).json()["signed"]["key"] == expected
    house.ws.close()
