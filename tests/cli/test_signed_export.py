"""`chamra export --sign-with` and `chamra verify`: who holds only the file can check it."""

import json
import subprocess
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest

from ledger.signing.ssh_signature import OF_FILES
from model.errors import Exit
from review.decide import accept_remaining
from review.publish import publish
from review.published import edition
from review.sign import sign
from tests.certificates import PASSWORD, certificates
from tests.reports.made_pages import blank_pdf, page
from tests.reports.round_trip import exported
from tests.review.house import MALEE, ON_SECOND, SECOND, SOMCHAI, House

SCHEMAS = Path(__file__).parents[2] / "docs/schemas"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The workspace of a published document, its evidence package, and certificates."""
    folder = tmp_path_factory.mktemp("signed")
    house = House(folder)
    source = blank_pdf([page("", 1)])
    house.document = house.ws.register_source(Path("/inbox/ประกาศ.pdf"), source, "pdf", 1, (1,))
    house.read(1, SECOND, ON_SECOND)
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    package = folder / "package.zip"
    package.write_bytes(exported("evidence", edition(house.ws, house.document)))
    house.ws.close()
    return house, package, certificates(folder / "certificates")


@pytest.fixture
def run(made, chamra, monkeypatch):
    house, _, _ = made
    monkeypatch.setenv("CHAMRA_KEY_PASSWORD", PASSWORD)

    def called(command, *words):
        given = (house.document, "-w", house.ws.path) if command == "export" else ()
        return chamra(command, *given, *words)

    return called


def test_a_signed_pdf_names_its_package_and_is_checked_with_nothing_else(made, run, tmp_path):
    _, package, keys = made
    file = tmp_path / "signed.pdf"
    assert (
        run("export", "--format", "pdf", "-o", file, "--sign-with", keys.p12, "--package", package)[0]
        == Exit.DONE
    )
    status, out, _ = run("verify", file, "--ca", keys.ca, "--package", package, "--json")
    found = json.loads(out)
    jsonschema.validate(found, json.loads((SCHEMAS / "verify.json").read_text()))
    assert (status, found["ok"], found["signatures"][0]["vouched"]) == (Exit.DONE, True, True)
    status, out, _ = run("verify", file, "--ca", keys.ca, "--package", keys.p12)
    assert status == Exit.NEEDS_A_PERSON
    assert "is not the evidence package that it names" in out
    swapped = tmp_path / "swapped.zip"
    with ZipFile(package) as parts, ZipFile(swapped, "w") as other:
        for name in parts.namelist():
            proofs = name.endswith("/data/proofs.json")
            other.writestr(
                name, parts.read(name).replace(b'"path"', b'"way"', 1) if proofs else parts.read(name)
            )
    status, out, _ = run("verify", file, "--ca", keys.ca, "--package", swapped)
    assert (status, "is not the evidence package that it names" in out) == (Exit.NEEDS_A_PERSON, True)
    assert run("verify", file, "--ca", keys.other_ca)[0] == Exit.NEEDS_A_PERSON


@pytest.mark.parametrize("form", ["text", "jsonl", "pdf"])
def test_any_export_has_its_signature_beside_it(made, run, tmp_path, form):
    _, _, keys = made
    file = tmp_path / "out"
    status, out, _ = run(
        "export", "--format", form, "-o", file, "--sign-with", keys.pem, "--detached", "--json"
    )
    said = json.loads(out)
    jsonschema.validate(said, json.loads((SCHEMAS / "export.json").read_text()))
    assert (status, said["signature"]) == (Exit.DONE, f"{file}.p7s")
    assert run("verify", file, "--proof", said["signature"], "--ca", keys.ca)[0] == Exit.DONE
    file.write_bytes(file.read_bytes() + b"!")
    status, out, _ = run("verify", file, "--proof", said["signature"], "--ca", keys.ca)
    assert (status, out.split(":")[0]) == (Exit.NEEDS_A_PERSON, "NOT PROVEN")


def test_an_openssh_key_signs_beside_and_ssh_keygen_says_the_same(run, tmp_path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    (tmp_path / "signers").write_text(f"archive {(tmp_path / 'key.pub').read_text()}")
    file = tmp_path / "text"
    assert (
        run("export", "--format", "text", "-o", file, "--sign-with", tmp_path / "key", "--detached")[0]
        == Exit.DONE
    )
    assert "archive" in run("verify", file, "--proof", f"{file}.sig", "--signers", tmp_path / "signers")[1]
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        "signers",
        "-I",
        "archive",
        "-n",
        OF_FILES,
        "-s",
        "text.sig",
    ]
    done = subprocess.run(command, cwd=tmp_path, input=file.read_bytes(), capture_output=True, check=False)
    assert (done.returncode, done.stdout[:4]) == (0, b"Good")


def test_what_cannot_be_meant_is_refused_and_nothing_is_written(made, run, tmp_path):
    _, package, keys = made
    file = tmp_path / "out"
    (tmp_path / "key").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    for words in (
        ("--format", "text", "--sign-with", keys.p12),
        ("--format", "text", "--detached"),
        ("--format", "text", "--package", package),
        ("--format", "pdf", "--sign-with", tmp_path / "key"),
        ("--format", "pdf", "--sign-with", tmp_path / "none"),
        ("--format", "pdf", "--package", tmp_path / "none"),
    ):
        assert run("export", "-o", file, *words)[0] == Exit.USAGE
    assert run("export", "-o", file, "--format", "pdf", "--package", keys.p12)[0] == Exit.BAD_INPUT
    assert not file.exists()
    file.write_text("unsigned")
    assert run("verify", file)[0] == Exit.USAGE


def test_a_pdf_without_a_signature_is_not_taken_for_a_signed_one(run, tmp_path):
    file = tmp_path / "plain.pdf"
    assert run("export", "--format", "pdf", "-o", file)[0] == Exit.DONE
    assert run("verify", file)[0] == Exit.BAD_INPUT
