"""Source files into the workspace: which documents a run is about, and which pages of them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from ledger.events.source_refused import SourceRefused
from ledger.events.source_registered import SourceRegistered
from ledger.ledger import Ledger
from ledger.tries import tried
from model.errors import BadInput, ChamraError, Exit, UsageError
from pipeline.beneath import open_file
from pipeline.page_ranges import parse_pages
from pipeline.progress import Planned
from pipeline.run import Run
from pipeline.space import check_space
from workspace.sources import printable


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """A document that was taken into the workspace, and the pages this run shall see to."""

    document: str
    name: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefusedSource:
    """A source file that could not be taken, why, and the exit status of that."""

    path: Path
    reason: str
    exit: Exit


def admit_all(
    run: Run, paths: Sequence[Path], pages: str | None = None, beneath: Path | None = None
) -> tuple[list[DocumentPlan], list[RefusedSource]]:
    """Take every source that can be taken, each document once, and tell of it; say why for the others. With `beneath`
    they are files of that folder, and no links lead to them.

    Raises:
        NoSpace: the disk is full, or does not have what these files are likely to need.
        WorkspaceError: the workspace cannot be used.
    """
    check_space(run.workspace, paths, run.settings.min_free_mb)
    plans: dict[str, DocumentPlan] = {}
    refused: list[RefusedSource] = []
    for path in paths:
        run.stopping.check()
        try:
            plan = admit(run, path, pages, beneath=beneath)
        except (BadInput, UsageError) as error:
            refused.append(RefusedSource(path, printable(str(error)), error.exit_status))
            continue
        except ChamraError:
            raise
        except Exception as error:  # noqa: BLE001  one bad file, whatever is wrong with it, keeps none of the others out
            reason = f"{path}: internal error: {type(error).__name__}: {error}"
            refused.append(RefusedSource(path, printable(reason), Exit.NEEDS_A_PERSON))
            continue
        if plan.document not in plans:
            run.tell(Planned(plan.document, plan.name, len(plan.pages)))
        plans.setdefault(plan.document, plan)
    return list(plans.values()), refused


def admit(
    run: Run, path: Path, pages: str | None = None, name: str = "", *, beneath: Path | None = None
) -> DocumentPlan:
    """Take a source file into the workspace: its bytes, its name, the pages asked for.

    A file whose content was taken before is not opened again. `name` is what it is called, if not as it lies there.
    What was opened once is what is looked into and kept, whatever becomes of its name meanwhile.

    Raises:
        BadInput: not a file that can be read, with what to do about it.
        UsageError: `pages` asks for pages that the file does not have.
    """
    named = path.with_name(name) if name else path
    with opened(path, run.settings.max_bytes, beneath) as file:
        before = os.fstat(file.fileno())
        content = hashlib.file_digest(file, "sha256").hexdigest()
        known = run.workspace.ledger.newest(SourceRegistered, document=content)
        if known is not None:
            count, kind = known.event.page_count, known.event.kind
        else:
            count, kind = _look_into(run, file, named, name or str(path), content)
        numbers = parse_pages(pages, count, printable(named.name))
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise BadInput(
                f"{path} changed while it was being read.", remedy="Run again when it is complete."
            )
        document = run.workspace.register_source(named, file, kind, count, numbers)
    return DocumentPlan(document, printable(named.name), numbers)


def _look_into(run: Run, file: BufferedReader, named: Path, called: str, content: str) -> tuple[int, str]:
    """How many pages a file has and what it is; tried again where an accident may have been to blame. Errors call the
    file `called`: a copy in the quarantine lies where nobody has put it."""
    for attempt in range(1, run.settings.attempts + 1):
        try:
            with run.reading.sources.open(Path(f"/dev/fd/{file.fileno()}"), called) as source:
                return source.page_count, source.kind
        except BadInput as error:
            refused = error
            if not error.transient:
                break
            run.stopping.pause(run.settings.retry_seconds, attempt)
    record_refused(run.workspace.ledger, named, content, str(refused), transient=refused.transient)
    raise refused


def record_refused(ledger: Ledger, path: Path, content: str, reason: str, *, transient: bool = False) -> None:
    """Record that a file with a content of this SHA-256 could not be taken, so that nothing vanishes in silence.

    A refusal that nothing helps is recorded once; of the others each try is, until there were enough.
    """
    with ledger.writing() as batch:
        before = batch.newest(SourceRefused, document=content)
        tries, again = tried(before.event.tries if before is not None else None, transient=transient)
        event = SourceRefused(content, printable(path.name), printable(reason), tries, again)
        if before is None or (before.event.reason, before.event.tries, before.event.again) != (
            event.reason,
            event.tries,
            event.again,
        ):
            batch.append(event)


def opened(path: Path, most: int, beneath: Path | None = None) -> BufferedReader:
    """A source file, open to be read; its size is looked at before its content. With `beneath` it lies in that folder,
    and no link leads to it.

    Raises:
        BadInput: there is no such file, it is no plain file, may not be read, is empty, or has more than `most` bytes.
    """
    try:
        file = os.fdopen(open_file(path, beneath), "rb")
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist.", remedy=_NAME_ANOTHER) from None
    except PermissionError:
        raise BadInput(f"{path} may not be read.", remedy="Ask for permission to read it.") from None
    except OSError as error:
        reason = f"{path} cannot be read: {error.strerror or error}."
        raise BadInput(reason, remedy="Check its name, and the disk or share on which it lies.") from error
    unfit = _unfit(os.fstat(file.fileno()), most)
    if unfit:
        file.close()
        raise BadInput(f"{path} {unfit[0]}.", remedy=unfit[1])
    return file


_NAME_ANOTHER = "Name a PDF, TIFF, PNG or JPEG file."


def _unfit(status: os.stat_result, most: int) -> tuple[str, str] | None:
    """What is wrong with a file that needs no look into it, and what to do; None where nothing is."""
    if stat.S_ISDIR(status.st_mode):
        return "is a folder", _NAME_ANOTHER
    if not stat.S_ISREG(status.st_mode):
        return "is no plain file", _NAME_ANOTHER
    if status.st_size == 0:
        return "is empty", "Copy it again; the copy may have been cut short."
    if status.st_size > most:
        return too_large(status.st_size, most), "Split it, or raise CHAMRA_MAX_BYTES."
    return None


def too_large(size: int, most: int) -> str:
    """How a file of this many bytes is told of where at most so many are taken."""
    return f"has {size >> 20} MiB, more than the {most >> 20} MiB allowed"
