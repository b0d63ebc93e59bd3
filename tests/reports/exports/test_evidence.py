"""The evidence package: its own verifier finds that all holds, and whatever is tampered with."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from model.edit import Span, text_sha256
from model.errors import GateError, UsageError
from review.add import add_text
from review.certificate_pen import CertificatePen
from review.decide import accept_remaining, waive
from review.own_text import Draft
from review.publish import publish
from review.published import edition
from review.sign import sign
from tests.reports.made_pages import blank_pdf, page
from tests.reports.round_trip import exported
from tests.review.house import FIRST, MALEE, ON_FIRST, ON_SECOND, SECOND, SOMCHAI, House
from tests.review.pens import KeyPen, PasskeyPen, register


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A package of a document of three pages: proposals, a policy's change, a person's own text, one page left out."""
    house = made(tmp_path_factory.mktemp("house"))
    data = exported("evidence", edition(house.ws, house.document))
    house.ws.close()
    return data


def made(folder: Path, pen: KeyPen | PasskeyPen | CertificatePen | None = None) -> House:
    folder.mkdir(exist_ok=True)
    house = House(folder)
    source = blank_pdf([page("", n) for n in (1, 2, 3)])
    house.document = house.ws.register_source(Path("/inbox/ประกาศ.pdf"), source, "pdf", 3, (1, 2, 3))
    house.read(1, FIRST, ON_FIRST)
    house.read(2, SECOND, ON_SECOND)
    house.fail(3)
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    add_text(
        house.ws,
        house.document,
        2,
        lambda _: [Draft(Span(0, 7), "องค์การ", "องค์การ!", None)],
        SOMCHAI,
        how="terminal",
    )
    waive(house.ws, house.document, 3, "ปกหลัง ไม่มีข้อความ", SOMCHAI)
    if pen is not None:
        register(house.ws, "somchai", pen)
    sign(house.ws, house.document, SOMCHAI, pen=pen)
    publish(house.ws)
    return house


