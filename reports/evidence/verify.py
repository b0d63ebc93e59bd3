"""Verify an evidence package: python3 verify.py [--head HASH] [--log-key KEY] [--witness KEY] [--signers FILE]
[--ca FILE].

It needs Python 3.9 and nothing else; for --signers `ssh-keygen` of OpenSSH, for --ca and certificates `openssl`. It
says what is wrong, or that everything holds; exit status 0 only then. A package proves that its parts belong together,
and that its records stand in the ledger whose checkpoint the log has signed. What you trust you bring: --head, a hash
that an anchor, a time stamp or a printed report names; --log-key, the key of the log; --witness, the key of a witness
who must have signed the checkpoint; --signers, whose key is whose (ALLOWED SIGNERS of ssh-keygen(1)); --ca, the PEM
certificates of authorities for time stamps and for signers.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from reports.evidence.bag import bag, sha256
from reports.evidence.notes import note_proofs, note_signatures, note_text, root_of, seen_at
from reports.evidence.pdf_text import letters, pdf_texts

FIELDS = ("kind", "payload", "previous", "seq", "when")


def canonical(value: object) -> bytes:
    """A value as the ledger hashes it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def witnessed(proofs: dict[str, Any], keys: list[str], told: list[str]) -> Iterator[str]:
    """The signatures of witnesses under the checkpoint (C2SP tlog-cosignature), those whose keys are given."""
    note = proofs["checkpoint"]
    text = note.rpartition("\n\n")[0] + "\n"
    for key in keys:
        name = key.partition("+")[0]
        public, *found = note_proofs(note, key, 4) or [b""]
        held = list(filter(None, (seen_at(text, public, one) for one in found)))
        if held:
            moment = datetime.fromtimestamp(held[0], timezone.utc)  # noqa: UP017  Python 3.9
            told.append(f"the witness {name} has seen this ledger at {moment:%Y-%m-%d %H:%M:%S} UTC")
        else:
            yield f"the witness {name} has not signed the checkpoint"
    given = {key.partition("+")[0] for key in keys}
    others = [name for name, _ in note_signatures(note)[1:] if name not in given]
    if others:
        told.append(
            f"signatures of {', '.join(others)} under the checkpoint that only --witness KEY verifies"
        )
    elif not keys:
        told.append("no witness has signed the checkpoint")


def proven(
    root: Path, proofs: dict[str, Any], document: str, records: list[dict[str, Any]], key: str
) -> Iterator[str]:
    """The records stand in the ledger of the checkpoint that the log has signed; none of the document's is left out."""
    if key not in ("", proofs["key"]):
        yield "the checkpoint is signed by another key than the log's"
    origin, size, tree = note_text(proofs["checkpoint"], proofs["key"]).splitlines()
    expected, count = base64.b64decode(tree), int(size)
    hashes = {one["seq"]: one["sha256"] for one in proofs["proofs"]}
    for one in proofs["proofs"]:
        if root_of(bytes.fromhex(one["sha256"]), one["seq"] - 1, count, one["path"]) != expected:
            yield f"record {one['seq']} is not proven to stand in the ledger"
    for record in records:
        body = {name: value for name, value in record.items() if name != "sha256"}
        if set(body) != set(FIELDS) or sha256(canonical(body)) != record["sha256"]:
            yield f"record {record['seq']} does not have its hash"
        if hashes.get(record["seq"]) != record["sha256"]:
            yield f"record {record['seq']} is not one that is proven"
    if [one["payload"].get("workspace") for one in records[:1]] != [origin.partition("/")[2]]:
        yield "the checkpoint is of another ledger"
    listed = sha256(canonical([one["seq"] for one in records if one["payload"].get("document") == document]))
    if note_text(proofs["complete"], proofs["key"]) != f"{origin}/documents/{document}\n{size}\n{listed}\n":
        yield "these are not all records about the document"
    for path in sorted((root / "data/anchors").glob("*")):
        for line in path.read_text("utf-8").splitlines():
            anchor = json.loads(line)
            if (hashes.get(anchor["seq"]), origin.partition("/")[2]) != (anchor["head"], anchor["workspace"]):
                yield f"{path.name}: the ledger is not the one that was anchored at record {anchor['seq']}"


