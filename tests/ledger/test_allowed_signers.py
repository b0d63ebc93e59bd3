"""The list of allowed signers: read as OpenSSH reads it, and never half understood."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from ledger.signing.allowed_signers import AllowedSigner, add_signer, end_signer, read_signers, signers_from
from model.errors import BadInput, UsageError
from tests.review.pens import SINCE, KeyPen, PasskeyPen


def wire(*parts: bytes) -> bytes:
    """As OpenSSH packs the parts of a key."""
    return b"".join(len(one).to_bytes(4, "big") + one for one in parts)


KEY, PASSKEY = KeyPen().key, PasskeyPen().key
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_a_list_is_written_and_read_back(tmp_path):
    path = tmp_path / "signers"
    first = AllowedSigner(("malee",), KEY, SINCE, comment="malee@office")
    second = AllowedSigner(("มาลี",), PASSKEY, SINCE, datetime(2027, 1, 1, tzinfo=UTC))
    path.write_text("# who signs\n\n", encoding="utf-8")
    add_signer(path, first)
    add_signer(path, second)
    assert read_signers(path).signers == (first, second)
    assert path.read_text(encoding="utf-8").startswith("# who signs\n\nmalee namespaces=")
    with pytest.raises(UsageError, match="already"):
        add_signer(path, AllowedSigner(("somchai",), KEY))


UNKNOWN = (
    "ssh-dss AAAAB3NzaC1kc3MAAAAA",
    "ssh-rsa AAAAB3NzaC1kc3MAAAAA",
    "ecdsa-sha2-nistp256 "
    + base64.b64encode(wire(b"ecdsa-sha2-nistp256", b"nistp256", b"\x03" * 65)).decode(),
    "ecdsa-sha2-nistp999 AAAA",
    "x509v3-sign-rsa MIIB",
    "ssh-ed25519 not*base64",
    "",
)
"""Keys of kinds that nobody here knows, and what is none."""


@pytest.mark.parametrize("key", UNKNOWN)
def test_a_key_of_an_unknown_kind_is_refused_in_words_and_one_who_only_looks_is_told(key):
    lines = f"somchai {key}\nmalee {KEY.line}\n".encode()
    with pytest.raises(BadInput, match="Line 1 of a list is no allowed signer"):
        signers_from(lines, "a list")
    found = signers_from(lines, "a list", lenient=True)
    assert [one.key for one in found.signers] == [KEY]
    assert [one.partition(":")[0] for one in found.faults] == ["Line 1 of a list is no allowed signer"]


def test_no_file_is_nobodys_list(tmp_path):
    assert read_signers(tmp_path / "none").signers == ()


def test_a_key_ends_and_everything_else_of_the_list_stays(tmp_path):
    path = tmp_path / "signers"
    path.write_text(f"# comment\nmalee {KEY.line} old\nsomchai {PASSKEY.line}\n")
    end_signer(path, KEY.fingerprint, NOON)
    lines = path.read_text().splitlines()
    assert (lines[0], lines[2]) == ("# comment", f"somchai {PASSKEY.line}")
    signers = read_signers(path)
    assert signers.of("malee", NOON) == ()
    assert len(signers.of("malee", SINCE)) == 1
    end_signer(path, KEY.fingerprint, datetime(2027, 1, 1, tzinfo=UTC))  # what has ended does not begin again
    assert read_signers(path) == signers
    with pytest.raises(UsageError, match="has no key"):
        end_signer(path, "SHA256:none", NOON)


@pytest.mark.parametrize(
    ("line", "when", "counts"),
    [
        (f'malee valid-after="20260105" {KEY.line}', NOON, True),
        (f'malee valid-after="20260105130000Z" {KEY.line}', NOON, False),
        (f'malee valid-before="202601051200Z" {KEY.line}', NOON, False),
        (f'malee namespaces="file,page@chamra",valid-before="20260106Z" {KEY.line} x y', NOON, True),
        (f'a,malee,b namespaces="page@chamra" {KEY.line}', NOON, True),
        (f'malee namespaces="file" {KEY.line}', NOON, False),
        (f"Malee {KEY.line}", NOON, False),
    ],
    ids=range(7),
)
def test_lines_as_openssh_has_them(line, when, counts):
    assert bool(signers_from(f"{line}\n".encode(), "list").of("malee", when)) is counts


@pytest.mark.parametrize(
    "line",
    [
        "malee", "malee ssh-ed25519", f"* {KEY.line}", f"!malee {KEY.line}", f"malee cert-authority {KEY.line}",
        f'malee valid-before="soon" {KEY.line}', f"malee valid-before=20260101 {KEY.line}", "malee ssh-rsa AAAA",
        f"malee {KEY.line[:-8]}", f"malee {KEY.line.replace('ssh-ed25519', PASSKEY.kind)}", "malee \udcff".encode(
            "utf-8", "surrogateescape").decode("latin-1"),
    ],
    ids=range(11),
)  # fmt: skip
def test_a_line_that_is_not_understood_is_named(line):
    with pytest.raises(BadInput, match="Line 2 of list"):
        signers_from(f"# first\n{line}\n".encode(), "list")


def test_two_who_add_keys_at_once_lose_none(tmp_path):
    path = tmp_path / "signers"
    keys = [KeyPen().key for _ in range(12)]
    with ThreadPoolExecutor(6) as people:
        list(people.map(lambda key: add_signer(path, AllowedSigner(("malee",), key)), keys))
    assert {one.key for one in read_signers(path).signers} == set(keys)
