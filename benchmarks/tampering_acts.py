"""Tamperings with what people did: signatures used again, roles, policies, what was asked of them, pages hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from benchmarks.tampering_case import Catalogue, Scene
from benchmarks.tampering_files import hold, third
from benchmarks.tampering_forged import ANONG, MALEE
from benchmarks.tampering_house import read_into, register, work_through
from benchmarks.tampering_insider import Row, later, sign_forged
from ledger.canonical import canonical_json
from ledger.chain import filed_under
from workspace.workspace import Workspace

ACTS = Catalogue()

_OTHER = r"ERROR \[anchor\] .*names another record"
_LATER = r"NOTE \[anchor\] record \d+.*covered by no anchor"


@ACTS(
    "page images of two documents exchanged",
    r"ERROR \[image\] .*page 1: .*not what the source shows|ERROR \[signoff\]",
)
def _images(scene: Scene) -> None:
    insider, house = scene.insider, scene.house
    page, other = insider.page(house.scan, 1)[0], insider.page(house.pair, 1)[0]
    sign_forged(insider, replace(other, document=house.scan, image_sha256=other.image_sha256), MALEE)
    assert page.image_sha256 != other.image_sha256


@ACTS(
    "a source of five pages taken as one of three", r"ERROR \[source\] .*has 5 pages, and its record says 3"
)
def _hidden_pages(scene: Scene) -> None:
    path, _ = third(scene, 1, 2, 3, 4, 5)
    with Workspace.open(scene.insider.path, clock=scene.insider.clock()) as ws:
        document = register(ws, path, 3, (1, 2, 3))
        for number in (1, 2, 3):
            read_into(ws, document, path.name, number)
        work_through(ws, document)


@ACTS("the pages of a source in another order", r"ERROR \[(image|source|page)\] ")
def _reordered(scene: Scene) -> None:
    """The source's blob and name become those of a file with the same pages in another order."""
    insider, scan = scene.insider, scene.house.scan
    path, _ = third(scene, 2, 1, 3, 4, 5)
    insider.spoil(scan, lambda _: path.read_bytes())


@ACTS("a second text under the policy's name", r"ERROR \[decision\] record \d+.*another text")
def _policy(scene: Scene) -> None:
    scene.insider.append("policy", {"name": "safe-1", "text": "Whatever a rule is sure of.", "who": ANONG})


@ACTS("a decision put in between, hashed anew with its anchors", _OTHER)
def _put_in(scene: Scene) -> None:
    def change(rows: list[Row]) -> list[Row]:
        at = next(number for number, row in enumerate(rows) if row["kind"] == "decision")
        payload = {**rows[at]["payload"], "note": "looked at twice"}
        made = {**rows[at], "payload": payload, "when": rows[at]["when"], "sha256": "0" * 64}
        made["document"], made["page"] = filed_under(payload)
        return [*rows[: at + 1], made, *rows[at + 1 :]]

    scene.insider.rewrite(change, rehash=True, anchors=True)


@ACTS("an administrator's role written into the past", rf"{_OTHER}")
def _role(scene: Scene) -> None:
    def change(rows: list[Row]) -> list[Row]:
        for row in rows:
            if row["kind"] == "user" and row["payload"]["login"] == "boon":
                row["payload"]["roles"] = ["operator", "reviewer"]
        return rows

    scene.insider.rewrite(change, rehash=True, anchors=True)


@ACTS("published under the signature of another page", r"ERROR \[published\] .*page 1: .*without a sign-off")
def _under_another(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    other = insider.newest("signoff", 2, scan)
    insider.append(
        "published", {**insider.newest("published", 1, scan)["payload"], "signoff": other["sha256"]}
    )


@ACTS("published without a signature", r"ERROR \[published\] .*without a sign-off")
def _without(scene: Scene) -> None:
    insider = scene.insider
    old = insider.newest("published", 1, scene.house.scan)["payload"]
    insider.append("published", {**old, "signoff": insider.rows()[-1]["sha256"]})


@ACTS("a revoked signature used again", r"ERROR \[signoff\] .*used once more")
def _again(scene: Scene) -> None:
    insider, pair = scene.insider, scene.house.pair
    old = insider.newest("signoff", 1, pair)["payload"]
    head = insider.rows()[-1]["sha256"]
    signoff = insider.append("signoff", {**old, "ledger_head": head})
    published = insider.newest("published", 1, pair)["payload"]
    blob = insider.blob(published["blob"]).replace(old["ledger_head"].encode(), head.encode())
    insider.append("published", {**published, "blob": insider.put(blob), "signoff": signoff})
    insider.anchor()


def _appended(kind: str, make: Callable[[Scene], dict[str, object]]) -> Callable[[Scene], None]:
    def do(scene: Scene) -> None:
        scene.insider.append(kind, make(scene))

    return do


ACTS(
    "two signatures no longer asked for, in the administrator's name",
    r"NOTE \[signoff\] record \d+.*asked for 1",
)(
    _appended(
        "requirement",
        lambda scene: {
            "document": scene.house.scan,
            "signatures": 1,
            "keyed": False,
            "seeds": 0,
            "who": ANONG,
            "how": "terminal",
        },
    )
)
ACTS("lines looked at that nobody looked at", _LATER)(
    _appended(
        "looked",
        lambda scene: {
            "document": scene.house.scan,
            "page": 1,
            "lines": [1, 2, 3],
            "who": MALEE,
            "how": "browser",
            "text_sha256": scene.insider.newest("signoff", 1, scene.house.scan)["payload"]["text_sha256"],
        },
    )
)


@ACTS("two pages of the exported text exchanged", r"ERROR \[text\] .*page 1: .*not what was published")
def _text(scene: Scene) -> None:
    first, second, *rest = scene.house.text.read_bytes().split(b"\f")
    hold(scene, b"\f".join([second, first, *rest]))


@ACTS("a record filed in the name of a later day, hashed anew", r"(ERROR|WARNING) \[(ledger|anchor)\] ")
def _later_day(scene: Scene) -> None:
    def change(rows: list[Row]) -> list[Row]:
        rows[-1]["when"] = later(later(rows[-1]["when"]))
        return rows

    scene.insider.rewrite(change, rehash=True, anchors=True)


@ACTS(
    "a published text in an older form, without its reading",
    r"ERROR \[(published|signoff)\] |" + _LATER,
)
def _older_form(scene: Scene) -> None:
    """The first version does not name the reading that it is made from."""

    insider, scan = scene.insider, scene.house.scan
    event = insider.newest("published", 1, scan)["payload"]
    body = json.loads(insider.blob(event["blob"]))
    older = {name: value for name, value in body.items() if name not in ("reading_sha256", "page_blob")}
    blob = insider.put(canonical_json({**older, "schema": "chamra/published/1"}))
    insider.append("published", {**event, "blob": blob})
