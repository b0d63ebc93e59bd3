"""What an evidence package proves to somebody who brings what they trust: keys of log and signers, an authority."""

import base64
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.checkpoint import Checkpoint, SignedCheckpoint, origin_of
from ledger.events.answered import Answered
from ledger.merkle import record_leaf, root_of
from ledger.note import LOG, WITNESS, cosigned, key_of, signed
from ledger.proofs import all_about, inclusion_object, written
from model.errors import BadInput
from review.decide import accept_remaining
from review.publish import publish
from review.published import edition
from review.sign import sign
from review.stamp import stamp
from tests.reports.exports.test_evidence import Package, canonical, made
from tests.reports.made_pages import blank_pdf, page
from tests.reports.round_trip import exported
from tests.review.certificates import Office
from tests.review.house import FIRST, MALEE, ON_FIRST, SOMCHAI
from tests.review.pens import KeyPen, PasskeyPen
from tests.time_authority import TimeAuthority
from workspace.log import keep_cosigned, log_key_path


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    house = made(tmp_path_factory.mktemp("house"))
    data = exported("evidence", edition(house.ws, house.document))
    house.ws.close()
    return data


@pytest.fixture
def unpacked(package, tmp_path):
    return Package(package, tmp_path)


def prove_anew(package: Package) -> None:
    """Make checkpoint and proofs anew, with a key of one's own: all records are this document's."""
    records, secret = package.records(), Ed25519PrivateKey.generate()
    workspace, hashes = records[0]["payload"]["workspace"], [one["sha256"] for one in records]
    checkpoint = Checkpoint(workspace, len(hashes), root_of(map(record_leaf, hashes)))
    name = origin_of(workspace)
    note = signed(checkpoint.text, secret, name)
    made_anew = SignedCheckpoint(checkpoint, note, key_of(secret, name, LOG))
    found = inclusion_object([one["seq"] for one in records], hashes, made_anew)
    (document,) = {one["payload"]["document"] for one in records if "document" in one["payload"]}
    own = [one["seq"] for one in records if one["payload"].get("document") == document]
    found["complete"] = str(all_about(document, own, checkpoint, secret))
    (package.root / "data/proofs.json").write_bytes(written(found))


def test_a_package_that_was_made_anew_as_a_whole_is_found_by_what_others_kept(unpacked) -> None:
    known = next(one["sha256"] for one in unpacked.records() if one["kind"] == "signoff")
    log = unpacked.proofs()["key"]
    assert unpacked.verify("--head", known, "--log-key", log)[0] == 0
    records = unpacked.records()
    records[0]["when"] = "2020-01-01T00:00:00.000000Z"
    unpacked.rewrite(records)
    shutil.rmtree(unpacked.root / "data/anchors")
    prove_anew(unpacked)
    unpacked.cover_up()
    assert f"the ledger has no record {known}" in unpacked.verify("--head", known)[1]
    assert "signed by another key" in unpacked.verify("--log-key", log)[1]


def test_a_record_that_was_left_out_is_found_though_the_others_are_proven(unpacked) -> None:
    records = unpacked.records()
    lines = [canonical(one) + b"\n" for one in records if one["kind"] != "addition"]
    (unpacked.root / "data/records.jsonl").write_bytes(b"".join(lines))
    unpacked.cover_up()
    assert "these are not all records about the document" in unpacked.verify()[1]


def test_a_package_has_the_records_of_its_document_alone(tmp_path) -> None:
    house = made(tmp_path / "house")
    mine = house.document
    house.source(1, "another.pdf")
    for who in (SOMCHAI, MALEE):
        house.ws.ledger.append(Answered(house.document, 1, "0" * 64, "a note of others", who, "terminal"))
    house.ws.anchor()
    one = Package(exported("evidence", edition(house.ws, mine)), tmp_path / "package")
    house.ws.close()
    assert one.verify()[0] == 0
    assert {record["payload"].get("document", mine) for record in one.records()} == {mine}


@pytest.mark.parametrize("pen", [KeyPen(), PasskeyPen()], ids=["key", "passkey"])
def test_signatures_are_verified_with_a_list_of_signers_and_openssh(tmp_path, pen) -> None:
    house = made(tmp_path / "house", pen)
    one = Package(exported("evidence", edition(house.ws, house.document)), tmp_path / "package")
    house.ws.close()
    signers = tmp_path / "signers"
    shutil.copy(house.ws.signers, signers)
    status, said = one.verify()
    assert (status, f"signed with the key {pen.key.fingerprint}; whose" in said) == (0, True)
    status, said = one.verify("--signers", str(signers))
    (line,) = [one for one in said.splitlines() if one.startswith("page 1: สมชาย (somchai), ")]
    assert (status, line.rpartition("Z: ")[2]) == (0, f"signed with the key {pen.key.fingerprint}")
    signers.write_text(signers.read_text().replace("somchai ", "malee "))
    assert "not by a key that was this person's" in one.verify("--signers", str(signers))[1]


