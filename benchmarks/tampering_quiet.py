"""Tamperings that change little: names, roles and accounts, records that nobody asked for, files cut short, readings
that say less than the page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace

from benchmarks.tampering_case import Catalogue, Scene
from benchmarks.tampering_forged import ANONG, BOON, MALEE, SOMCHAI
from benchmarks.tampering_insider import sign_forged
from model.page import Reading

QUIET = Catalogue()

_LATER = r"NOTE \[anchor\] record \d+.*covered by no anchor"


def _change_malee(scene: Scene, **changes: object) -> None:
    """A record of another user Malee, anchored."""
    insider = scene.insider
    one = next(row["payload"] for row in insider.rows() if row["payload"].get("login") == "malee")
    insider.append("user", {**one, **changes})
    insider.anchor()


def _decide(scene: Scene, who: Mapping[str, object]) -> None:
    """The newest decision of page 1 once more, by somebody else, anchored."""
    insider = scene.insider
    made = insider.newest("decision", 1, scene.house.scan)["payload"]
    insider.append("decision", {**made, "who": who})
    insider.anchor()


def _revoke(scene: Scene, who: Mapping[str, object]) -> None:
    """The revocation of page 1's newest signature."""
    signed = scene.insider.newest("signoff", 1, scene.house.scan)
    scene.insider.append(
        "revocation",
        {"document": scene.house.scan, "page": 1, "signoff": signed["sha256"], "reason": "wrong", "who": who,
         "how": "terminal"},
    )  # fmt: skip


@QUIET("anchors cut short", r"(WARNING|NOTE) \[anchor\] ")
def _short(scene: Scene) -> None:
    path = scene.insider.anchors
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


@QUIET("a user called otherwise since", rf"ERROR \[user\] |{_LATER}")
def _renamed(scene: Scene) -> None:
    user = scene.insider.newest("user")["payload"]
    scene.insider.append(
        "user", {**user, "login": "malee", "name": "Manee", "account": "", "change": "roles", "who": ANONG}
    )


@QUIET("a user's account given to somebody else", r"ERROR \[user\] ")
def _account(scene: Scene) -> None:
    _change_malee(scene, account="boon", change="roles", who=ANONG)


@QUIET("a user who gives himself a password", r"ERROR \[user\] ")
def _password(scene: Scene) -> None:
    _change_malee(scene, credential="0" * 64, change="password", who=BOON)


@QUIET("both people of a pair with one account", r"ERROR \[(decision|signoff|user)\] ")
def _pair(scene: Scene) -> None:
    _decide(scene, {**SOMCHAI, "account": "malee"})


@QUIET("a decision of a name that looks like another's", r"ERROR \[(decision|user)\] ")
def _lookalike(scene: Scene) -> None:
    _decide(scene, {**MALEE, "name": "M\u0430lee"})


@QUIET(
    "a line left out of a reading, with its ink",
    r"ERROR \[(ink|page|signoff)\] .*page 1: .*(read again|not signed|ink)",
)
def _less(scene: Scene) -> None:
    """The program's own reading of the page without its last line, signed as Malee."""
    insider = scene.insider
    page, _ = insider.page(scene.house.scan, 1)
    first = page.reading
    text = first.text.rstrip("\n").rpartition("\n")[0] + "\n"
    cut = Reading.of_text(text, first.reader, 1)
    sign_forged(insider, replace(page, readings=(cut,)), MALEE)


@QUIET("a revocation in the administrator's name", _LATER)
def _revoked(scene: Scene) -> None:
    _revoke(scene, ANONG)


@QUIET(
    "a revocation by somebody who may not", r"ERROR \[signoff\] .*role|ERROR \[signoff\] .*no administrator"
)
def _may_not(scene: Scene) -> None:
    _revoke(scene, BOON)
    scene.insider.anchor()


@QUIET("a publication of another document under a page's signature", r"ERROR \[published\] ")
def _elsewhere(scene: Scene) -> None:
    insider = scene.insider
    made = insider.newest("published", 1, scene.house.scan)["payload"]
    insider.append("published", {**made, "document": scene.house.pair})
    insider.anchor()


@QUIET("a requirement by somebody who may not ask", r"ERROR \[signoff\] .*role administrator")
def _required(scene: Scene) -> None:
    insider = scene.insider
    insider.append(
        "requirement",
        {"document": "", "signatures": 1, "keyed": False, "seeds": 0, "who": BOON, "how": "terminal"},
    )
    insider.anchor()


@QUIET("a unique index that lets nothing more be recorded", r"ERROR \[guard\] ")
def _unique(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.insider.ledger)) as connection:
        connection.execute(
            "CREATE UNIQUE INDEX once ON records (kind, document, page) WHERE kind = 'revocation'"
        )
        connection.commit()


@QUIET("a workspace that says its anchors lie nowhere", r"(ERROR|WARNING|NOTE) \[anchor\] ")
def _nowhere(scene: Scene) -> None:
    path = scene.insider.path / "workspace.json"
    settings = json.loads(path.read_text())
    path.write_text(json.dumps({**settings, "anchors": []}))


@QUIET("a page registered of which the source has none", r"ERROR \[source\] |ERROR \[page\] ")
def _beyond(scene: Scene) -> None:
    insider = scene.insider
    old = insider.newest("source", 0, scene.house.scan)["payload"]
    insider.append("source", {**old, "requested": [6], "page_count": 6})
    page = insider.newest("page", 5, scene.house.scan)["payload"]
    insider.append("page", {**page, "page": 6})
    insider.anchor()


@QUIET(
    "a signature dated before the reading that it is of", r"(ERROR|WARNING) \[(signoff|time|record|chain)\] "
)
def _before(scene: Scene) -> None:
    insider, scan = scene.insider, scene.house.scan
    signed = insider.newest("signoff", 1, scan)["payload"]
    insider.append("signoff", signed, when=insider.rows()[1]["when"])
    insider.anchor()
