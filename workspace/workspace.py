"""The workspace: a folder with a blob store, a ledger and the records that reading makes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ledger.anchors import Anchor, anchor_paths, append_anchor, newest_anchor
from ledger.chain import Link, Record
from ledger.checkpoint import SignedCheckpoint
from ledger.disk import not_allowed
from ledger.event import Entry, Event
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.inspected import Inspected
from ledger.events.page_failed import PageFailed
from ledger.events.page_read import PageRead
from ledger.events.reading_asked import ReadingAsked
from ledger.events.revoked import Revoked
from ledger.events.signed_off import SignedOff
from ledger.events.source_registered import SourceRegistered
from ledger.events.text_published import TextPublished
from ledger.ledger import Clock, Ledger, utc_now
from ledger.restore import restore
from ledger.tries import tried
from ledger.upgrade import UpgradeDone, upgrade_ledger
from model.edit import Findings
from model.errors import ChamraError, NoSpace, OlderFormat, RecordsLost, UsageError, WorkspaceError
from model.page import FailedPage, Page
from workspace import sources
from workspace.codec import decode_findings, decode_page, encode_findings, encode_page
from workspace.folder import (
    files_of,
    known_settings,
    ledger_place,
    make_folder,
    no_workspace,
    others_ledger,
    read_settings,
)
from workspace.log import log_key_path, write_checkpoint
from workspace.store import BlobStore

SIGNERS = "CHAMRA_SIGNERS"
"""Variable of the environment: the list of allowed signers, where it does not lie beside the workspace."""

PUT_BACK = (
    "An older copy of the ledger lies in its place: put the newer one back, or restore the newest backup into a new"
    " folder. If what came after is lost for good, move the anchor file and those beside it away, keep them, and go on."
)

ANCHORED: tuple[type[Event], ...] = (SignedOff, Revoked, Inspected, TextPublished)
"""Events that are anchored as soon as they stand: what others will rely on."""


class Workspace:
    """Everything about a set of documents. Several processes may use one workspace at once."""

    def __init__(
        self, path: Path, identity: str, store: BlobStore, ledger: Ledger, anchors: tuple[Path, ...]
    ) -> None:
        self.path = path
        self.id = identity
        self.store = store
        self.ledger = ledger
        self.anchors = anchors

    @classmethod
    def open(
        cls,
        path: Path | str,
        create: bool = False,
        *,
        joining: bool = False,
        readonly: bool = False,
        clock: Clock = utc_now,
        timeout: float = 30.0,
    ) -> Workspace:
        """Open the workspace in this folder, or make one there with `create`.

        `readonly` is for looking and auditing, also on storage that cannot be written. `joining`: what is made is
        another machine's workspace, whose ledger and blobs lie elsewhere. `timeout`: seconds to wait for another
        process that writes.

        Raises:
            WorkspaceError: not a workspace, damaged, locked, or of a newer version; `RecordsLost` where it is to be
                written and its ledger is older than an anchor of it.
            NoSpace: the disk is full, or this account may not use the folder.
        """
        folder = Path(path)
        settings = read_settings(folder)
        if settings is None:
            if not create or readonly:
                raise no_workspace(folder)
            settings = make_folder(folder, clock, timeout, joining=joining)
        anchors = anchor_paths(folder, settings.get("anchors"))
        if not readonly and not os.access(folder, os.W_OK | os.X_OK):
            raise not_allowed(folder)
        files = files_of(folder, settings, writable=not readonly)
        place = ledger_place(folder, settings)
        ledger = Ledger(place, readonly=readonly, clock=clock, timeout=timeout)
        if ledger.workspace != settings["id"]:
            ledger.close()
            raise others_ledger(ledger)
        store = BlobStore(folder, writable=not readonly, files=files)
        opened = cls(folder, settings["id"], store, ledger, anchors)
        if not readonly and (lost := opened.lost()):
            ledger.close()
            raise RecordsLost(lost, remedy=PUT_BACK)
        return opened

    def lost(self) -> str:
        """Which record that an anchor file names the ledger does not have, in words; empty where it has the newest one
        of each file. Whoever wrote on would make of an older copy of the ledger a second history."""
        for path in self.anchors:
            with suppress(
                NoSpace, WorkspaceError
            ):  # a file that cannot be read is told where it is to be written
                anchor = newest_anchor(path, self.id)
                head = self.ledger.head(lenient=True).seq
                if anchor is not None and anchor.seq > head:
                    return f"The ledger {self.ledger.name} ends at record {head}, and {path} names record {anchor.seq}."
                if anchor is not None and self.ledger.at(anchor.seq, lenient=True).sha256 != anchor.head:
                    return f"The ledger {self.ledger.name} has another record {anchor.seq} than {path} names."
        return ""

    def taking(self, work: str) -> AbstractContextManager[bool]:
        """True in the block for the one, of all who use this workspace anywhere, who does this work now; the lease
        dies with its process."""
        return self.ledger.leases(self.path / "leases").taking(f"{self.id} {work}")

    @property
    def signers(self) -> Path:
        """The list of allowed signers. It lies outside: who owns the workspace must not say whose key is whose."""
        folder = self.path.resolve()
        return Path(os.environ.get(SIGNERS) or folder.with_name(f"{folder.name}.signers"))

    @classmethod
    def open_to_look(cls, path: Path | str) -> Workspace:
        """Open the workspace for somebody who only looks: to write what is kept for the next look, where this
        account may write, the disk has room, nothing must be upgraded before and no record is lost; to read, where not.
        Raises as `open` does."""
        try:
            return cls.open(path, readonly=not os.access(path, os.W_OK | os.X_OK))
        except (OlderFormat, RecordsLost, NoSpace):
            return cls.open(path, readonly=True)

    @staticmethod
    def upgrade(path: Path | str, *, dry_run: bool = False) -> UpgradeDone:
        """Bring the workspace in this folder to the format of this program, or with `dry_run` say what is to be done.

        Raises:
            WorkspaceError: not a workspace, locked, damaged, or of a newer version.
            NoSpace: the disk is full, or this account may not use the folder.
        """
        folder = Path(path)
        return upgrade_ledger(ledger_place(folder, known_settings(folder)), dry_run=dry_run)

    @staticmethod
    def restore_ledger(path: Path | str, rows: Iterable[Mapping[str, Any]]) -> Link:
        """Make the lost ledger of the workspace in this folder from the records of an export.

        Returns:
            The newest record's number and hash.

        Raises:
            WorkspaceError: not a workspace, or its ledger is there.
            BadInput: the records are no sound chain, or are another workspace's.
        """
        folder = Path(path)
        settings = known_settings(folder)
        return restore(ledger_place(folder, settings), rows, settings["id"])

    def close(self) -> None:
        """Let go of the database."""
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def register_source(
        self, path: Path, data: bytes | BufferedReader, kind: str, page_count: int, requested: Sequence[int]
    ) -> str:
        """Keep a source file, its bytes or the open file, and record that these pages of it were asked for.

        `kind` is what the file is ("pdf", "tiff", ...), pages count from 1. Asking again for what was
        asked for already records nothing.

        Returns:
            The document's id: the SHA-256 of its content.
        """
        document = self.store.put(data) if isinstance(data, bytes) else self.store.put_file(data)
        size = len(data) if isinstance(data, bytes) else os.fstat(data.fileno()).st_size
        wanted = tuple(sorted(set(requested)))
        name = sources.spoken(path).rpartition("/")[2]
        event = SourceRegistered(document, name, kind, size, page_count, wanted)

        def recorded(among: Iterable[Entry[SourceRegistered]]) -> bool:
            before = [entry.event for entry in among]
            asked = {number for one in before for number in one.requested}
            same = any(replace(one, requested=wanted, path=None) == event for one in before)
            return same and asked.issuperset(wanted)

        # What is recorded stays so: nobody has to be kept from writing to see that.
        if not recorded(self.ledger.events(SourceRegistered, document=document)):
            with self.ledger.writing() as batch:
                if not recorded(batch.events(SourceRegistered, document=document)):
                    batch.append(event)
        return document

    def record_page(self, page: Page, key: str) -> str:
        """Keep a page that was read under this recipe and record it.

        Returns:
            The hash of the page's blob. It is another process's where that was first with this recipe.
        """
        if page.image_sha256 and not self.store.has(page.image_sha256):
            raise WorkspaceError(
                f"The image of page {page.number} of {page.document[:16]} is not in the store.",
                remedy="Put the image there before the page.",
            )
        own = self.store.put(encode_page(page))
        blob = self.store.remember(key, own)
        if blob != own:
            first = decode_page(self.store.get(blob))
            if (first.document, first.number) != (page.document, page.number):
                raise _shared_recipe(key)
        reader = str(page.reading.reader)
        self._record_new(PageRead(page.document, page.number, blob, page.image_sha256, reader, key))
        return blob

    def record_failed(self, failed: FailedPage, *, transient: bool = False) -> None:
        """Record that a page could not be read and why; `transient` where another try may help.

        A failure that nothing helps is recorded once; of the others each try is, until there were enough. When somebody
        has asked for another try, that is recorded, and its tries are counted anew.
        """
        with self.ledger.writing() as batch:
            kinds = (PageFailed, PageRead, ReadingAsked)
            newest = batch.newest(kinds, document=failed.document, page=failed.number)
            before = newest.event if newest is not None else None
            count = before.tries if isinstance(before, PageFailed) else None
            tries, again = tried(count, transient=transient)
            event = PageFailed(failed.document, failed.number, failed.reason, tries, again)
            if before != event:
                batch.append(event)

    def record_findings(
        self, document: str, number: int, page_blob: str, findings: Findings, key: str
    ) -> str:
        """Keep what the rules found on the page with this blob and record it.

        Returns:
            The hash of the findings' blob. It is another process's where that was first with this recipe.
        """
        own = self.store.put(encode_findings(findings))
        blob = self.store.remember(key, own)
        if blob != own:
            first = decode_findings(self.store.get(blob))
            if first.reading_sha256 != findings.reading_sha256:
                raise _shared_recipe(key)
        self._record_new(
            FindingsRecorded(document, number, page_blob, blob, findings.ruleset, findings.dictionaries, key)
        )
        return blob

    def find_document(self, reference: str) -> str:
        """The id of the document that is meant by a path, a name, an id or the unique beginning of one.

        Raises:
            BadInput: it means none or several, or the file has changed since it was read.
        """
        known = [
            sources.KnownSource(one.event.document, one.event.name, one.event.place)
            for one in self.ledger.events(SourceRegistered)
        ]
        return sources.find(reference, known)

    def anchor(self) -> Anchor | None:
        """Write the newest record that must not be lost to every anchor file that does not have it yet, and the
        log's checkpoint up to it beside that.

        Called at each sign-off, revocation and inspection, before publishing and after it, so that a crash
        between the two is healed. One anchor file that cannot be written keeps none of the others from it.

        Returns:
            The anchor of the newest such record, None when there is none.

        Raises:
            NoSpace: an anchor file may not be written.
        """
        newest = self.ledger.newest(ANCHORED)
        return None if newest is None else self.anchor_record(newest)

    def anchor_record(self, one: Entry[Event] | Record) -> Anchor:
        """Write a record, or an event's, to every anchor file that has none so new; raises as `anchor` does."""
        anchor = Anchor(self.id, one.seq, one.sha256, one.when)
        troubles: list[ChamraError] = []
        for path in self.anchors:
            try:
                known = newest_anchor(path, self.id)
                if known is None or known.seq < anchor.seq:
                    append_anchor(path, anchor)
                write_checkpoint(self.ledger, self.id, log_key_path(self.path), path, anchor.seq)
            except ChamraError as error:
                troubles.append(error)
        if troubles:
            raise troubles[0]
        return anchor

    def checkpoint(self) -> SignedCheckpoint:
        """The log's checkpoint of all records, written beside every anchor file that has none so large.

        Raises:
            UsageError: the workspace names no anchor file.
            NoSpace, WorkspaceError: as `write_checkpoint`.
        """
        if not self.anchors:
            raise UsageError(
                "The workspace names no anchor file.", remedy='Add one to "anchors" in workspace.json.'
            )
        size, key = self.ledger.head().seq, log_key_path(self.path)
        made = [write_checkpoint(self.ledger, self.id, key, path, size) for path in self.anchors]
        return made[0]

    def _record_new(self, event: PageRead | FindingsRecorded) -> None:
        """Append an event unless the newest of its kind about this page says the same."""
        with self.ledger.writing() as batch:
            newest = batch.newest(type(event), document=event.document, page=event.page)
            if newest is None or newest.event != event:
                batch.append(event)


def _shared_recipe(key: str) -> WorkspaceError:
    return WorkspaceError(
        f"The recipe {key} has made something else before.",
        remedy="This is a mistake of the program: a recipe must name all that its outcome depends on.",
    )
