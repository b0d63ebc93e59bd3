"""Tamperings by appending: nothing is rewritten, and every record follows the chain."""

from __future__ import annotations

import shutil
from dataclasses import replace
from fractions import Fraction
from typing import Any

import cv2
import numpy as np

from audit.sampling.draw import BLOB_SCHEMA, choose
from audit.sampling.plans import LimitScheme
from benchmarks.tampering_case import Catalogue, Scene
from benchmarks.tampering_insider import Insider, sign_forged, with_text
from ledger.canonical import canonical_json
from model.decision import AppliedEdit
from model.edit import Edit, Proposal, Safety, Span, finding_id
from review.passwords import hashed
from workspace.password_file import PasswordFile
from workspace.workspace import Workspace

FORGED = Catalogue()

MALEE = {"account": "malee", "claimed": False, "known": "login", "name": "Malee"}
SOMCHAI = {**MALEE, "account": "somchai", "name": "Somchai"}
ANONG = {**MALEE, "account": "anong", "name": "Anong"}
BOON = {**MALEE, "account": "boon", "name": "Boon"}
NOBODY = {"account": "nobody", "claimed": True, "name": "Nobody"}

TRUE, FALSE = "2566", "2599"  # a year on page 1 of the sample

_LATER = r"NOTE \[anchor\] record \d+.*page [15]: .*signoff.*(Malee|Somchai).*covered by no anchor"
_UNSIGNED = rf"{_LATER}|ERROR \[signoff\] .*page [15]: .*(not signed|key|statement)"
_NOT_READ = r"ERROR \[page\] .*page 1: .*read again"
_SINCE = r"NOTE \[anchor\] record \d+.*covered by no anchor"


def false_reading(scene: Scene) -> None:
    """Append a reading in which a year is another, signed as Malee and published."""
    page, _ = scene.insider.page(scene.house.scan, 1)
    sign_forged(scene.insider, with_text(page, TRUE, FALSE), MALEE)


FORGED("a false reading signed as Malee", f"{_UNSIGNED}|{_NOT_READ}")(false_reading)


@FORGED("a false reading with a false image", rf"{_UNSIGNED}|ERROR \[image\] .*page 1")
def _false_image(scene: Scene) -> None:
    insider = scene.insider
    page, row = insider.page(scene.house.scan, 1)
    # A picture as it might be: the same page with a stroke of the pen more.
    image = insider.blob(row["payload"]["image"])
    other = insider.put(_painted(image))
    sign_forged(insider, replace(with_text(page, TRUE, FALSE), image_sha256=other), MALEE)


def _painted(png: bytes) -> bytes:
    grey = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert grey is not None
    grey[100:104, 100:400] = 0
    done, encoded = cv2.imencode(".png", grey)
    assert done
    return encoded.tobytes()


@FORGED("a false reading dated back", rf"{_UNSIGNED}|{_NOT_READ}|WARNING \[ledger\] record \d+.*clock")
def _back_dated(scene: Scene) -> None:
    page, _ = scene.insider.page(scene.house.scan, 1)
    first = scene.insider.rows()[0]["when"]
    sign_forged(scene.insider, with_text(page, TRUE, FALSE), MALEE, whens=first)


