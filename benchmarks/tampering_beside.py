"""Tamperings with what lies beside the ledger: checkpoints, lists of signers, recipes, dictionaries, the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.tampering_case import Catalogue, Scene
from benchmarks.tampering_files import find_instead, honest_run, third
from benchmarks.tampering_forged import FALSE, TRUE
from benchmarks.tampering_house import make_key, read_into, register, tools, work_through
from benchmarks.tampering_insider import Insider, with_text
from ledger.canonical import canonical_json
from ledger.note import LOG, key_of, note_from, signed
from ledger.signing.allowed_signers import AllowedSigner, add_signer, end_signer, read_signers
from model.page import Page, Reader
from pipeline.read_page import reading_key
from review.ssh_keygen import SshPen
from workspace.codec import encode_page
from workspace.workspace import Workspace

BESIDE = Catalogue()

_LATER = r"NOTE \[anchor\] record \d+.*covered by no anchor"


def _checkpoints(insider: Insider) -> Path:
    return insider.anchors.with_name(f"{insider.anchors.name}.checkpoints")


@BESIDE("checkpoints cut off", r"WARNING \[anchor\] .*lacks a checkpoint")
def _cut_off(scene: Scene) -> None:
    path = _checkpoints(scene.insider)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:1]))


@BESIDE("checkpoints taken away", r"NOTE \[anchor\] .*no checkpoint")
def _taken_away(scene: Scene) -> None:
    _checkpoints(scene.insider).unlink()


@BESIDE("the newest checkpoint signed by another key", r"WARNING \[anchor\] .*key of the log")
def _other_log(scene: Scene) -> None:
    """The log's key is a file of the machine: who owns it makes another, and signs what they like."""
    path = _checkpoints(scene.insider)
    *before, last = path.read_text().splitlines()
    body = json.loads(last)
    secret = Ed25519PrivateKey.generate()
    note = note_from(body["note"])
    name = note.signatures[0].name
    body |= {"note": str(signed(note.text, secret, name)), "key": str(key_of(secret, name, LOG))}
    path.write_text("".join(f"{line}\n" for line in [*before, canonical_json(body).decode()]))


@BESIDE(
    "a stranger's key put on the list as Malee's, and signed with it", r"ERROR \[signoff\] .*none of malee's"
)
def _strangers_key(scene: Scene) -> None:
    path = scene.folder / "stranger"
    key = make_key(path, "malee")
    with Workspace.open(scene.insider.path, clock=scene.insider.clock()) as ws:
        add_signer(ws.signers, AllowedSigner(("malee",), key, datetime.fromisoformat(ws.ledger.at(1).when)))
        source, document = third(scene, 5)
        register(ws, source, 1, (1,))
        read_into(ws, document, source.name, 1)
        work_through(ws, document, SshPen(path))


@BESIDE(
    "Malee's key ended on the list, then signed without it", rf"ERROR \[signoff\] .*is not signed|{_LATER}"
)
def _ended(scene: Scene) -> None:
    with Workspace.open(scene.insider.path) as ws:
        (mine,) = read_signers(ws.signers).of("malee")
        end_signer(ws.signers, mine.key.fingerprint, datetime.fromisoformat(ws.ledger.head().when))
    insider = scene.insider
    row = insider.newest("signoff", 1, scene.house.scan)["payload"]
    bare = {name: value for name, value in row.items() if name not in ("statement", "signature", "version")}
    insider.append("signoff", {**bare, "ledger_head": insider.rows()[-1]["sha256"]})


@BESIDE(
    "the recipe of a page on record pointed elsewhere",
    r"ERROR \[page\] .*page 1: the recipe .* names another blob",
)
def _recipe(scene: Scene) -> None:
    insider = scene.insider
    page, row = insider.page(scene.house.scan, 1)
    insider.point_recipe(row["payload"]["key"], insider.put(encode_page(with_text(page, TRUE, FALSE))))