class Package:
    """An unpacked package, and ways to tamper with it."""

    def __init__(self, data: bytes, folder: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(folder)
        (self.root,) = folder.iterdir()

    def verify(self, *options: str) -> tuple[int, str]:
        """Run its own verifier, in a Python that sees nothing of this project."""
        done = subprocess.run(
            [sys.executable, "-I", "-S", self.root / "verify.py", *options],
            cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def records(self) -> list[dict[str, Any]]:
        return [
            json.loads(line) for line in (self.root / "data/records.jsonl").read_text("utf-8").splitlines()
        ]

    def proofs(self) -> dict[str, Any]:
        return dict(json.loads((self.root / "data/proofs.json").read_text("utf-8")))

    def rewrite(self, records: list[dict[str, Any]]) -> None:
        """Make the chain anew from these records."""
        previous, lines = "0" * 64, []
        for number, record in enumerate(records, 1):
            record |= {"seq": number, "previous": previous}
            body = {name: record[name] for name in ("kind", "payload", "previous", "seq", "when")}
            previous = hashlib.sha256(canonical(body)).hexdigest()
            lines.append(canonical({**body, "sha256": previous}) + b"\n")
        (self.root / "data/records.jsonl").write_bytes(b"".join(lines))

    def cover_up(self) -> None:
        """Make the manifests fit whatever was changed."""
        files = sorted(path for path in self.root.rglob("*") if path.is_file())
        names = {path.relative_to(self.root).as_posix(): path for path in files}
        self.list("manifest-sha256.txt", {n: p for n, p in names.items() if n.startswith("data/")})
        tags = {n: p for n, p in names.items() if not n.startswith("data/") and n != "tagmanifest-sha256.txt"}
        self.list("tagmanifest-sha256.txt", tags)

    def list(self, manifest: str, files: dict[str, Path]) -> None:
        rows = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in files.items())
        (self.root / manifest).write_text("".join(rows), "utf-8")

    def change(self, name: str, before: bytes, after: bytes) -> None:
        path = self.root / name
        data = path.read_bytes()
        assert before in data
        path.write_bytes(data.replace(before, after, 1))


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.fixture
def unpacked(package, tmp_path):
    return Package(package, tmp_path)


def test_everything_holds_on_a_machine_that_has_never_seen_this_program(unpacked) -> None:
    status, said = unpacked.verify()
    assert (status, said.splitlines()[-1]) == (0, "Everything holds.")
    newest = unpacked.records()[-1]["sha256"]
    assert unpacked.verify("--head", newest, "--log-key", unpacked.proofs()["key"])[0] == 0
    assert newest in (unpacked.root / "README.txt").read_text("utf-8")


def test_the_package_is_a_bag_as_rfc_8493_has_it(unpacked) -> None:
    root = unpacked.root
    assert (root / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    listed = dict(
        line.split("  ")[::-1] for line in (root / "manifest-sha256.txt").read_text("utf-8").splitlines()
    )
    payload = [path for path in (root / "data").rglob("*") if path.is_file()]
    assert {path.relative_to(root).as_posix() for path in payload} == set(listed)
    size = sum(path.stat().st_size for path in payload)
    assert f"Payload-Oxum: {size}.{len(payload)}" in (root / "bag-info.txt").read_text("utf-8")
    tags = (root / "tagmanifest-sha256.txt").read_text("utf-8")
    assert all(name in tags for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "verify.py"))


def test_it_holds_what_a_stranger_needs(unpacked) -> None:
    data = unpacked.root / "data"
    texts = (data / "text.txt").read_text("utf-8").split("\f")
    assert texts[0].startswith("เทศบาลตำบลกะทู้")
    assert texts[1].startswith("องค์การ!บริหาร")
    assert texts[2] == ""
    with pikepdf.open(data / "document.pdf") as pdf:
        assert len(pdf.pages) == 3
    provenance = json.loads((data / "provenance.json").read_text("utf-8"))
    text = f"sha256:{text_sha256(texts[0])}"
    assert text in provenance["entity"]
    derived = {
        (one["prov:generatedEntity"], one["prov:usedEntity"]) for one in provenance["wasDerivedFrom"].values()
    }
    assert (text, f"sha256:{text_sha256(FIRST)}") in derived
    people = {one["prov:label"] for one in provenance["agent"].values() if one["prov:type"] == "prov:Person"}
    assert {"สมชาย", "มาลี"} <= people


def test_the_same_document_gives_the_same_package(tmp_path) -> None:
    house = made(tmp_path)
    found = edition(house.ws, house.document)
    assert exported("evidence", found) == exported("evidence", found)
    house.ws.close()


def blob_of(package: Package, kind: str, nth: int = 0) -> str:
    found = [one["payload"]["blob"] for one in package.records() if one["kind"] == kind]
    return f"data/blobs/{found[nth]}.json"


def a_letter_of_the_text(one: Package) -> None:
    one.change("data/text/page-0001.txt", "สตูล".encode(), "สตูน".encode())
    one.change("data/text.txt", "สตูล".encode(), "สตูน".encode())


def the_whole_text_alone(one: Package) -> None:
    one.change("data/text.txt", "สตูล".encode(), "ตรัง".encode())


def a_page_of_the_text_is_emptied(one: Package) -> None:
    (one.root / "data/text/page-0002.txt").write_bytes(b"")


def text_for_a_page_that_was_left_out(one: Package) -> None:
    (one.root / "data/text/page-0003.txt").write_text("แถม", "utf-8")


def pages_change_places(one: Package) -> None:
    first, second = (one.root / f"data/text/page-000{n}.txt" for n in (1, 2))
    texts = first.read_bytes(), second.read_bytes()
    second.write_bytes(texts[0])
    first.write_bytes(texts[1])


def the_source(one: Package) -> None:
    path = one.root / "data/source/source.pdf"
    path.write_bytes(path.read_bytes() + b"%")


def a_page_image(one: Package) -> None:
    (one.root / "data/images/page-0001.png").write_bytes(b"another picture")


def a_page_image_is_missing(one: Package) -> None:
    (one.root / "data/images/page-0002.png").unlink()


def the_raw_text_of_a_reading(one: Package) -> None:
    one.change(blob_of(one, "page"), "ภูเก็ต".encode(), "ภูเกต".encode())


def a_published_text_in_its_blob(one: Package) -> None:
    one.change(blob_of(one, "published"), "สตูล".encode(), "ตรัง".encode())


def a_finding(one: Package) -> None:
    one.change(blob_of(one, "findings"), b'"REVIEW"', b'"SAFE"')


def a_decision(one: Package) -> None:
    one.change("data/records.jsonl", b'"verdict":"accept"', b'"verdict":"reject"')


def a_decision_and_the_chain(one: Package) -> None:
    records = one.records()
    decision = next(record for record in records if record["kind"] == "decision")
    decision["payload"]["verdict"] = "reject"
    one.rewrite(records)


def the_name_of_who_signed(one: Package) -> None:
    records = one.records()
    signoff = next(record for record in records if record["kind"] == "signoff")
    signoff["payload"]["who"]["name"] = "ผู้อื่น"
    one.rewrite(records)


def a_record_is_taken_out(one: Package) -> None:
    lines = (one.root / "data/records.jsonl").read_bytes().splitlines(keepends=True)
    (one.root / "data/records.jsonl").write_bytes(b"".join(lines[:5] + lines[6:]))


def the_newest_records_are_cut_off(one: Package) -> None:
    lines = (one.root / "data/records.jsonl").read_bytes().splitlines(keepends=True)
    (one.root / "data/records.jsonl").write_bytes(b"".join(lines[:-3]))


def a_time(one: Package) -> None:
    record = one.records()[-1]
    one.change("data/records.jsonl", record["when"].encode(), b"2020-01-01T00:00:00.000000Z")


def the_searchable_pdf(one: Package) -> None:
    path = one.root / "data/document.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        stream = pdf.pages[0].Contents[0]
        stream.write(stream.read_bytes().replace(b"0E2A0E15", b"0E2A0E14", 1))
        pdf.save(path, recompress_flate=True)


def the_pdf_of_another_document(one: Package) -> None:
    (one.root / "data/document.pdf").write_bytes(blank_pdf([page("ก", n) for n in (1, 2, 3)]))


def an_anchor(one: Package) -> None:
    (path,) = (one.root / "data/anchors").iterdir()
    head = json.loads(path.read_text("utf-8").splitlines()[-1])["head"]
    one.change(f"data/anchors/{path.name}", head.encode(), b"0" * 64)


def a_blob_is_missing(one: Package) -> None:
    (one.root / blob_of(one, "published")).unlink()


def the_document_is_named_as_another(one: Package) -> None:
    document = json.loads((one.root / "data/document.json").read_text("utf-8"))
    one.change("data/document.json", document["id"].encode(), b"f" * 64)


def a_revocation_is_kept_from_the_text(one: Package) -> None:
    records = one.records()
    signoff = next(record for record in records if record["kind"] == "signoff")
    payload = {
        "document": signoff["payload"]["document"], "page": signoff["payload"]["page"],
        "signoff": signoff["sha256"], "reason": "x", "who": signoff["payload"]["who"], "how": "terminal",
    }  # fmt: skip
    records.append({"kind": "revocation", "payload": payload, "when": signoff["when"]})
    one.rewrite(records)


def another_name_of_the_document(one: Package) -> None:
    one.change("data/document.json", "ประกาศ.pdf".encode(), "คำสั่ง.pdf".encode())


def a_field_more_in_a_record(one: Package) -> None:
    one.change("data/records.jsonl", b'"kind":"signoff"', b'"approved":"yes","kind":"signoff"')


def an_anchor_of_another_workspace(one: Package) -> None:
    (path,) = (one.root / "data/anchors").iterdir()
    anchor = json.loads(path.read_text("utf-8").splitlines()[-1])
    one.change(f"data/anchors/{path.name}", anchor["workspace"].encode(), b"another")


TAMPERING = [
    another_name_of_the_document, a_field_more_in_a_record, an_anchor_of_another_workspace,
    a_letter_of_the_text, the_whole_text_alone, a_page_of_the_text_is_emptied, text_for_a_page_that_was_left_out,
    pages_change_places, the_source, a_page_image, a_page_image_is_missing, the_raw_text_of_a_reading,
    a_published_text_in_its_blob, a_finding, a_decision, a_decision_and_the_chain, the_name_of_who_signed,
    a_record_is_taken_out, the_newest_records_are_cut_off, a_time, the_searchable_pdf, the_pdf_of_another_document,
    an_anchor, a_blob_is_missing, the_document_is_named_as_another, a_revocation_is_kept_from_the_text,
]  # fmt: skip


@pytest.mark.parametrize("covered_up", [False, True], ids=["found by the manifest", "manifests made anew"])
@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda one: one.__name__)
def test_tampering_is_found(unpacked, tamper, covered_up) -> None:
    tamper(unpacked)
    if covered_up:
        unpacked.cover_up()
    status, said = unpacked.verify()
    assert status == 1, said
    assert "Traceback" not in said
    assert "Everything holds" not in said