def statement_of(signed: dict[str, Any], page: dict[str, Any], content: dict[str, Any]) -> bytes:
    """What was signed with a sign-off, after it was compared with the page."""
    event, said, account = signed["payload"], signed["payload"]["statement"], content.get("account")
    facts = {
        "schema": "chamra/statement/1", "document": event["document"], "page": event["page"], "image": page["image"],
        "page_blob": page["blob"], "text_sha256": event["text_sha256"], "shown_sha256": event["text_sha256"],
        "policy": event["policy"], "who": {name: event["who"][name] for name in ("name", "account")},
        "account": None if account is None else sha256(canonical(account)),
        "says": "I have seen this page of this scan, and this is its text.",
    }  # fmt: skip
    wrong = [name for name, value in facts.items() if said.get(name) != value]
    if wrong:
        raise ValueError(f"the statement that was signed is about another {wrong[0]}")
    place = event["signature"].get("place")
    if place is None:
        return canonical(said)
    tree = root_of(canonical(said), place["index"], place["size"], place["path"])
    return canonical({"schema": "chamra/statements/1", "size": place["size"], "root": tree.hex()})


def signer(signed: dict[str, Any], message: bytes, asked: argparse.Namespace) -> Iterator[str]:
    """Why the signature of a sign-off is not that person's."""
    value, account = signed["payload"]["signature"]["value"], signed["payload"]["who"]["account"]
    with tempfile.TemporaryDirectory() as folder:
        sig, text, pem = (Path(folder) / name for name in ("sig", "text", "pem"))
        sig.write_text(value)
        text.write_bytes(message)
        if not value.startswith("-----BEGIN CMS-----"):
            command = ["ssh-keygen", "-Y", "verify", "-f", asked.signers, "-I", account, "-n", "page@chamra", "-s",
                       str(sig), f"-Overify-time={digits(signed)}Z"]  # fmt: skip
            if asked.signers and not ran(command, message)[0]:
                yield "the signature is not by a key that was this person's then"
            return
        at = int(datetime.fromisoformat(signed["when"][:19] + "+00:00").timestamp())
        trust = ["-CAfile", asked.ca, "-purpose", "any", "-attime", str(at)] if asked.ca else ["-noverify"]
        if not ran(["openssl", "cms", "-verify", "-binary", "-inform", "PEM", "-in", str(sig), "-content", str(text),
                    "-signer", str(pem), *trust])[0]:  # fmt: skip
            yield "the signature with a certificate is not of this text, or not one that --ca vouches for"
            return
        pem.write_bytes(ran(["openssl", "x509", "-in", str(pem), "-pubkey", "-noout"])[1])
        key = ran(["ssh-keygen", "-i", "-m", "PKCS8", "-f", str(pem)])[1].decode().strip()
        if asked.signers and not owned_a_key(account, digits(signed), asked.signers, key):
            yield "the signature is not by a key that was this person's then"


def ran(command: list[str], given: bytes = b"") -> tuple[bool, bytes]:
    """Whether a command says yes, and what it prints."""
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    return not done.returncode, done.stdout


def signature(
    root: Path, records: list[dict[str, Any]], asked: argparse.Namespace, told: list[str]
) -> Iterator[str]:
    """How the signature of a page is known: `told` hears it."""
    names = [one["payload"]["signoff"] for one in records if one["kind"] == "published"]
    if not names:
        return
    signed = {one["sha256"]: one for one in records}[names[-1]]
    event = signed["payload"]
    key = event.get("signature", {}).get("key")
    said = "claimed, not signed" if key is None else f"signed with the key {key}"
    if key is None and asked.signers and owned_a_key(event["who"]["account"], digits(signed), asked.signers):
        yield "is not signed, though that person had a key"
    if key is not None:
        read = [one for one in records if one["kind"] == "page" and one["seq"] < signed["seq"]][-1]["payload"]
        message = statement_of(signed, read, load(root, read["blob"]))
        said += "" if asked.signers else "; whose that is only --signers FILE tells"
        yield from signer(signed, message, asked)
    told.append(
        f"page {event['page']}: {event['who']['name']} ({event['who']['account']}), {signed['when']}: {said}"
    )


def digits(record: dict[str, Any]) -> str:
    """The time of a record as a list of signers has it."""
    return re.sub(r"[^0-9]", "", record["when"][:19])


def owned_a_key(account: str, when: str, signers: str, key: str = "") -> bool:
    """True when the list of signers has a key (this one) of that account which counted then."""
    for line in Path(signers).read_text("utf-8").splitlines():
        limits = {
            name: time.ljust(14, "0") for name, time in re.findall(r'valid-(after|before)="(\d+)', line)
        }
        if (
            key in line
            and account in line.split(" ")[0].split(",")
            and limits.get("after", "") <= when < limits.get("before", "9")
        ):
            return True
    return False