@FORGED("two pages exchanged", rf"{_UNSIGNED}|ERROR \[(image|page)\] .*page [15]")
def _pages_exchanged(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    first, fifth = insider.page(scan, 1)[0], insider.page(scan, 5)[0]
    for page, number in ((fifth, 1), (first, 5)):
        readings = tuple(replace(one, page=number) for one in page.readings)
        sign_forged(insider, replace(page, number=number, readings=readings), MALEE)


@FORGED("the names of two documents exchanged", r"WARNING \[source\] .*several names")
def _names_exchanged(scene: Scene) -> None:
    insider, house = scene.insider, scene.house
    scan, pair = (insider.newest("source", 0, one)["payload"] for one in (house.scan, house.pair))
    for one, other in ((scan, pair), (pair, scan)):
        insider.append("source", {**one, "name": other["name"]})
    insider.anchor()


@FORGED("a user made by nobody", r"ERROR \[user\] record \d+.*mallory.*no administrator")
def _user_by_nobody(scene: Scene) -> None:
    scene.insider.append("user", _user("mallory", "Mallory", ["reviewer"], NOBODY))


@FORGED("an operator raises himself", r"ERROR \[user\] record \d+.*boon.*no administrator")
def _raised(scene: Scene) -> None:
    event = _user("boon", "Boon", ["administrator", "reviewer"], BOON)
    scene.insider.append("user", {**event, "change": "roles"})


@FORGED("a user forged with a password in an administrator's name", _SINCE)
def _with_password(scene: Scene) -> None:
    credential = PasswordFile(scene.insider.path).put(hashed("the eighth bridge has no chalk"))
    event = _user("kanya", "Kanya", ["administrator", "reviewer"], ANONG)
    scene.insider.append("user", {**event, "credential": credential})


@FORGED("a user whose name looks like another's", r"WARNING \[user\] record \d+.*malee2.*looks")
def _homoglyph(scene: Scene) -> None:
    scene.insider.append("user", _user("malee2", "M\u0430lee", ["reviewer"], ANONG))


def _user(login: str, name: str, roles: list[str], who: dict[str, Any]) -> dict[str, Any]:
    return {
        "account": "", "change": "added", "credential": "", "enabled": True, "login": login, "name": name,
        "roles": sorted(roles), "who": who,
    }  # fmt: skip


@FORGED("the second person's withdrawal forged", rf"{_SINCE}|NOTE \[decision\] .*Somchai.*withdraw")
def _withdrawal(scene: Scene) -> None:
    insider = scene.insider
    made = [row["payload"] for row in insider.rows() if row["kind"] == "decision"]
    second = next(one for one in reversed(made) if one["who"]["account"] == "somchai")
    insider.append("decision", {**second, "verdict": "withdraw"})


@FORGED("another person's signature forged", _UNSIGNED)
def _other_signature(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    sign_anew(insider, scan, 1, SOMCHAI)


@FORGED("a policy of one's own and a SAFE change of a digit", r"ERROR \[published\] .*2566.*2599.*no policy")
def _own_policy(scene: Scene) -> None:
    insider = scene.insider
    page, _ = insider.page(scene.house.scan, 5)
    insider.append("policy", {"name": "safe-2", "text": "Years are mended, too.", "who": MALEE})
    text = page.reading.text
    at = text.index(TRUE)
    edit = Edit(Span(at, at + len(TRUE)), TRUE, FALSE)
    own = safe_change(page.reading.sha256, edit)
    base, _ = insider.findings(scene.house.scan, 5)
    found = replace(base, proposals=(own,), flags=())
    sign_forged(insider, page, MALEE, found=found, edits=(AppliedEdit(edit, own.id),), policy="safe-2")


def safe_change(reading_sha256: str, edit: Edit) -> Proposal:
    """A change of level SAFE as a rule about sara am would propose it."""
    return Proposal(
        id=finding_id(reading_sha256, "ENC101", edit.span, edit.after), rule="ENC101", rule_version=1,
        edit=edit, message="", evidence=(), confidence=1.0, safety=Safety.SAFE,
    )  # fmt: skip


@FORGED("a waiver forged", _SINCE)
def _waiver(scene: Scene) -> None:
    insider, house = scene.insider, scene.house
    old = insider.newest("decision", 2, house.pair)["payload"]
    source = insider.newest("source", 0, house.pair)["payload"]
    insider.append("source", {**source, "page_count": 2, "requested": [1, 2]})
    insider.append("failed", {**insider.newest("failed")["payload"], "page": 1, "reason": "it hung"})
    insider.append("decision", {**old, "page": 1, "note": "an empty page"})


@FORGED("forgery, then an honest anchor", f"{_UNSIGNED}|{_NOT_READ}")
def _anchored_after(scene: Scene) -> None:
    false_reading(scene)
    sign_anew(scene.insider, scene.house.scan, 2, MALEE)
    shutil.copy(scene.insider.anchors, scene.anchors)


def sign_anew(insider: Insider, document: str, number: int, who: dict[str, Any]) -> None:
    """Append a signature under the text of a page as it is published, publish it under that, and anchor it."""
    published = insider.newest("published", number, document)["payload"]
    signed = insider.newest("signoff", number, document)["payload"]
    head = insider.rows()[-1]["sha256"]
    signoff = insider.append("signoff", {**signed, "who": who, "ledger_head": head})
    blob = insider.blob(published["blob"]).replace(signed["ledger_head"].encode(), head.encode())
    insider.append("published", {**published, "blob": insider.put(blob), "signoff": signoff})
    insider.anchor()


@FORGED("a sample steered by a note", r"NOTE \[sample\] record \d+.*chosen by the ledger's head")
def _steered(scene: Scene) -> None:
    """Of some notes one gives a head that draws none of the places that shall not be looked at."""
    insider, scan = scene.insider, scene.house.scan
    made = next(row["payload"] for row in insider.rows() if row["kind"] == "decision")
    scheme = LimitScheme(Fraction(2, 100), Fraction(95, 100), 0)
    hidden = {(1, offset) for offset in range(70, 90)}
    with Workspace.open(insider.path, readonly=True) as ws:
        for number in range(20):
            insider.append("decision", {**made, "note": f"seen, {number}"})
            head = ws.ledger.head()
            lots, units = choose(ws, (scan,), scheme, head, head.sha256)
            if not hidden & {(one.page, one.offset) for one in units}:
                break
    rows = [[one.document, one.page, one.offset, one.character, one.stratum.value] for one in units]
    blob = insider.put(canonical_json({"schema": BLOB_SCHEMA, "units": rows}))
    told = [
        {"stratum": one.stratum.value, "lot": one.plan.lot, "size": one.plan.size, "accept": one.plan.accept}
        for one in lots
    ]
    event = {
        "documents": [scan], "seed": head.sha256, "scheme": scheme.words(), "lots": told, "blob": blob, "who": ANONG,
    }  # fmt: skip
    insider.append("sample", event)
