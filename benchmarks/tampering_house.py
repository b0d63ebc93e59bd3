"""An honest workspace, made by the program's own steps, and who works in it: what every tampering begins with."""

from __future__ import annotations

import base64
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pikepdf

from ledger.signing.allowed_signers import AllowedSigner, add_signer, read_signers
from ledger.signing.ssh_signature import SshKey, key_from
from model.decision import Known, Who
from model.errors import GateError
from model.page import FailedPage
from model.user import Role
from ocr.select import select_reader
from pipeline.examine import examine
from pipeline.finish import finish
from pipeline.hand_on import handed_to
from pipeline.knowledge import Knowledge, knowledge
from pipeline.read_page import PageReading, read_page
from pipeline.settings import Settings
from pipeline.source_pool import SourcePool
from reports.exports import text
from review import users
from review.attest import Pen
from review.decide import accept_remaining, waive
from review.publish import publish
from review.published import edition
from review.rework import revoke
from review.sign import sign
from review.ssh_keygen import pen_of
from workspace.workspace import Workspace

SCAN = Path(__file__).parents[1] / "cli" / "sample" / "scan.pdf"

ROOT = Who("root", "root", claimed=True)
ANONG = Who("Anong", "anong", claimed=False, known=Known.LOGIN)
MALEE = Who("Malee", "malee", claimed=False, known=Known.LOGIN)
SOMCHAI = Who("Somchai", "somchai", claimed=False, known=Known.LOGIN)
BOON = Who("Boon", "boon", claimed=False, known=Known.LOGIN)

PASSWORD = "chalk over the seventh bridge"  # of every user of the benchmark's own workspace


class Clock:
    """Goes on by a second whenever somebody looks; begins a day ago."""

    def __init__(self, moment: datetime | None = None) -> None:
        self._now = moment or datetime.now(UTC) - timedelta(days=1)

    def __call__(self) -> datetime:
        """The time."""
        self._now += timedelta(seconds=1)
        return self._now


@dataclass(frozen=True, slots=True)
class House:
    """An honest workspace in `path`, an earlier state of it, the auditor's anchors, and its documents.

    `scan` has five pages, all published. `pair` has two: one was published and revoked, one failed and was left out.
    `text` is the published text of `scan` as it was given to the auditor.
    """

    path: Path
    earlier: Path
    anchors: Path
    scan: str
    pair: str
    text: Path


@cache
def tools() -> tuple[PageReading, Knowledge]:
    """The reader and the rules, loaded once."""
    settings = Settings()
    reader = select_reader("auto", settings.limits(), settings.quality, settings.second_reader)
    return PageReading(reader, SourcePool(settings.limits(), keep=2), settings.unreadable), knowledge()


def read_into(ws: Workspace, document: str, name: str, number: int) -> None:
    """Read and examine a page as `digitise` does."""
    reading, known = tools()
    read = read_page(ws, reading, document, name, number)
    under = handed_to(ws, document, number)
    examine(ws, known, read.page, read.blob, read.expected, under=under)


def register(ws: Workspace, path: Path, pages: int, requested: tuple[int, ...]) -> str:
    """Take a PDF into the workspace."""
    return ws.register_source(path, path.read_bytes(), "pdf", pages, requested)


def part_of_scan(target: Path, *pages: int) -> Path:
    """A PDF of these pages of the sample."""
    with pikepdf.open(SCAN) as scan, pikepdf.new() as part:
        part.pages.extend([scan.pages[number - 1] for number in pages])
        part.save(target, deterministic_id=True)
    return target


def build(folder: Path) -> House:
    """Make the honest workspace."""
    folder.mkdir(parents=True)
    path, inbox = folder / "archive", folder / "inbox"
    inbox.mkdir()
    shutil.copy(SCAN, inbox / "scan.pdf")
    pair_file = part_of_scan(inbox / "pair.pdf", 5, 4)
    with Workspace.open(path, create=True, clock=Clock()) as ws:
        users.add(ws, "anong", "Anong", [Role.ADMINISTRATOR, Role.AUDITOR], PASSWORD, ROOT)
        users.add(ws, "malee", "Malee", [Role.REVIEWER], PASSWORD, ANONG)
        users.add(ws, "somchai", "Somchai", [Role.REVIEWER, Role.SECOND_REVIEWER], PASSWORD, ANONG)
        users.add(ws, "boon", "Boon", [Role.OPERATOR], PASSWORD, ANONG)
        make_keys(ws, folder / "keys")
        scan = register(ws, inbox / "scan.pdf", 5, (1, 2, 3, 4, 5))
        for number in range(1, 6):
            read_into(ws, scan, "scan.pdf", number)
        finish(ws, scan, "scan.pdf", ask_again=False)
        work_through(ws, scan)
        earlier = folder / "earlier"
        copy(path, earlier)
        pair = register(ws, pair_file, 2, (1, 2))
        read_into(ws, pair, "pair.pdf", 1)
        ws.record_failed(FailedPage(pair, 2, "Tesseract took longer than 300 s"))
        waive(ws, pair, 2, "an empty back", MALEE)
        work_through(ws, pair)
        revoke(ws, pair, [1], "signed before the annex came", ANONG)
        given = folder / "scan.txt"
        given.write_bytes(published_text(ws, scan))
    anchors = folder / "auditor.anchors.log"
    shutil.copy(path.with_name(f"{path.name}.anchors.log"), anchors)
    shutil.copy(path.with_name(f"{path.name}.signers"), folder / "auditor.signers")
    return House(path, earlier, anchors, scan, pair, given)


def published_text(ws: Workspace, document: str) -> bytes:
    """The text of a document as `chamra export` writes it."""
    return "".join(text.pieces(edition(ws, document))).encode()


def work_through(ws: Workspace, document: str, pen: Pen | None = None) -> None:
    """Decide, sign and publish a document: Malee with her key, or `pen`, and Somchai decides, too, where it takes
    two."""
    accept_remaining(ws, document, MALEE)
    pen = pen or pen_of((ws.path / "malee.key").read_text(), "malee", read_signers(ws.signers))
    try:
        sign(ws, document, MALEE, pen=pen)
    except GateError:
        accept_remaining(ws, document, SOMCHAI)
        sign(ws, document, MALEE, pen=pen)
    publish(ws)


def make_keys(ws: Workspace, folder: Path) -> None:
    """A key for everybody who signs, on the list beside the workspace; where Malee's lies is written down in it."""
    folder.mkdir()
    (ws.path / "malee.key").write_text(str(folder / "malee"))
    since = datetime.now(UTC) - timedelta(days=30)
    for account in ("malee", "somchai"):
        add_signer(ws.signers, AllowedSigner((account,), make_key(folder / account, account), since))


def make_key(path: Path, account: str) -> SshKey:
    """A key in a file, and the public one."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", account, "-f", path], check=True)
    kind, blob, _ = path.with_suffix(".pub").read_text().split()
    return key_from(kind, base64.b64decode(blob))


def copy(source: Path, target: Path) -> None:
    """Copy a workspace with its anchors; blobs, which nobody changes in place, as links."""

    def place(one: str, other: str) -> None:
        if "/blobs/" in one:
            Path(other).hardlink_to(one)
        else:
            shutil.copy2(one, other)

    shutil.copytree(source, target, copy_function=place)
    for beside in ("anchors.log", "anchors.log.checkpoints", "signers"):
        shutil.copy2(source.with_name(f"{source.name}.{beside}"), target.with_name(f"{target.name}.{beside}"))
