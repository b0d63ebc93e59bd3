"""A request for a time stamp, answered by an authority of our own that openssl plays."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.timestamp import (
    KeptTimestamp,
    append_timestamp,
    read_timestamps,
    stamped_digest,
    timestamp_request,
    timestamps_beside,
    verify_timestamp,
)
from tests.time_authority import TimeAuthority

HEAD = "c1" * 32

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def openssl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["openssl", *arguments], cwd=folder, capture_output=True, text=True, errors="replace", check=False
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return TimeAuthority(tmp_path_factory.mktemp("authority"))


def test_an_authority_stamps_the_head_and_anybody_verifies_it(authority):
    folder = authority.folder
    (folder / "head.tsr").write_bytes(authority.answer(timestamp_request(HEAD, 2**63 + 11)))
    verify = ("ts", "-verify", "-in", "head.tsr", "-CAfile", "ca.pem", "-untrusted", "tsa.pem")
    assert "Verification: OK" in openssl(folder, *verify, "-digest", HEAD).stdout
    assert "Verification: OK" in openssl(folder, *verify, "-queryfile", "q.tsq").stdout
    assert openssl(folder, *verify, "-digest", "00" + HEAD[2:]).returncode != 0


def test_the_program_verifies_an_answer(authority):
    answer = authority.answer(timestamp_request(HEAD, 7))
    said = verify_timestamp(answer, bytes.fromhex(HEAD), authority.ca.read_bytes(), 7)
    assert abs(datetime.now(UTC) - said.when) < timedelta(minutes=5)
    assert said.authority == "CN=Test root"
    assert stamped_digest(answer).hex() == HEAD


def test_an_answer_about_something_else_by_another_or_changed_is_refused(authority, tmp_path):
    answer, ca = authority.answer(timestamp_request(HEAD, 7)), authority.ca.read_bytes()
    other = TimeAuthority(tmp_path / "other").ca.read_bytes()
    place = answer.rindex(bytes.fromhex(HEAD))
    changed = answer[: place + 3] + bytes((answer[place + 3] ^ 1,)) + answer[place + 4 :]
    for response, digest, trusted, nonce in (
        (answer, "00" + HEAD[2:], ca, 7), (answer, HEAD, other, 7), (answer, HEAD, ca, 8), (answer, HEAD, b"", 7),
        (changed, HEAD, ca, 7), (changed, changed[place : place + 32].hex(), ca, 7), (answer[:-1], HEAD, ca, 7),
        (b"", HEAD, ca, 7), (answer[:40], HEAD, ca, 7),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="does not hold"):
            verify_timestamp(response, bytes.fromhex(digest), trusted, nonce)


def test_answers_are_kept_a_line_each(authority, tmp_path):
    path = timestamps_beside(tmp_path / "archive.anchors.log")
    kept = KeptTimestamp("w", 3, HEAD, authority.answer(timestamp_request(HEAD, 7)))
    append_timestamp(path, kept)
    with path.open("ab") as file:
        file.write(b"nothing\n")
    assert list(read_timestamps(path)) == [(1, kept), (2, None)]
    assert path.name == "archive.anchors.log.timestamps"


@settings(max_examples=10)
@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**64 - 1))
def test_openssl_reads_what_was_asked(tmp_path_factory, head, nonce):
    folder = tmp_path_factory.getbasetemp()
    (folder / "q.tsq").write_bytes(timestamp_request(head.hex(), nonce))
    told = openssl(folder, "ts", "-query", "-in", "q.tsq", "-text").stdout
    assert "Hash Algorithm: sha256" in told
    assert "Certificate required: yes" in told
    dumped = "".join(re.findall(r"^ +[0-9a-f]{4} - (.{49})", told, flags=re.MULTILINE))
    assert re.sub(r"[^0-9a-f]", "", dumped) == head.hex()
    assert int(re.findall(r"Nonce: (?:0x)?([0-9A-F]+)", told)[0], 16) == nonce
