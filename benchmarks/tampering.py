"""What an auditor is told when somebody who owns the machine tampers with a workspace.

    .venv/bin/python -m benchmarks.tampering [--only WORDS] [--json]

Each tampering is done to a copy of an honest workspace, made by the program's own steps from the bundled
scan. The audit looks at the copy three times: *alone*; with the *anchors* and the list of signers that the auditor has
kept elsewhere; and with these while it reads the pages *again*. A tampering is

- found: a line of the audit that it does not say of the honest workspace says what was done and where;
- unclear: the audit calls something wrong, and does not say that;
- not found, or (two of them) harmless: no text stands on it.

Then come honest workspaces and texts: whatever is called an ERROR or a WARNING there is a false alarm.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from audit import ink, ink_watch
from audit.letters import ReadLetters
from audit.report_text import report_text
from audit.trust import NOTHING_BROUGHT, Trust
from benchmarks.tampering_acts import ACTS
from benchmarks.tampering_beside import BESIDE
from benchmarks.tampering_case import CaseKind, Scene, Tampering
from benchmarks.tampering_files import FILES, hold, read_another
from benchmarks.tampering_forged import FORGED
from benchmarks.tampering_house import House, build, copy
from benchmarks.tampering_insider import Insider
from benchmarks.tampering_quiet import QUIET
from benchmarks.tampering_records import RECORDS
from benchmarks.tampering_replayed import REPLAYED
from ledger.signing.allowed_signers import read_signers
from model.errors import ChamraError
from model.page import Page
from ocr.engine import PageReader
from ocr.source.rasterise import Raster
from ocr.source.textfile import decode_text
from pipeline.full_audit import full_audit
from pipeline.look_again import Reread
from pipeline.made_anew import Anew, PageOnRecord
from pipeline.settings import Settings
from workspace.workspace import Workspace

TAMPERINGS = (
    *RECORDS.cases,
    *FORGED.cases,
    *FILES.cases,
    *ACTS.cases,
    *BESIDE.cases,
    *REPLAYED.cases,
    *QUIET.cases,
)

WAYS = ("alone", "own", "again")
_SPEAKS = re.compile(r"^(ERROR|WARNING|NOTE) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AuditLines:
    """What an audit said: its findings, a line each, and whether everything holds."""

    lines: tuple[str, ...]
    holds: bool

    @property
    def alarms(self) -> tuple[str, ...]:
        """What is called wrong, or in need of somebody."""
        return tuple(line for line in self.lines if not line.startswith("NOTE "))


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """What became of a tampering in one way of auditing."""

    verdict: str
    told: AuditLines


def ask(scene: Scene, way: str, anew: Anew) -> AuditLines:
    """Audit a scene as an auditor would at the terminal."""
    trust = NOTHING_BROUGHT if way == "alone" else Trust((scene.anchors,), read_signers(scene.signers))
    try:
        with Workspace.open(scene.insider.path, readonly=True) as ws:
            chosen = [ws.find_document(scene.reference)] if scene.reference else None
            text = None if scene.text is None else decode_text(scene.text.read_bytes(), str(scene.text))
            chosen_again = {"alone": Reread.NONE, "own": Reread.NONE, "again": Reread.ALL}[way]
            report = full_audit(ws, chosen, text=text, trust=trust, reread=chosen_again, anew=anew)
    except ChamraError as error:
        return AuditLines((f"ERROR {error}",), holds=False)
    return AuditLines(
        tuple(line for line in report_text(report).splitlines() if _SPEAKS.match(line)), report.holds
    )


def judge(case: Tampering, told: AuditLines, honest: AuditLines) -> str:
    """Found, unclear, not found or harmless."""
    fresh = [line for line in told.lines if line not in honest.lines]
    clear = any(re.search(case.tells, line) for line in fresh) if case.tells else not fresh
    if case.kind is CaseKind.HARMLESS:
        return "harmless" if clear else "unclear"
    if case.kind is CaseKind.TOLD and (not told.holds or any(not line.startswith("NOTE ") for line in fresh)):
        return "unclear"
    if clear:
        return "found"
    spoken = told.holds is not honest.holds or any(not line.startswith("NOTE ") for line in fresh)
    return "unclear" if spoken else "not found"


class AnewOnce(Anew):
    """Makes every page image and reading once, however many copies of a page are audited."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._images: dict[tuple[str, int], Raster] = {}
        self._read: dict[tuple[str, int, str], Page] = {}

    def image(self, ws: Workspace, document: str, name: str, number: int) -> Raster:
        """The image of a document's page."""
        key = (document, number)
        if key not in self._images:
            self._images[key] = super().image(ws, document, name, number)
        return self._images[key]

    def page(self, ws: Workspace, page: PageOnRecord, reader: PageReader) -> Page:
        """The page as a reader reads it."""
        key = (page.document, page.number, repr(reader.reader))
        if key not in self._read:
            self._read[key] = super().page(ws, page, reader)
        return self._read[key]


