"""What earlier scans have found out about the files of an inbox. Only a cache: the ledger says what was taken, and a
lost or damaged cache costs time and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ledger.disk import disk_errors, replace_file
from ledger.events.source_registered import SourceRegistered
from pipeline.finish import reported
from workspace.workspace import Workspace


class InboxMemory:
    """Which content a file had when it last looked so, and which contents are settled up to which record."""

    def __init__(self, workspace: Workspace) -> None:
        self._path = workspace.path / "inbox-seen.json"
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            known = {}
        known = known if isinstance(known, dict) else {}
        self._files: dict[str, Any] = _object(known.get("files"))
        self._settled: dict[str, Any] = _object(known.get("settled"))
        self._newest = workspace.ledger.newest_by_document()
        self._documents = {one.event.document for one in workspace.ledger.events(SourceRegistered)}
        self._reported = reported(workspace)
        self._now: dict[Path, str] = {}

    def content(self, path: Path, fingerprint: tuple[int, int, int, int] | None) -> str | None:
        """The SHA-256 that the file had when it last looked like this."""
        entry = self._files.get(str(path))
        if not isinstance(entry, list) or fingerprint is None or entry[:-1] != list(fingerprint):
            return None
        return str(entry[-1])

    def note(self, path: Path, fingerprint: tuple[int, int, int, int] | None, content: str) -> None:
        """Remember a file's content."""
        if fingerprint is not None:
            self._files[str(path)] = [*fingerprint, content]
            self._now[path] = content

    def saw(self, path: Path, content: str) -> None:
        """This file is there, and is what it was."""
        self._now[path] = content

    def is_settled(self, content: str) -> bool:
        """True when nothing was left to do for this content, and nothing was recorded about it since."""
        return content in self._settled and self._settled[content] == self._newest.get(content)

    def settle(self, content: str) -> None:
        """Nothing is left to do for this content, ever."""
        if content in self._newest:
            self._settled[content] = self._newest[content]

    def is_document(self, content: str) -> bool:
        """True when this content was taken."""
        return content in self._documents

    def has_report(self, content: str) -> bool:
        """True when there is a report of this document."""
        return content[:12] in self._reported

    def copies(self) -> tuple[tuple[Path, Path], ...]:
        """Files with the content of another that comes before them in the inbox, and that other."""
        first = self.contents()
        return tuple(
            (path, first[content]) for path, content in sorted(self._now.items()) if first[content] != path
        )

    def contents(self) -> dict[str, Path]:
        """The contents of the files that are there, each with the first file that has it."""
        first: dict[str, Path] = {}
        for path, content in sorted(self._now.items()):
            first.setdefault(content, path)
        return first

    def save(self) -> None:
        """Keep what is known of the files that are still there."""
        files = {str(path): self._files[str(path)] for path in self._now}
        contents = set(self._now.values())
        settled = {content: seq for content, seq in self._settled.items() if content in contents}
        data = json.dumps({"files": files, "settled": settled}).encode()
        with disk_errors(self._path):
            replace_file(self._path, data, self._path.parent / "incoming")


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
