"""What one run works with, put together in one place; the steps are handed the parts that they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dictionaries.user import user_dictionary_files
from ocr.engine import PageReader
from ocr.scratch import sweep_scratch
from ocr.select import select_reader
from pipeline.begun import Begun
from pipeline.budget import Budget
from pipeline.isolated import Isolated, recipe
from pipeline.knowledge import Knowledge, knowledge
from pipeline.progress import Listener, one_at_a_time, silent
from pipeline.read_page import PageReading
from pipeline.settings import Settings
from pipeline.source_pool import SourcePool
from pipeline.stopping import Stopping
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Run:
    """One run over any number of documents, by any number of threads. Close it when it ends.

    `tell` hands an event to whoever listens to this run, one event at a time.
    """

    workspace: Workspace
    settings: Settings
    reading: PageReading
    knowledge: Knowledge
    tell: Listener
    budget: Budget
    begun: Begun
    isolated: Isolated
    stopping: Stopping = field(default_factory=Stopping)

    def stop(self) -> None:
        """Let the run's threads begin nothing, and end the child processes at once, those at work too."""
        self.stopping.stop()
        self.reading.sources.kill()
        self.isolated.kill()

    def close(self) -> None:
        """End the child processes. The workspace is whoever's who opened it."""
        self.reading.sources.close()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_run(
    workspace: Workspace,
    reader: str | PageReader = "auto",
    settings: Settings | None = None,
    dictionaries: Sequence[Path] = (),
    *,
    password: str | None = None,
    listener: Listener = silent,
) -> Run:
    """A run with these settings; `dictionaries` are read beside the workspace's own.

    `password` opens encrypted files. It stays in the memory of this process and of those that it starts to open files
    and to see single pages through: it is never written or recorded.

    Raises:
        UsageError: there is no such reader, or a level is set that a rule cannot have.
        DictionaryError: a dictionary has a mistake; the message names the line.
    """
    settings = settings or Settings()
    sweep_scratch()
    files = [*user_dictionary_files(workspace.path / "dictionaries"), *dictionaries]
    sources = SourcePool(settings.limits(), keep=settings.jobs, password=password)
    return Run(
        workspace=workspace,
        settings=settings,
        reading=PageReading(_reader(reader, settings), sources, settings.unreadable),
        knowledge=knowledge(files, settings.rules),
        tell=one_at_a_time(listener),
        budget=Budget(settings.document_seconds),
        begun=Begun(workspace.path / "begun"),
        isolated=Isolated(recipe(workspace.path, reader, settings, dictionaries, password)),
    )


def _reader(reader: str | PageReader, settings: Settings) -> PageReader:
    if not isinstance(reader, str):
        return reader
    return select_reader(reader, settings.limits(), settings.quality, settings.second_reader)