def once_for_each_page() -> AbstractContextManager[object]:
    """The account of ink of one page and text is worked out once, however many copies of it are audited."""
    known: dict[str, list[str]] = {}

    def unaccounted(image: NDArray[np.uint8], read: ReadLetters, *parts: object) -> list[str]:
        arrays = b"".join(one.tobytes() for one in (image, read.edges, read.placed))
        key = hashlib.sha256(arrays + repr((read.text, parts)).encode()).hexdigest()
        if key not in known:
            known[key] = list(ink.unaccounted(image, read, *parts))  # type: ignore[arg-type]
        return known[key]

    return mock.patch.object(ink_watch, "unaccounted", unaccounted)


def scenes(house: House, folder: Path) -> Iterator[Callable[[], Scene]]:
    """Fresh copies of the honest workspace, one after the other."""
    number = 0
    while True:
        number += 1

        def fresh(own: Path = folder / str(number)) -> Scene:
            own.mkdir()
            copy(house.path, own / "archive")
            shutil.copy(house.anchors, own / "own-anchors.log")
            return Scene(house, Insider(own / "archive"), own / "own-anchors.log")

        yield fresh


def run(
    only: str, say: Callable[[str], None]
) -> tuple[dict[str, dict[str, CaseOutcome]], dict[str, list[str]]]:
    """Every tampering, by name and way, and what is called wrong of honest workspaces; with `only` the tamperings whose
    names have these words."""
    with tempfile.TemporaryDirectory(prefix="chamra-tampering-") as folder, ExitStack() as stack:
        house = build(Path(folder) / "house")
        stack.enter_context(once_for_each_page())
        anew = stack.enter_context(closing(AnewOnce(Settings())))
        fresh = scenes(house, Path(folder))
        honest = {way: ask(next(fresh)(), way, anew) for way in WAYS}
        found: dict[str, dict[str, CaseOutcome]] = {}
        for case in TAMPERINGS:
            if only not in case.name:
                continue
            scene = next(fresh)()
            source = house.path.with_name("inbox") / "scan.pdf"
            kept = source.read_bytes()
            case.do(scene)
            told = {way: ask(scene, way, anew) for way in WAYS}
            source.write_bytes(kept)
            found[case.name] = {
                way: CaseOutcome(judge(case, told[way], honest[way]), told[way]) for way in WAYS
            }
            say(f"{case.name:64}" + "".join(f"{found[case.name][way].verdict:>11}" for way in WAYS))
            shutil.rmtree(scene.folder)
        alarms: dict[str, list[str]] = {}
        for name, make in honest_cases().items() if not only else ():
            scene = next(fresh)()
            make(scene)
            said = [ask(scene, way, anew) for way in WAYS]
            alarms[name] = sorted({line for one in said for line in one.alarms})
            say(f"honest: {name:56}" + ("  nothing is called wrong" if not alarms[name] else "  FALSE ALARM"))
            shutil.rmtree(scene.folder)
    return found, alarms


def honest_cases() -> dict[str, Callable[[Scene], None]]:
    """Workspaces and texts with which nothing is wrong."""

    def text(change: Callable[[bytes], bytes]) -> Callable[[Scene], None]:
        return lambda scene: hold(scene, change(scene.house.text.read_bytes()))

    return {
        "as it is": lambda scene: None,
        "anchors of the auditor from before the newest work": _older_anchors,
        "another document read, signed and published since": lambda scene: read_another(scene, 5),
        "its text": text(lambda data: data),
        "its text with CRLF": text(lambda data: data.replace(b"\n", b"\r\n")),
        "its text with a byte order mark": text(lambda data: b"\xef\xbb\xbf" + data),
        "its text with a line end more": text(lambda data: data + b"\n"),
        "pages 2 and 3 of its text": text(lambda data: b"\f".join(data.split(b"\f")[1:3])),
    }


def _older_anchors(scene: Scene) -> None:
    lines = scene.anchors.read_text().splitlines(keepends=True)
    scene.anchors.write_text(lines[0])


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="tamperings whose names have these words")
    parser.add_argument("--json", action="store_true", help="print everything that was said as JSON")
    parser.add_argument("--say", action="store_true", help="print the lines of the audit, too")
    arguments = parser.parse_args()
    began = time.monotonic()
    found, alarms = run(
        arguments.only,
        lambda line: print(line, file=sys.stderr if arguments.json else sys.stdout, flush=True),
    )
    if arguments.json:
        told = {
            name: {way: {"verdict": one.verdict, "lines": one.told.lines} for way, one in ways.items()}
            for name, ways in found.items()
        }
        print(json.dumps({"tamperings": told, "false_alarms": alarms}, ensure_ascii=False))
        return 0
    for way in WAYS:
        verdicts = [ways[way].verdict for ways in found.values()]
        counts = ", ".join(
            f"{verdicts.count(one)} {one}" for one in ("found", "unclear", "not found", "harmless")
        )
        print(f"{way}: {counts} of {len(verdicts)}")
    print(f"honest: {sum(map(bool, alarms.values()))} false alarms of {len(alarms)}")
    for line in {line for lines in alarms.values() for line in lines}:
        print(f"  {line}")
    if arguments.say:
        for name, ways in found.items():
            print(f"\n{name}")
            for line in ways["again"].told.lines:
                print(f"  {line}")
    print(f"{time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
