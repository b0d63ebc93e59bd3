"""Verify an evidence package: python3 verify.py [--head SHA256]. It needs Python 3.9 and nothing else.

Run it in the unpacked package. It says what is wrong, or that everything holds; exit status 0 only then. A package
proves that its parts belong together. That nobody has made all of it anew is shown by what others have kept of it: give
the hash that an anchor file, a time stamp or a printed report names as `--head`.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIELDS = ("kind", "payload", "previous", "seq", "when")


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    """A value as the ledger hashes it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def bag(root: Path) -> Iterator[str]:
    """BagIt (RFC 8493): every file is listed and has its hash, and no other file is there."""
    for manifest, folder in (("manifest-sha256.txt", "data"), ("tagmanifest-sha256.txt", "")):
        lines = [line.partition("  ") for line in (root / manifest).read_text("utf-8").splitlines()]
        listed = {name: expected for expected, _, name in lines}
        for name, expected in listed.items():
            path = root / name
            if not path.resolve().is_relative_to(root.resolve()) or not path.is_file():
                yield f"{name} is missing"
            elif sha256(path.read_bytes()) != expected:
                yield f"{name} was changed"
        found = (path for path in (root / folder).rglob("*") if path.is_file())
        names = {path.relative_to(root).as_posix() for path in found}
        if not folder:
            names = {one for one in names if not one.startswith("data/") and one != manifest}
        yield from (f"{name} was put in" for name in sorted(names - set(listed)))


def chain(root: Path, records: list[dict[str, Any]]) -> Iterator[str]:
    """Each record of the ledger carries the hash of the one before it; the anchors name records that are there."""
    previous, hashes = "0" * 64, {}
    for number, record in enumerate(records, 1):
        if (record["seq"], record["previous"]) != (number, previous):
            yield f"record {number} does not follow the one before it"
        if sha256(canonical({name: record[name] for name in FIELDS})) != record["sha256"]:
            yield f"record {number} does not have its hash"
        hashes[number] = previous = record["sha256"]
    for path in sorted((root / "data/anchors").glob("*")):
        for line in path.read_text("utf-8").splitlines():
            anchor = json.loads(line)
            if (
                anchor["workspace"] == records[0]["payload"]["workspace"]
                and hashes.get(anchor["seq"]) != anchor["head"]
            ):
                yield f"{path.name}: the ledger is not the one that was anchored at record {anchor['seq']}"