def stamps(root: Path, proofs: dict[str, Any], ca: str, told: list[str]) -> Iterator[str]:
    """The answers of a time-stamping authority, each about a record that is proven."""
    for path in sorted((root / "data/timestamps").glob("*.tsr")):
        seq = int(path.stem.partition("-")[2])
        head = next((one["sha256"] for one in proofs["proofs"] if one["seq"] == seq), "")
        command = ["openssl", "ts", "-verify", "-digest", head, "-in", str(path), "-CAfile", ca]
        if not ca:
            told.append(f"record {seq}: a time stamp that only --ca FILE verifies")
        elif subprocess.run(command, capture_output=True, check=False).returncode:
            yield f"{path.name}: the time stamp is not of record {seq}, or not by that authority"
        else:
            told.append(
                f"record {seq}: its time stamp holds; openssl ts -reply -text -in {path.name} shows it"
            )


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
    examined = [one["payload"] for one in past if one["kind"] == "findings"]
    examined = [one for one in examined if one["page_blob"] == read["blob"]]
    found = {one["id"]: one for one in load(root, examined[-1]["blob"])["proposals"]}
    for added in (one["payload"] for one in past if one["kind"] == "addition"):
        key = ("edit", added["reading_sha256"], added["rule"], str(added["start"]), str(added["end"]),
               added["after"] or "")  # fmt: skip
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


def verify(root: Path, given: argparse.Namespace, told: list[str]) -> Iterator[str]:
    """Yield what is wrong with the package in this folder; `told` hears what a reader must know besides."""
    yield from bag(root)
    document = json.loads((root / "data/document.json").read_text("utf-8"))
    lines = (root / "data/records.jsonl").read_text("utf-8").split("\n")
    records = [json.loads(line) for line in lines if line]
    proofs = json.loads((root / "data/proofs.json").read_text("utf-8"))
    yield from proven(root, proofs, document["id"], records, given.log_key)
    known = {one["sha256"]: one["seq"] for one in proofs["proofs"]}
    if given.head and given.head not in known:
        yield f"the ledger has no record {given.head}, or it is not proven here"
    mine = [one for one in records if one["payload"].get("document") == document["id"]]
    sources = [one["payload"] for one in mine if one["kind"] == "source"]
    data = (root / "data/source" / document["source"]).read_bytes()
    if not sources or sha256(data) != document["id"] or len(data) != sources[-1]["size"]:
        yield "the source file is not the one that was registered"
    if (document["name"], document["kind"]) not in [(one["name"], one["kind"]) for one in sources]:
        yield "document.json does not have a name under which the source was registered"
    numbers = sorted({number for one in sources for number in one["requested"]})
    texts = []
    for number in numbers:
        about = [one for one in mine if one["payload"].get("page") == number]
        try:
            texts.append((root / f"data/text/page-{number:04}.txt").read_bytes().decode())
            yield from (f"page {number}: {why}" for why in page(root, number, about, known))
            yield from (f"page {number}: {why}" for why in signature(root, about, given, told))
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            yield f"page {number}: {error}"
    if (root / "data/text.txt").read_bytes() != "\f".join(texts).encode():
        yield "text.txt is not the text of the pages"
    printed = sorted(letters(one) for one in texts if one.strip())
    if pdf_texts((root / "data/document.pdf").read_bytes()) != printed:
        yield "document.pdf does not have the text of the pages"
    told.append("provenance.json is a summary: only the records and their proofs are verified")
    yield from stamps(root, proofs, given.ca, told)
    yield from witnessed(proofs, given.witness, told)


def asked() -> argparse.Namespace:
    """What whoever verifies brings."""
    parser = argparse.ArgumentParser(
        description="Verify this evidence package. What you trust you bring.",
        epilog="Exit status 0 where everything holds, 1 where something is wrong.",
    )
    for option, says in (
        ("--head", "the hash of a record, from an anchor, a time stamp or a printed report"),
        ("--log-key", "the key of the log that must have signed the checkpoint"),
        ("--signers", "whose key is whose: a file as ssh-keygen(1) has it, ALLOWED SIGNERS"),
        ("--ca", "certificates of authorities for time stamps and signers: a PEM file"),
    ):
        parser.add_argument(option, default="", help=says)
    parser.add_argument(
        "--witness", action="append", default=[], help="the key of a witness who must have signed, too"
    )
    return parser.parse_args()


def main() -> int:
    """Verify the package in which this file lies, and say what was found."""
    given, notes = asked(), list[str]()
    try:
        problems = list(verify(Path(__file__).resolve().parent, given, notes))
    except (
        OSError,
        ValueError,
        ArithmeticError,
        LookupError,
        TypeError,
        AttributeError,
        RuntimeError,
    ) as error:
        problems = [f"the package is not whole: {type(error).__name__}: {error}"]
    sys.stdout.write("\n".join([*notes, *(problems or ["Everything holds."])]) + "\n")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
