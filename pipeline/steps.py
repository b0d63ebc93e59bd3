"""The steps of a run as plain functions, the same under Prefect and without it.

Every step may be killed at any line and run again: what it made is in the workspace under the hash of
everything it depends on, and is found there by the next run instead of being made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from correction.reliability import expected_errors
from dictionaries.known import known_with
from dictionaries.user import user_dictionary_files
from model.edit import Findings
from model.errors import (
    BadInput,
    ChamraError,
    DamagedBlob,
    DictionaryError,
    MissingProgram,
    NoSpace,
    PageError,
    WorkspaceError,
)
from model.page import FailedPage, Page, Reader
from ocr.engine import PageReader
from ocr.ensemble.combine import with_line_reader
from ocr.image.prepare import preparation_code, prepare
from ocr.select import select_reader
from ocr.source.limits import Limits
from ocr.source.rasterise import open_source
from pipeline.arrivals import record_refused
from pipeline.knowledge import knowledge
from pipeline.page_ranges import parse_pages
from pipeline.place_list import page_places
from pipeline.progress import Outcome, PageDone, Planned, tell
from pipeline.settings import Settings
from pipeline.source_pool import SourcePool
from reports.diff import write_diff
from review.carry import carry_over
from review.published import edition
from review.rejected_before import reject_as_before
from workspace.codec import decode_findings, decode_page
from workspace.store import recipe_key
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that was taken into the workspace, and the pages this run shall see to."""

    document: str
    name: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportDone:
    """A document's diff report: where it lies, or in words for the operator why there is none."""

    path: str = ""
    problem: str = ""


class Run:
    """What the steps of one run share: the workspace, the reader, the open source files."""

    def __init__(
        self,
        workspace: Workspace,
        reader: str | PageReader = "auto",
        settings: Settings | None = None,
        dictionaries: Sequence[Path] = (),
    ) -> None:
        self.workspace = workspace
        self.settings = settings or Settings()
        self.password: str | None = None
        self.knowledge = knowledge(
            [*user_dictionary_files(workspace.path / "dictionaries"), *dictionaries], self.settings.rules
        )
        self.limits = Limits(
            pages=self.settings.max_pages,
            pixels=self.settings.max_pixels,
            seconds=self.settings.page_seconds,
            memory_mb=self.settings.max_memory_mb,
            recognise_seconds=self.settings.recognise_seconds,
        )
        self.reader = (
            with_line_reader(
                select_reader(reader, self.limits, self.settings.quality), self.settings.second_reader
            )
            if isinstance(reader, str)
            else reader
        )
        self.sources = SourcePool(self.limits, keep=self.settings.jobs)

    def close(self) -> None:
        """End the child processes."""
        self.sources.close()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def admit(run: Run, path: Path, pages: str | None = None) -> Plan:
    """Take a source file into the workspace: its bytes, its name, the pages asked for.

    The run's password, if it has one, opens the file; it stays in memory and is never written.

    Raises:
        BadInput: not a file that can be read, with what to do about it.
        UsageError: `pages` asks for pages that the file does not have.
    """
    data = read_source(path)
    try:
        with open_source(path, password=run.password, limits=run.limits) as source:
            count, kind = source.page_count, source.kind
    except BadInput as error:
        record_refused(run.workspace, path, data, str(error))
        raise
    numbers = parse_pages(pages, count, path.name)
    document = run.workspace.register_source(path, data, kind, count, numbers)
    if run.password is not None:
        run.sources.remember_password(run.workspace.store.path(document), run.password)
    tell(Planned(document, path.name, len(numbers)))
    return Plan(document, path.name, numbers)


def read_source(path: Path) -> bytes:
    """The bytes of a source file.

    Raises:
        BadInput: there is no such file, it is no plain file, it may not be read, or it is empty.
    """
    try:
        if not path.is_file():
            what = (
                "is a folder"
                if path.is_dir()
                else "does not exist"
                if not path.exists()
                else "is no plain file"
            )
            raise BadInput(f"{path} {what}.", remedy="Name a PDF, TIFF, PNG or JPEG file.")
        data = path.read_bytes()
    except PermissionError:
        raise BadInput(f"{path} may not be read.", remedy="Ask for permission to read it.") from None
    if not data:
        raise BadInput(f"{path} is empty.", remedy="Copy it again; the copy may have been cut short.")
    return data


def work_page(run: Run, plan: Plan, number: int) -> PageDone:
    """See one page through: image, reading, findings; or record why it failed. Tells the listeners.

    A page that was done before with the same settings is kept. What goes wrong with the page itself is
    recorded and reported, never raised; what would go wrong with every page (no space, a damaged
    workspace or dictionary, no Tesseract) is raised.
    """
    done = _attempt_page(run, plan, number)
    tell(done)
    return done