def replay(raw: str, edits: list[dict[str, Any]]) -> str:
    """The raw text with the edits applied."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda one: (one["start"], one["end"])):
        if edit["start"] < at or raw[edit["start"] : edit["end"]] != edit["before"]:
            raise ValueError("an edit does not fit the raw text")
        parts += [raw[at : edit["start"]], edit["after"]]
        at = edit["end"]
    return "".join([*parts, raw[at:]])


def unbacked(edit: dict[str, Any], finding: dict[str, Any] | None, made: list[dict[str, Any]]) -> str:
    """Why nobody who may stands behind an edit; empty where somebody does."""
    if finding is None:
        return "belongs to nothing that was found"
    people = {one["who"]["account"]: one for one in made if not one["how"].startswith("policy:")}
    standing = [one for one in people.values() if one["verdict"] != "withdraw"]
    texts = {"accept": finding["after"]}
    given = {one["after"] if one["verdict"] == "edit" else texts.get(one["verdict"]) for one in standing}
    if (edit["start"], edit["end"]) != (finding["start"], finding["end"]):
        return "is at another place than what was decided"
    if standing:
        enough = len(standing) >= finding.get("people", 1)
        return "" if given == {edit["after"]} and enough else "is not what people decided"
    by_policy = any(one["verdict"] == "accept" for one in made) and finding.get("safety") == "SAFE"
    return "" if by_policy and edit["after"] == finding["after"] else "was decided by nobody"


def page(root: Path, number: int, records: list[dict[str, Any]], heads: dict[str, int]) -> Iterator[str]:
    """The published text of one page follows from its image's reading and from what people decided and signed.

    `records` are those about the page, in order; `heads` says where in the ledger each record stands.
    """
    text = (root / f"data/text/page-{number:04}.txt").read_bytes()
    published = next((one for one in reversed(records) if one["kind"] == "published"), None)
    if published is None:
        about_page = [one for one in records if one["kind"] == "decision" and not one["payload"]["finding"]]
        if text or not about_page or about_page[-1]["payload"]["verdict"] != "waive":
            yield "was neither published nor left out"
        return
    signed = next((one for one in records if one["sha256"] == published["payload"]["signoff"]), None)
    if signed is None or signed["kind"] != "signoff" or signed["seq"] > published["seq"]:
        yield "was published without a signature"
        return
    if any(one["kind"] == "revocation" and one["payload"]["signoff"] == signed["sha256"] for one in records):
        yield "the signature was revoked"
    if heads.get(signed["payload"]["ledger_head"], signed["seq"]) >= signed["seq"]:
        yield "the signature names a state of the ledger that never was before it"
    blob = load(root, published["payload"]["blob"])
    past = [one for one in records if one["seq"] < signed["seq"]]
    read = [one for one in past if one["kind"] == "page"][-1]["payload"]
    content = load(root, read["blob"])
    raw = content["readings"][0]["text"]
    if blob.get("page_blob", "") not in ("", read["blob"]) or content["image_sha256"] != read["image"]:
        yield "was made from another reading than the one that was signed"
    if sha256((root / f"data/images/page-{number:04}.png").read_bytes()) != read["image"]:
        yield "the page image is not the one that was read"
    if sha256(text) != signed["payload"]["text_sha256"] or text.decode() != blob["text"]:
        yield "the text is not the one that was signed"
    if replay(raw, blob["edits"]) != blob["text"]:
        yield "the edits do not lead from the raw text to the published one"
    examined = [
        one for one in past if one["kind"] == "findings" and one["payload"]["page_blob"] == read["blob"]
    ]
    found = {one["id"]: one for one in load(root, examined[-1]["payload"]["blob"])["proposals"]}
    for added in (one["payload"] for one in past if one["kind"] == "addition"):
        key = (
            "edit",
            added["reading_sha256"],
            added["rule"],
            str(added["start"]),
            str(added["end"]),
            added["after"] or "",
        )
        found[sha256("\x1f".join(key).encode())[:16]] = added
    decided = [one["payload"] for one in past if one["kind"] == "decision"]
    for edit in blob["edits"]:
        made = [one for one in decided if one["finding"] == edit["finding"]]
        why = unbacked(edit, found.get(edit["finding"]), made)
        if why:
            yield f"the edit at {edit['start']} {why}"


def load(root: Path, name: str) -> dict[str, Any]:
    """Something that the ledger names by its hash."""
    data = (root / f"data/blobs/{name}.json").read_bytes()
    if sha256(data) != name:
        raise ValueError(f"data/blobs/{name}.json is not what its name says")
    found: dict[str, Any] = json.loads(data)
    return found


def pdf_texts(pdf: bytes) -> list[str]:
    """The invisible texts of a searchable PDF, sorted; the font's codes are the characters."""
    found = []
    for part in re.finditer(rb"\bstream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            content = zlib.decompress(part[1])
        except zlib.error:
            continue
        if content.startswith(b"q BT 3 Tr"):
            codes = b"".join(re.findall(rb"<([0-9A-F]+)> Tj", content)).decode()
            found.append(letters(bytes.fromhex(codes).decode("utf-16-be", "replace")))
    return sorted(found)


def letters(text: str) -> str:
    """The characters of a text that have codes of their own, without white space."""
    return "".join(
        one for one in text if not one.isspace() and not 0xD800 <= ord(one) <= 0xF8FF and ord(one) <= 0xFDCF
    )


def verify(root: Path, head: str = "") -> Iterator[str]:
    """Yield what is wrong with the package in this folder; `head`: a record that must be in its ledger."""
    yield from bag(root)
    document = json.loads((root / "data/document.json").read_text("utf-8"))
    records = [
        json.loads(line) for line in (root / "data/records.jsonl").read_text("utf-8").split("\n") if line
    ]
    yield from chain(root, records)
    heads = {one["sha256"]: one["seq"] for one in records}
    if head and head not in heads:
        yield f"the ledger has no record {head}"
    mine = [one for one in records if one["payload"].get("document") == document["id"]]
    sources = [one["payload"] for one in mine if one["kind"] == "source"]
    data = (root / "data/source" / document["source"]).read_bytes()
    if not sources or sha256(data) != document["id"] or len(data) != sources[-1]["size"]:
        yield "the source file is not the one that was registered"
    numbers = sorted({number for one in sources for number in one["requested"]})
    texts = []
    for number in numbers:
        about = [one for one in mine if one["payload"].get("page") == number]
        try:
            texts.append((root / f"data/text/page-{number:04}.txt").read_bytes().decode())
            yield from (f"page {number}: {why}" for why in page(root, number, about, heads))
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            yield f"page {number}: {error}"
    if (root / "data/text.txt").read_bytes() != "\f".join(texts).encode():
        yield "text.txt is not the text of the pages"
    if pdf_texts((root / "data/document.pdf").read_bytes()) != sorted(
        letters(one) for one in texts if one.strip()
    ):
        yield "document.pdf does not have the text of the pages"


if __name__ == "__main__":
    folder = Path(__file__).resolve().parent
    wanted = sys.argv[2] if sys.argv[1:2] == ["--head"] and len(sys.argv) == 3 else ""
    try:
        problems = list(verify(folder, wanted))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        problems = [f"the package is not whole: {type(error).__name__}: {error}"]
    sys.stdout.write("\n".join(problems or ["Everything holds."]) + "\n")
    sys.exit(bool(problems))
