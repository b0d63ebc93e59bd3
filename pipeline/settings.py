"""What an operator may set: each value by an environment variable `CHAMRA_NAME`, some by an option too."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ocr.sandbox.limits import Limits


class Settings(BaseSettings):
    """How a run works. Values that change what is read are hashed into the recipe of every page."""

    model_config = SettingsConfigDict(env_prefix="CHAMRA_", frozen=True, extra="ignore")

    jobs: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256)
    """Pages read at the same time."""
    dask: str = ""
    """Who works on pages instead of this process's threads: the address of a Dask scheduler, or `here` for processes of
    this machine."""
    attempts: int = Field(default=2, ge=1, le=10)
    """How often a page is tried before it is recorded as failed."""
    retry_seconds: float = Field(default=1.0, ge=0, le=600)
    """How long to wait before a page is tried again, about; four times as long before each further try, seconds."""
    max_bytes: int = Field(default=4 * 1024**3, ge=1)
    """Size of one source file, bytes."""
    max_pages: int = Field(default=5000, ge=1)
    """Pages that one file may have."""
    max_pixels: int = Field(default=100_000_000, ge=1)
    """Pixels that one page image may have."""
    max_memory_mb: int = Field(default=3072, ge=256)
    """Memory of the process that opens source files, MiB."""
    page_seconds: float = Field(default=120.0, gt=0)
    """Time in which a page must be rasterised, seconds."""
    recognise_seconds: float = Field(default=300.0, gt=0)
    """Time in which a page must be recognised, seconds."""
    document_seconds: float = Field(default=28_800.0, gt=0)
    """Work on the pages of one document in one run, all together, seconds; what is left waits for `chamra retry`."""
    quality: Literal["standard", "best"] = "standard"
    """How much work is put into a page image: with `best` every reader reads every line."""
    second_reader: Literal["doubtful", "all", "off"] = "doubtful"
    """Which lines Tesseract reads after the line reader: those that it is not sure of, all, or none. With `off` the
    other readers, too, read alone."""
    unreadable: float = Field(default=0.25, gt=0, le=1)
    """Share of a page's letters that may be wrong in expectation: from there on it cannot be read and must be scanned
    again. 1 takes every page."""
    rules: str = ""
    """Levels of rules, lower than their own: CODE=LEVEL with commas between them, a code or a family, review, flag or
    off."""
    ask_again: bool = False
    """Propose anew what was rejected before in the same words of the same document."""
    settle_seconds: float = Field(default=10.0, ge=0)
    """How long a file in the inbox must not have changed before it is taken, seconds."""

    inbox_files: int = Field(default=500, ge=1)
    """How many files one scan of the inbox takes; the next scan takes the next ones."""
    min_free_mb: int = Field(default=200, ge=0)
    """What must be free on the disk of the workspace besides what a run is likely to need, MiB."""

    def limits(self) -> Limits:
        """What one source file may cost."""
        return Limits(
            pages=self.max_pages,
            pixels=self.max_pixels,
            seconds=self.page_seconds,
            memory_mb=self.max_memory_mb,
            recognise_seconds=self.recognise_seconds,
        )