def _attempt_page(run: Run, plan: Plan, number: int) -> PageDone:
    reason = ""
    for _ in range(run.settings.attempts):
        try:
            page, blob, outcome = _read_page(run, plan, number)
            findings = _find(run, page, blob)
        except PageError as error:
            reason = str(error)
            if not error.transient:
                break
        except (NoSpace, WorkspaceError, MissingProgram, DictionaryError):
            raise
        except ChamraError as error:
            reason = str(error)
            break
        except Exception as error:  # noqa: BLE001  one bad page, whatever is wrong with it, stops no book
            reason = f"{plan.name} page {number}: internal error: {type(error).__name__}: {error}"
        else:
            return PageDone(
                plan.document, plan.name, number, outcome, len(findings.proposals), len(findings.flags)
            )
    run.workspace.record_failed(FailedPage(plan.document, number, reason))
    return PageDone(plan.document, plan.name, number, Outcome.FAILED, reason=reason)


def _read_page(run: Run, plan: Plan, number: int) -> tuple[Page, str, Outcome]:
    """The page, the hash of its blob, and whether it was read now or before."""
    workspace = run.workspace
    key = recipe_key(
        step="read",
        document=plan.document,
        page=number,
        preparation=preparation_code(),
        reader=_identity(run.reader.reader),
    )
    kept = _kept_page(workspace, key)
    if kept is not None:
        return kept, workspace.record_page(kept, key), Outcome.KEPT
    with run.sources.borrow(workspace.store.path(plan.document), plan.name) as source:
        raster = source.page(number)
        image = workspace.store.put(raster.png)
        prepared = prepare(raster.png)
        readings = run.reader.read(source, number, prepared, raster.dpi)
    page = Page(
        document=plan.document,
        number=number,
        image_sha256=image,
        width=raster.width,
        height=raster.height,
        dpi=raster.dpi,
        quality=prepared.quality,
        readings=readings,
        preparation=prepared.preparation,
    )
    blob = workspace.record_page(page, key)
    return decode_page(workspace.store.get(blob)), blob, Outcome.READ


def _kept_page(workspace: Workspace, key: str) -> Page | None:
    """The page that was read with this recipe; None also where its image is gone, to be made again."""
    blob = workspace.store.recall(key)
    if blob is None:
        return None
    page = decode_page(workspace.store.get(blob))
    try:
        workspace.store.get(page.image_sha256)
    except DamagedBlob:
        return None
    return page


def _find(run: Run, page: Page, page_blob: str) -> Findings:
    workspace = run.workspace
    key = recipe_key(
        step="find",
        reading=page.reading.sha256,
        page=page_blob,
        ruleset=run.knowledge.ruleset,
        dictionaries=run.knowledge.dictionaries,
    )
    known = workspace.store.recall(key)
    if known is not None:
        findings = decode_findings(workspace.store.get(known))
    else:
        found = run.knowledge.find(page.reading, page.readings[1:])
        findings = replace(found, expected=expected_errors(page))
    workspace.record_findings(page.document, page.number, page_blob, findings, key)
    carry_over(workspace, page.document, page.number)
    return findings


def _identity(reader: Reader) -> dict[str, object]:
    return {"name": reader.name, "version": reader.version, "settings": dict(reader.settings)}


def finish(run: Run, document: str, name: str) -> ReportDone:
    """What comes after a document's last page: rejections that hold on, the diff report.

    What goes wrong with this document is told, not raised, so that the others get their reports; what would go
    wrong with each of them (no space, a damaged dictionary) is raised.
    """
    try:
        if not run.settings.ask_again:
            reject_as_before(run.workspace, document)
        return ReportDone(str(write_report(run.workspace, document)))
    except (NoSpace, DictionaryError):
        raise
    except ChamraError as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001  one document's report, whatever is wrong with it, stops no other's
        reason = f"internal error: {type(error).__name__}: {error}. Run `chamra audit` on the workspace."
    return ReportDone(
        problem=f"{name} ({document[:12]}): its report was not written: {reason} "
        "What was read and decided is kept; `chamra report` writes the report again."
    )


def write_report(workspace: Workspace, document: str, output: Path | None = None) -> Path:
    """Write the diff report of a document, by default into the workspace, and return its path."""
    found = edition(workspace, document)
    path = output or workspace.path / "reports" / f"{Path(found.state.name).stem}-{document[:12]}.html"
    known = known_with(user_dictionary_files(workspace.path / "dictionaries"))
    write_diff(found, workspace.store.get, path, lambda page: page_places(page, known))
    return path