NESTED = b"[" * 100_000


@pytest.mark.parametrize("name", ["data/proofs.json", "data/document.json", "data/records.jsonl", "blob"])
@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"null", b"\xff", NESTED, b'{"proofs": [{"seq": 1e999}]}', b'{"key": []}'],
    ids=range(8),
)  # fmt: skip
def test_parts_of_a_form_that_nobody_knows_are_refused_in_words(unpacked, name, data) -> None:
    name = blob_of(unpacked, "published") if name == "blob" else name
    (unpacked.root / name).write_bytes(data)
    unpacked.cover_up()
    status, said = unpacked.verify()
    assert (status, "Traceback" in said, "Everything holds" in said) == (1, False, False), said


def test_the_verifier_says_how_it_is_called(unpacked) -> None:
    status, said = unpacked.verify("--help")
    assert status == 0
    for option in ("--head", "--log-key", "--signers", "--ca", "--witness"):
        assert re.search(rf"^  {option} [A-Z_]+\n? +\w", said, re.MULTILINE), option


@pytest.mark.parametrize("name", ["data/more.txt", "more.txt"])
def test_a_file_that_was_put_in_is_found(unpacked, name) -> None:
    (unpacked.root / name).write_text("x")
    status, said = unpacked.verify()
    assert (status, said.splitlines()[-1]) == (1, f"{name} was put in")


def test_only_published_text_has_evidence(tmp_path) -> None:
    house = House(tmp_path)
    house.two_pages()
    with pytest.raises(UsageError, match="is for published text"):
        exported("evidence", edition(house.ws, house.document, "raw"))
    with pytest.raises(GateError, match="page 1, 2 is not published"):
        exported("evidence", edition(house.ws, house.document))
    house.ws.close()
