"""The evidence package as a BagIt bag (RFC 8493) in a ZIP archive, with a verifier that needs only Python."""

from __future__ import annotations

import hashlib
import inspect
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from model.decision import PAGE_BREAK
from model.program import NAME, program_version
from model.publication import Edition, LedgerPart
from reports.archive_file import add, zipped
from reports.evidence import bag, ed25519, notes, pdf_text, verify
from reports.evidence.provenance import provenance
from reports.searchable.document import SearchablePdf
from reports.text_layers import LayerPage, layer_pages

SCHEMA = "chamra/evidence/2"

_PACKED = (".png", ".zip", ".pdf", ".jpeg")
_README = """\
หลักฐานของข้อความที่ตรวจชำระแล้ว / Evidence for a corrected text

แฟ้มนี้มีทุกสิ่งที่ใช้ตรวจสอบข้อความใน data/text.txt ได้เองโดยไม่ต้องเชื่อโปรแกรมที่สร้าง
ตรวจสอบ: python3 verify.py (ต้องมี Python 3.9 ขึ้นไปเท่านั้น)

This folder holds all that is needed to check the text in data/text.txt without trusting the program that made it.
To verify: python3 verify.py (Python 3.9 or later and nothing else; read it, it is short).

data/text.txt, data/text/   the published text, whole and page by page
data/document.pdf           the source with that text laid over it, to be searched
data/source/                the file as it came, with whatever is hidden in it, such as text under black bars
data/images/                the page images that were read
data/blobs/                 readings, findings and published texts, each under its SHA-256
data/records.jsonl          the ledger's records about this document: who decided, signed and published what
data/proofs.json            that they stand in the ledger of a checkpoint (RFC 9162), which the log has signed
data/anchors/               what was written about them outside of the ledger
data/timestamps/            answers of a time-stamping authority (RFC 3161), where one was asked
data/provenance.json        the same in short, as PROV-JSON

The newest record that is proven: {head}
Compare with what others have kept, and with what you trust (each option may be left out):
  python3 verify.py --head HASH --log-key KEY --witness KEY --signers FILE --ca FILE
"""


class Bag:
    """Files on their way into a folder of the archive. `hashes` has the SHA-256 of each by its name, `long_hashes` the
    SHA-512 besides; `payload` counts the bytes below `data/`."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._archive = archive
        self._folder = folder
        self.hashes: dict[str, str] = {}
        self.long_hashes: dict[str, str] = {}
        self.payload = 0

    def put(self, name: str, data: bytes) -> None:
        """Put a file into the folder."""
        add(self._archive, f"{self._folder}/{name}", data, packed=not name.endswith(_PACKED))
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        self.long_hashes[name] = hashlib.sha512(data).hexdigest()
        self.payload += len(data) if name.startswith("data/") else 0

    def manifest(self, *, payload: bool) -> bytes:
        """The lines of BagIt's list of the payload, or of all other files."""
        listed = sorted(
            (name, sha) for name, sha in self.hashes.items() if name.startswith("data/") == payload
        )
        return "".join(f"{sha}  {name}\n" for name, sha in listed).encode()


def verifier() -> bytes:
    """The program that verifies a package, with all that it needs in one file."""
    program = Path(verify.__file__).read_text("utf-8")
    for module in (pdf_text, ed25519, bag, notes):
        lines = inspect.getsource(module).split("\n")
        first = next(at for at, line in enumerate(lines) if line.startswith(("P = ", "def ")))
        body = "\n".join(lines[first:])
        needed = "".join(f"{one}\n" for one in lines if one.startswith("import ") and one not in program)
        program = re.sub(rf"from {re.escape(module.__name__)} import .*\n", "", program)
        program = program.replace("import argparse\n", f"import argparse\n{needed}", 1)
        program = program.replace("\n\n\ndef ", f"\n\n\n{body}\n\ndef ", 1)
    return program.encode()


def package(edition: Edition) -> Iterator[bytes]:
    """The package in pieces.

    Raises:
        GateError: a page is neither published nor left out.
        DamagedBlob: something that was kept is missing or damaged.
    """
    pages = list(layer_pages(edition, "published"))
    part = edition.kept.ledger_part(edition.state.id)
    yield from zipped(lambda archive: fill(Bag(archive, folder_of(edition)), edition, pages, part))


def folder_of(edition: Edition) -> str:
    """The name of the folder that holds a document's package."""
    return f"{NAME}-{edition.state.id[:16]}"


def fill(bag: Bag, edition: Edition, pages: list[LayerPage], part: LedgerPart) -> None:
    """Put all files of a package into its bag."""
    _payload(bag, edition, pages, part)
    count = sum(name.startswith("data/") for name in bag.hashes)
    info = (
        f"External-Identifier: {edition.state.id}\nPayload-Oxum: {bag.payload}.{count}\n"
        f"Bag-Software-Agent: {NAME} {program_version()}\n"
    )
    bag.put("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    bag.put("bag-info.txt", info.encode())
    bag.put("manifest-sha256.txt", bag.manifest(payload=True))
    bag.put("verify.py", verifier())
    bag.put("README.txt", _README.format(head=part.head).encode())
    bag.put("tagmanifest-sha256.txt", bag.manifest(payload=False))


def _payload(bag: Bag, edition: Edition, pages: list[LayerPage], part: LedgerPart) -> None:
    kept, state = edition.kept, edition.state
    source = f"source.{state.kind}"
    bag.put(f"data/source/{source}", kept.blob(state.id))
    bag.put("data/records.jsonl", part.records)
    bag.put("data/proofs.json", part.proofs)
    for name, data in sorted(part.anchors.items()):
        bag.put(f"data/anchors/{name}", data)
    for name, data in sorted(part.timestamps.items()):
        bag.put(f"data/timestamps/{name}", data)
    for blob in sorted(_blobs(part.records, state.id)):
        bag.put(f"data/blobs/{blob}.json", kept.blob(blob))
    for page in pages:
        bag.put(f"data/text/page-{page.number:04}.txt", page.text.encode())
        if page.page is not None:
            bag.put(f"data/images/page-{page.number:04}.png", kept.blob(page.page.image_sha256))
    bag.put("data/text.txt", PAGE_BREAK.join(page.text for page in pages).encode())
    bag.put(
        "data/document.pdf",
        b"".join(SearchablePdf(replace(edition, replaces_text=False, package_sha256=""))),
    )
    bag.put("data/provenance.json", _json(provenance(edition)))
    about = {"schema": SCHEMA, "id": state.id, "name": state.name, "kind": state.kind, "source": source}
    bag.put("data/document.json", _json(about))


def _blobs(records: bytes, document: str) -> set[str]:
    """The blobs that the records about a document name: readings, findings, published texts."""
    found: set[str] = set()
    for line in records.splitlines():
        record = json.loads(line)
        if record["payload"].get("document") == document and record["kind"] in (
            "page",
            "findings",
            "published",
        ):
            found.add(record["payload"]["blob"])
    return found


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
