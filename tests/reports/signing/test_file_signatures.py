"""Signatures of files: what was signed holds, whatever is changed does not, and other programs say the same."""

import io
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ledger.signing.allowed_signers import signers_from
from ledger.signing.authorities import Authorities, authorities_from
from ledger.signing.certified_key import CertifiedKey, certified_key, is_certified
from ledger.signing.ssh_signature import NAMESPACE, OF_FILES
from model.errors import BadInput, UsageError
from ocr.sandbox.limits import Limits
from reports.signing import worker
from reports.signing.certificate_key import CertificateKey
from reports.signing.certificate_key import pen_of as pen_of_files
from reports.signing.checked import check_beside, check_pdf
from reports.signing.file_signature import FileSignature
from reports.signing.ssh import check_ssh
from tests.certificates import PASSWORD, certificates
from tests.review.certificates import Office, issue
from tests.review.pens import KeyPen

NOW = datetime.now(UTC) + timedelta(hours=1)  # after the certificates are made
JANUARY = datetime(2026, 1, 5, 12, tzinfo=UTC)
TEXT = "เทศบาลตำบลกะทู้\r\n\f๒๕๕๕".encode()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("certificates"))


def key_in(path, password: str = PASSWORD, now: datetime = NOW) -> CertificateKey:
    return pen_of_files(certified_key(path, None, lambda: password), now)


@pytest.fixture(scope="module")
def key(made):
    return key_in(made.p12)


@pytest.fixture(scope="module")
def trusted(made):
    return authorities_from(made.ca.read_bytes(), "ca.pem")


def pdf(text: bytes = b"BT ET") -> bytes:
    with pikepdf.new() as opened:
        opened.add_blank_page()
        opened.pages[0].contents_add(text)
        file = io.BytesIO()
        opened.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def test_a_signed_pdf_begins_with_the_bytes_that_it_had_and_its_signature_holds(key, trusted):
    before = pdf()
    signed = key.sign_pdf(before)
    (found,) = check_pdf(signed, trusted, NOW)
    assert signed.startswith(before)
    assert (found.fault, found.vouched) == ("", True)
    assert "หอจดหมายเหตุ" in found.by
    assert found.when is not None
    assert abs(found.when - datetime.now(UTC)) < timedelta(minutes=5)


def test_it_is_a_pades_signature_of_all_bytes_but_its_own(key):
    signed = key.sign_pdf(pdf())
    with pikepdf.open(io.BytesIO(signed)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert list(field.Rect) == [0, 0, 0, 0]  # nothing is drawn on the page
        first, length, second, rest = map(int, field.V.ByteRange)
    assert (first, second + rest) == (0, len(signed))
    assert re.fullmatch(rb"<[0-9a-fA-F]+>", signed[length:second])


def test_openssl_verifies_what_was_cut_out_of_the_pdf(key, made, tmp_path):
    signed = key.sign_pdf(pdf())
    first, length, second, rest = map(int, re.findall(rb"/ByteRange ?\[(.*?)\]", signed)[0].split())
    (tmp_path / "cms").write_bytes(bytes.fromhex(signed[length + 1 : second - 1].decode()))
    (tmp_path / "content").write_bytes(signed[first:length] + signed[second : second + rest])
    assert openssl(made.ca, tmp_path / "cms", tmp_path / "content") == 0


def openssl(ca, proof, content) -> int:
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", proof, "-content", content,
               "-CAfile", ca, "-purpose", "any", "-out", "/dev/null"]  # fmt: skip
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_a_pdf_that_was_changed_after_it_was_signed_is_found(key, trusted):
    signed = key.sign_pdf(pdf(b"BT (one) Tj ET"))
    at = signed.index(b"/MediaBox") + len(b"/MediaBox [ 0 0 6")
    with pikepdf.open(io.BytesIO(signed)) as opened:
        opened.pages[0].contents_add(b"BT (two) Tj ET")
        file = io.BytesIO()
        opened.save(file)
    for other in (signed[:at] + b"9" + signed[at + 1 :], file.getvalue()):
        assert check_pdf(other, trusted, NOW)[0].fault