def test_a_name_without_a_signature_is_found_by_a_list_that_has_a_key_of_that_person(
    unpacked, tmp_path
) -> None:
    signers = tmp_path / "signers"
    key = KeyPen().key.line
    for limit, status in (('valid-after="20260101000000Z"', 1), ('valid-after="20260601000000Z"', 0),
                          ('valid-before="20260101000000Z"', 0)):  # fmt: skip
        signers.write_text(f'somchai namespaces="page@chamra",{limit} {key}\n')
        assert unpacked.verify("--signers", str(signers))[0] == status


def test_a_time_stamp_goes_with_the_package_and_openssl_verifies_it(tmp_path, monkeypatch) -> None:
    authority = TimeAuthority(tmp_path / "authority")
    monkeypatch.setenv("CHAMRA_TSA_CA", str(authority.ca))
    house = made(tmp_path / "house")
    with authority.serving() as url:
        monkeypatch.setenv("CHAMRA_TSA", url)
        stamp(house.ws)
    one = Package(exported("evidence", edition(house.ws, house.document)), tmp_path / "package")
    house.ws.close()
    assert "a time stamp that only --ca FILE verifies" in one.verify()[1]
    status, said = one.verify("--ca", str(authority.ca))
    assert (status, "its time stamp holds" in said) == (0, True)
    other = TimeAuthority(tmp_path / "other")
    assert "not by that authority" in one.verify("--ca", str(other.ca))[1]


def cosigned_package(folder, *witnesses):
    """A package whose checkpoint these witnesses have signed, too."""
    house = made(folder)
    ws = house.ws
    note = ws.checkpoint().note
    for name, secret in witnesses:
        note = cosigned(note, secret, name, 1767600000)
    keep_cosigned(ws.ledger, ws.id, log_key_path(ws.path), ws.anchors[0], note)
    data = exported("evidence", edition(ws, house.document))
    ws.close()
    return Package(data, folder / "unpacked")


def test_witnesses_are_verified_by_their_keys_and_without_a_key_are_said_not_to_be(tmp_path) -> None:
    secret, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    one = cosigned_package(tmp_path, ("archive.example", secret), ("museum.example", other))
    mine = str(key_of(secret, "archive.example", WITNESS))
    status, said = one.verify()
    assert status == 0
    assert (
        "signatures of archive.example, museum.example under the checkpoint that only --witness KEY" in said
    )
    status, said = one.verify("--witness", mine)
    assert status == 0
    assert "the witness archive.example has seen this ledger at 2026-01-05 08:00:00 UTC" in said
    assert "signatures of museum.example under the checkpoint" in said
    assert one.verify("--witness", mine, "--witness", str(key_of(other, "museum.example", WITNESS)))[0] == 0
    stranger = str(key_of(Ed25519PrivateKey.generate(), "archive.example", WITNESS))
    status, said = one.verify("--witness", stranger)
    assert (status, "the witness archive.example has not signed the checkpoint" in said) == (1, True)


def test_a_witness_who_signed_another_text_or_time_is_none(tmp_path) -> None:
    secret = Ed25519PrivateKey.generate()
    one = cosigned_package(tmp_path, ("archive.example", secret))
    proofs = one.proofs()
    head, last = proofs["checkpoint"].rstrip("\n").rsplit("\n", 1)
    dash, name, value = last.split(" ")
    proof = bytearray(base64.b64decode(value))
    proof[11] ^= 1  # the time
    proofs["checkpoint"] = f"{head}\n{dash} {name} {base64.b64encode(proof).decode()}\n"
    (one.root / "data/proofs.json").write_bytes(written(proofs))
    one.cover_up()
    status, said = one.verify("--witness", str(key_of(secret, "archive.example", WITNESS)))
    assert (status, "has not signed the checkpoint" in said) == (1, True)


def test_no_witness_is_said(unpacked) -> None:
    assert "no witness has signed the checkpoint" in unpacked.verify()[1]


