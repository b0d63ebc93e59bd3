"""The evidence package as an object of the Oxford Common File Layout, OCFL 1.1 (https://ocfl.io/1.1/spec/), within a
storage root, in a ZIP archive: as repositories keep it.

The content of the object's one version is the package as it is everywhere, so its verifier runs where it lies.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping

from model.program import NAME, program_version
from model.publication import Edition
from reports.archive_file import add, zipped
from reports.evidence.package import Bag, fill, folder_of
from reports.text_layers import layer_pages

_CONTENT = "v1/content"


def ocfl_object(edition: Edition) -> Iterator[bytes]:
    """The archive in pieces.

    Raises:
        GateError: a page is neither published nor left out.
        DamagedBlob: something that was kept is missing or damaged.
    """
    pages = list(layer_pages(edition, "published"))
    part = edition.kept.ledger_part(edition.state.id)
    # Of the newest record: the same package is the same bytes.
    created = json.loads(part.records.splitlines()[-1])["when"]

    def put_all(archive: zipfile.ZipFile) -> None:
        place = folder_of(edition)
        add(archive, "0=ocfl_1.1", b"ocfl_1.1\n")
        add(archive, f"{place}/0=ocfl_object_1.1", b"ocfl_object_1.1\n")
        bag = Bag(archive, f"{place}/{_CONTENT}")
        fill(bag, edition, pages, part)
        listed = _inventory(edition.state.id, created, bag.hashes, bag.long_hashes)
        sidecar = f"{hashlib.sha512(listed).hexdigest()} inventory.json\n".encode()
        for folder in (place, f"{place}/v1"):
            add(archive, f"{folder}/inventory.json", listed)
            add(archive, f"{folder}/inventory.json.sha512", sidecar)

    yield from zipped(put_all)


def _inventory(document: str, created: str, short: Mapping[str, str], long: Mapping[str, str]) -> bytes:
    """The inventory of an object of one version; the digests name files by their content, equal ones together."""
    logical: dict[str, list[str]] = {}
    fixity: dict[str, list[str]] = {}
    for name in sorted(long):
        logical.setdefault(long[name], []).append(name)
        fixity.setdefault(short[name], []).append(f"{_CONTENT}/{name}")
    found = {
        "id": f"urn:sha256:{document}",
        "type": "https://ocfl.io/1.1/spec/#inventory",
        "digestAlgorithm": "sha512",
        "head": "v1",
        "manifest": {digest: [f"{_CONTENT}/{name}" for name in names] for digest, names in logical.items()},
        "versions": {
            "v1": {
                "created": created,
                "message": "The published text with its evidence.",
                "user": {"name": f"{NAME} {program_version()}", "address": f"urn:{NAME}:{program_version()}"},
                "state": logical,
            }
        },
        "fixity": {"sha256": fixity},
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