def test_a_page_that_is_added_behind_a_signature_is_found(key, trusted):
    writer = IncrementalPdfFileWriter(io.BytesIO(key.sign_pdf(pdf())))
    writer.root["/Lang"] = writer.root["/Type"]
    writer.update_root()
    later = io.BytesIO()
    writer.write(later)
    (found,) = check_pdf(later.getvalue(), trusted, NOW)
    assert found.fault == "covers less than the file: something was written to it since"


def test_a_pdf_may_be_signed_by_several(key, trusted):
    twice = key.sign_pdf(key.sign_pdf(pdf()))
    assert [one.fault for one in check_pdf(twice, trusted, NOW)] == ["", ""]


def test_without_an_authority_it_holds_and_nobody_vouches(key):
    (found,) = check_pdf(key.sign_pdf(pdf()), None, NOW)
    assert (found.fault, found.vouched) == ("", None)


def test_another_authority_does_not_vouch(key, made):
    other = authorities_from(made.other_ca.read_bytes(), "other.pem")
    assert "none of these authorities" in check_pdf(key.sign_pdf(pdf()), other, NOW)[0].fault
    assert "none of these authorities" in check_beside(TEXT, key.sign_beside(TEXT, NOW), other, NOW).fault


def test_a_text_has_its_signature_beside_it_and_openssl_says_the_same(key, trusted, made, tmp_path):
    (tmp_path / "text.p7s").write_bytes(key.sign_beside(TEXT, NOW))
    for given, holds in ((TEXT, True), (TEXT.replace(b"\r", b""), False), (b"", False)):
        (tmp_path / "text").write_bytes(given)
        found = check_beside(given, (tmp_path / "text.p7s").read_bytes(), trusted, NOW)
        assert (found.fault == "", found.when) == (holds, NOW.replace(microsecond=0))
        assert (openssl(made.ca, tmp_path / "text.p7s", tmp_path / "text") == 0) is holds


def test_a_key_may_be_pem_as_well(made, trusted):
    other = key_in(made.pem)
    assert check_beside(TEXT, other.sign_beside(TEXT, NOW), trusted, NOW).fault == ""
    assert is_certified(made.pem)
    assert is_certified(made.p12)


def test_a_wrong_password_and_an_expired_certificate_are_refused(made):
    with pytest.raises(UsageError, match="password") as refused:
        key_in(made.p12, "wrong")
    assert "CHAMRA_KEY_PASSWORD" in (refused.value.remedy or "")
    with pytest.raises(UsageError, match="was valid from"):
        key_in(made.p12, now=NOW + timedelta(days=30))


@pytest.mark.parametrize("proof", [b"", b"no signature", b"\x30\x03\x02\x01\x05", b"-----BEGIN CMS-----\n"])
def test_what_is_no_proof_is_refused(proof, trusted):
    with pytest.raises(BadInput, match="no signature that can be checked"):
        check_beside(TEXT, proof, trusted, NOW)


OIDS = {
    "of a key": "06092a864886f70d010101",
    "of the hash": "0609608648016503040201",
    "of the signature": "06092a864886f70d01010b",
    "of what is signed": "06092a864886f70d010702",
    "of the hash that is stated": "06092a864886f70d010904",
}


@pytest.mark.parametrize("name", OIDS)
def test_a_proof_that_names_what_nobody_knows_is_refused_in_words_or_proves_nothing(key, trusted, name):
    """An algorithm, a kind of key, a form that is not there."""
    known = bytes.fromhex(OIDS[name])
    unknown = known[:-1] + b"\x7d"
    proof = key.sign_beside(TEXT, NOW)
    assert proof.count(known)
    assert said(lambda: (check_beside(TEXT, proof.replace(known, unknown), trusted, NOW),))
    signed = key.sign_pdf(pdf())
    _, length, second, _ = map(int, re.findall(rb"/ByteRange ?\[(.*?)\]", signed)[0].split())
    spoilt = signed[length:second].lower().replace(known.hex().encode(), unknown.hex().encode())
    assert spoilt != signed[length:second].lower()
    assert said(lambda: check_pdf(signed[:length] + spoilt + signed[second:], trusted, NOW))