def test_a_checkpoint_of_another_ledger_or_without_a_witness_is_not_kept(tmp_path) -> None:
    house = made(tmp_path / "one")
    other = made(tmp_path / "other")
    ws, key = house.ws, log_key_path(house.ws.path)
    for note in (
        ws.checkpoint().note,
        cosigned(other.ws.checkpoint().note, Ed25519PrivateKey.generate(), "a", 1),
    ):
        with pytest.raises(BadInput):
            keep_cosigned(ws.ledger, ws.id, key, ws.anchors[0], note)
    ws.close()
    other.ws.close()


def test_a_certificate_that_signed_is_verified_against_list_and_authority(tmp_path) -> None:
    office = Office()
    house = made(tmp_path, office.pen("สมชาย"))
    data = exported("evidence", edition(house.ws, house.document))
    signers = house.ws.signers
    house.ws.close()
    one = Package(data, tmp_path / "unpacked")
    (tmp_path / "ca").write_bytes(office.pem)
    (tmp_path / "strangers").write_bytes(Office().pem)
    assert one.verify()[0] == 0
    assert one.verify("--signers", str(signers), "--ca", str(tmp_path / "ca"))[0] == 0
    status, said = one.verify("--ca", str(tmp_path / "strangers"))
    assert (status, "not one that --ca vouches for" in said) == (1, True)
    (tmp_path / "empty").write_text("")
    status, said = one.verify("--signers", str(tmp_path / "empty"))
    assert (status, "not by a key that was this person's then" in said) == (1, True)


@pytest.fixture(scope="module")
def others(tmp_path_factory):
    """Packages whose proofs may be put into another: of the document, of the document once the ledger had grown, of
    another document of that ledger, and of a like document in another ledger; whole, by the folder's name."""
    folder = tmp_path_factory.mktemp("others")
    house = made(folder / "house")
    mine = house.document
    data = {"mine": exported("evidence", edition(house.ws, mine))}
    source = blank_pdf([page("", 1)])
    house.document = house.ws.register_source(Path("/inbox/another.pdf"), source, "pdf", 1, (1,))
    house.read(1, FIRST, ON_FIRST)
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    data["later"] = exported("evidence", edition(house.ws, mine))
    data["of another document"] = exported("evidence", edition(house.ws, house.document))
    house.ws.close()
    elsewhere = made(folder / "elsewhere")
    data["of another ledger"] = exported("evidence", edition(elsewhere.ws, elsewhere.document))
    elsewhere.ws.close()
    return data


def whole(mine, other):
    """All proofs of the other package."""
    return other


def the_checkpoint(mine, other):
    return mine | {"checkpoint": other["checkpoint"], "key": other["key"]}


def the_list_of_what_is_about_the_document(mine, other):
    return mine | {"complete": other["complete"]}


def the_paths(mine, other):
    paths = {one["seq"]: one["path"] for one in other["proofs"]}
    proofs = [one | {"path": paths.get(one["seq"], one["path"][::-1])} for one in mine["proofs"]]
    return mine | {"proofs": proofs}


def the_records(mine, other):
    """The proofs of the other's records, under one's own checkpoint."""
    return mine | {"proofs": other["proofs"]}


@pytest.mark.parametrize(
    "swap", [whole, the_checkpoint, the_list_of_what_is_about_the_document, the_paths, the_records]
)
@pytest.mark.parametrize("other", ["later", "of another document", "of another ledger"])
def test_proofs_that_belong_to_another_package_prove_nothing(others, tmp_path, swap, other) -> None:
    one, another = (Package(others[name], tmp_path / name) for name in ("mine", other))
    log = one.proofs()["key"]
    assert one.verify("--log-key", log)[0] == 0
    swapped = swap(one.proofs(), another.proofs())
    (one.root / "data/proofs.json").write_bytes(written(swapped))
    one.cover_up()
    status, said = one.verify("--log-key", log)
    sound = (swap, other) == (whole, "later")  # what the ledger's own log says of these records, later
    assert (status, "Everything holds" in said, "Traceback" in said) == (
        (0, True, False) if sound else (1, False, False)
    )


def test_the_proof_of_one_record_is_none_of_another(unpacked) -> None:
    proofs = unpacked.proofs()
    first, second = proofs["proofs"][1], proofs["proofs"][2]
    first["path"], second["path"] = second["path"], first["path"]
    (unpacked.root / "data/proofs.json").write_bytes(written(proofs))
    unpacked.cover_up()
    assert f"record {first['seq']} is not proven to stand in the ledger" in unpacked.verify()[1]
