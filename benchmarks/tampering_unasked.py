"""Tamperings with records that nobody asks for: what was looked at, put back, carried over; tokens, keys, defects."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.tampering_case import Catalogue, Scene
from benchmarks.tampering_forged import BOON, MALEE

UNASKED = Catalogue()

_GHOST = {"name": "Ghost", "account": "ghost", "claimed": False, "known": "login"}


def _append(scene: Scene, kind: str, payload: Mapping[str, object]) -> None:
    """A record more, anchored."""
    scene.insider.append(kind, payload)
    scene.insider.anchor()


def _about(scene: Scene, who: Mapping[str, object], **more: object) -> dict[str, object]:
    """What records about page 1 of the scan say."""
    return {"document": scene.house.scan, "page": 1, "who": who, "how": "browser", **more}


@UNASKED("a decision carried over from nothing, by nobody", r"ERROR \[decision\] .*page 1: .*no user then")
def _from_nothing(scene: Scene) -> None:
    made = scene.insider.newest("decision", 1, scene.house.scan)["payload"]
    _append(scene, "decision", {**made, "who": _GHOST, "how": "carried:before"})


@UNASKED("a decision carried over from one about something else", r"ERROR \[decision\] .*page \d+: .*else")
def _from_another(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    rows = [one for one in insider.rows() if one["kind"] == "decision" and one["document"] == scan]
    made = [
        one for one in rows if one["payload"]["finding"] and not one["payload"]["how"].startswith("policy:")
    ]
    origin, other = next(
        (one, other)
        for one in made
        for other in made
        if one["page"] == other["page"] and one["payload"]["finding"] != other["payload"]["finding"]
    )
    payload = {**origin["payload"], "finding": other["payload"]["finding"], "how": f"carried:{origin['seq']}"}
    _append(scene, "decision", payload)


@UNASKED("letters passed by an operator", r"ERROR \[(ledger|page)\] .*page 1: .*role reviewer")
def _passed(scene: Scene) -> None:
    page, _ = scene.insider.page(scene.house.scan, 1)
    spans = [[0, 1], [3, 4]]
    _append(scene, "letters-seen", _about(scene, BOON, reading_sha256=page.reading.sha256, spans=spans))


@UNASKED("lines drawn by lot looked at by an operator", r"ERROR \[(ledger|page)\] .*page 1: .*role reviewer")
def _looked(scene: Scene) -> None:
    signed = scene.insider.newest("signoff", 1, scene.house.scan)["payload"]
    _append(scene, "looked", _about(scene, BOON, text_sha256=signed["text_sha256"], lines=[0, 1]))


@UNASKED("a letter put back that an operator was shown", r"ERROR \[(ledger|page)\] .*page 1: .*role reviewer")
def _put_back(scene: Scene) -> None:
    page, _ = scene.insider.page(scene.house.scan, 1)
    first = page.reading.text[0]
    seed = _about(
        scene, BOON, reading_sha256=page.reading.sha256, start=0, before=first, shown="ฮ", outcome="caught"
    )
    _append(scene, "seed", seed)


@UNASKED("a token in another's name, given by an operator", r"ERROR \[ledger\] .*about a token of malee")
def _token(scene: Scene) -> None:
    token = {
        "token": "a" * 64, "login": "malee", "scopes": ["read", "upload"],
        "until": "2099-01-01T00:00:00.000000Z", "note": "archive", "who": BOON,
    }  # fmt: skip
    _append(scene, "token", token)


@UNASKED("one key on the list for two people", r"ERROR \[signoff\] .*one key is one person")
def _shared(scene: Scene) -> None:
    path = next(scene.insider.path.parent.glob("archive*signers*"))
    lines = path.read_text().splitlines()
    mine = next(one for one in lines if one.startswith("malee "))
    path.write_text("\n".join([*lines, mine.replace("malee ", "somchai ", 1)]) + "\n")


@UNASKED("a character called wrong that no inspection found", r"ERROR \[sample\] .*page 1: .*no inspection")
def _defect(scene: Scene) -> None:
    sha256 = scene.insider.rows()[-1]["sha256"]
    defect = {
        "document": scene.house.scan, "page": 1, "offset": 0, "character": "ก", "stratum": "untouched",
        "should_be": "ข", "note": "", "sample": sha256, "who": MALEE,
    }  # fmt: skip
    _append(scene, "defect", defect)