def _recipe_of_reading(change: Callable[[Page], Page], *, witnessed: bool = False) -> Callable[[Scene], None]:
    """A recipe that names a reading which was changed, then an honest run; of a page that has witness readings where it
    shall be `witnessed`."""

    def do(scene: Scene) -> None:
        insider, scan = scene.insider, scene.house.scan
        numbers = range(1, 6) if witnessed else (5,)
        number = next(n for n in numbers if not witnessed or len(insider.page(scan, n)[0].readings) > 1)
        source, document = third(scene, number)
        read = insider.page(scan, number)[0]
        mine = tuple(replace(one, page=1) for one in read.readings)
        page = change(replace(read, document=document, number=1, readings=mine))
        insider.point_recipe(reading_key(tools()[0], document, 1), insider.put(encode_page(page)))
        honest_run(scene, source)

    return do


def _sure(page: Page) -> Page:
    return replace(
        page,
        readings=tuple(
            replace(one, confidences=tuple(None if sure is None else 1.0 for sure in one.confidences))
            for one in page.readings
        ),
    )


BESIDE("a recipe that names a reading which is sure of everything", r"WARNING \[page\] .*confidence")(
    _recipe_of_reading(_sure)
)
BESIDE("a recipe that names a reading without its witnesses", r"WARNING \[page\] .*witness")(
    _recipe_of_reading(lambda page: replace(page, readings=page.readings[:1]), witnessed=True)
)


def _other_model(page: Page) -> Page:
    """What a reader with another model file would have made: it says so itself, by the hash of its parts."""
    false = with_text(page, TRUE, FALSE)
    settings = tuple(
        (name, "0" * 16 if name == "code" else value) for name, value in false.reading.reader.settings
    )
    base = replace(
        false.reading, reader=Reader(false.reading.reader.name, false.reading.reader.version, settings)
    )
    return replace(false, readings=(base, *false.readings[1:]))


BESIDE("another model read a page", r"(ERROR|WARNING) \[page\] .*page 1: read again it is another text")(
    _recipe_of_reading(_other_model)
)


@BESIDE(
    "a recipe that names findings without a flag",
    r"ERROR \[findings\] .*not on record, and the rules find it",
)
def _without_flags(scene: Scene) -> None:
    find_instead(scene, 1, lambda found, _: replace(found, flags=(), proposals=found.proposals[:-1]))


@BESIDE(
    "words of one's own put into the dictionaries",
    r"NOTE \[findings\] .*words of one's own|WARNING \[findings\]",
)
def _own_words(scene: Scene) -> None:
    scene.insider.add_word("mine.txt", "ฮีตสิบสองน้อย")


@BESIDE("the records hidden behind a view", r"ERROR \[guard\] .*view records")
def _view(scene: Scene) -> None:
    """What is read is a view, in which a decision is not there."""
    scene.insider.statement(
        "ALTER TABLE records RENAME TO kept",
        "CREATE VIEW records AS SELECT * FROM kept",
    )


@BESIDE("a guard put in again that guards nothing", r"ERROR \[guard\] .*records_refuse_delete")
def _hollow(scene: Scene) -> None:
    scene.insider.statement(
        "DROP TRIGGER records_refuse_delete",
        "CREATE TRIGGER records_refuse_delete BEFORE DELETE ON records BEGIN SELECT 1; END",
    )


@BESIDE("a diff report changed and recorded anew", rf"{_LATER}")
def _report_anew(scene: Scene) -> None:
    insider = scene.insider
    event = insider.newest("report", 0, scene.house.scan)["payload"]
    path = insider.path / "reports" / event["name"]
    path.write_text(path.read_text().replace("</h1>", " ๒</h1>", 1))
    insider.append("report", {**event, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()})


@BESIDE(
    "what was found on a page taken away",
    r"ERROR \[(page|findings|published)\] .*(is gone|missing)",
)
def _blob_gone(scene: Scene) -> None:
    insider = scene.insider
    insider.drop(insider.newest("findings", 2, scene.house.scan)["payload"]["blob"])