def said(check: Callable[[], tuple[FileSignature, ...]]) -> str:
    """What is wrong with the one signature, or why nobody can tell."""
    try:
        (found,) = check()
    except BadInput as refused:
        return refused.message
    return found.fault


def test_no_file_is_taken_apart_in_this_process(key, monkeypatch):
    signed, beside = key.sign_pdf(pdf()), key.sign_beside(TEXT, NOW)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a signature was taken apart outside of the confined process")

    for name in ("PdfFileReader", "signature_from", "async_validate_pdf_signature"):
        monkeypatch.setattr(worker, name, refuse)
    assert check_pdf(signed, None, NOW)[0].fault == ""
    assert check_beside(TEXT, beside, None, NOW).fault == ""


def test_what_takes_too_long_to_look_at_is_refused(key, monkeypatch):
    monkeypatch.setattr("ocr.sandbox.process._START", "import time; time.sleep(60)")
    monkeypatch.setattr("reports.signing.checked.DEFAULT_LIMITS", Limits(seconds=0.2))
    with pytest.raises(BadInput, match=r"took longer than 0\.2 s"):
        check_pdf(key.sign_pdf(pdf()), None, NOW)


def test_a_signature_whose_certificate_was_taken_back_proves_nothing_whenever_it_says_it_was_made(made):
    """The time that stands in a signature is its signer's own word."""
    office = Office()
    one = issue("มาลี", office.between)
    pen = pen_of_files(CertifiedKey(one.secret, one.certificate, (office.between.certificate,)), JANUARY)
    proof = pen.sign_beside(TEXT, JANUARY)
    sound = (office.root.taken_back(), office.between.taken_back())
    gone = (office.root.taken_back(), office.between.taken_back(one, when=JANUARY + timedelta(days=60)))
    for lists, fault in (
        ((), ""), (sound, ""), (gone, "was taken back on"), (sound[:1], "no list that was given says"),
    ):  # fmt: skip
        found = check_beside(TEXT, proof, Authorities(office.pem, lists), JANUARY)
        assert (fault in found.fault, found.vouched) == (True, not fault)
        assert bool(found.fault) is bool(fault)


def test_what_is_no_pdf_and_no_certificate_is_refused():
    with pytest.raises(BadInput):
        check_pdf(b"%PDF-1.7 and nothing", None, NOW)
    with pytest.raises(BadInput):
        authorities_from(b"nothing", "ca.pem")


def test_an_openssh_key_signs_beside_a_file_and_counts_for_files_alone():
    pen, page_pen = KeyPen(OF_FILES), KeyPen(NAMESPACE)
    lines = (
        f'archive namespaces="{OF_FILES}" {pen.key.line}\nold valid-before="20200101" {page_pen.key.line}\n'
    )
    signers = signers_from(lines.encode(), "signers", OF_FILES)
    found = check_ssh(TEXT, pen.sign(TEXT), signers, NOW)
    assert (found.fault, found.by, found.vouched) == ("", "archive", True)
    assert check_ssh(TEXT + b"!", pen.sign(TEXT), signers, NOW).fault
    assert check_ssh(TEXT, page_pen.sign(TEXT), signers, NOW).fault  # what signs pages signs no file
    page_pen.namespace = OF_FILES
    assert "does not list" in check_ssh(TEXT, page_pen.sign(TEXT), signers, NOW).fault
    assert check_ssh(TEXT, page_pen.sign(TEXT), None, NOW).fault == ""
