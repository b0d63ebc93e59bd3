"""Blobs and recipes in an object store, by its fsspec URL. A store that does not answer is asked again, for a while."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from model.errors import ChamraError, MissingProgram, NoSpace, UsageError, WorkspaceError
from workspace.files import PIECE, FileLook, Pieces

T = TypeVar("T")

PROTOCOLS = ("s3",)
"""Stores that put a file there at once or not at all, and refuse a second writer."""

PATIENCE_SECONDS = 120.0
"""How long a store that does not answer is asked again."""

_LONGEST_WAIT = 10.0
_LIBRARIES = ("botocore", "aiobotocore", "aiohttp")
_SETTINGS = {
    "s3": {
        "config_kwargs": {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 1}},
        "default_block_size": 16 * PIECE,
    }
}
"""Of each kind of store: it is here that is waited, where it can be said."""

_HOPELESS = (
    "NoCredentials",
    "PartialCredentials",
    "ProfileNotFound",
    "InvalidRegion",
    "ParamValidation",
    "InvalidEndpoint",
)
"""What no waiting helps, by the beginnings of the errors' names."""

_logger = logging.getLogger("chamra.blobs")


class ObjectFiles:
    """Files in a bucket, below a prefix. What opens it (keys, endpoint) is taken from where its library looks, such as
    `AWS_ACCESS_KEY_ID` and `AWS_ENDPOINT_URL`, and never written down."""

    root: Path | None = None

    def __init__(self, url: str, *, patience: float = PATIENCE_SECONDS) -> None:
        """Nothing is asked of the store yet.

        Raises:
            UsageError: the URL names no store that can be used.
            MissingProgram: the library for it is not installed.
        """
        parts = urlsplit(url)
        if parts.scheme not in PROTOCOLS or not parts.netloc:
            raise UsageError(
                f"{without_secrets(url)} is no address of a blob store.",
                remedy="Give s3://BUCKET/PREFIX, or file:///FOLDER for a folder that all machines share.",
            )
        if parts.username or parts.password or parts.query:
            raise UsageError(
                "The address of a blob store holds no keys.",
                remedy="Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or use ~/.aws.",
            )
        self.name = url.rstrip("/")
        self._root = self.name.partition("://")[2]
        self._patience = patience
        self._system = _file_system(parts.scheme)

    def where(self, key: str) -> str:
        """Its URL."""
        return f"{self.name}/{key}"

    def read(self, key: str) -> bytes | None:
        """The content, None where there is no such file."""
        return self._found(key, lambda path: bytes(self._system.cat_file(path)))

    def pieces(self, key: str) -> Iterator[bytes] | None:
        """The content, a range at a time, so that an answer that breaks off is asked for again from there."""
        look = self.look(key)
        return None if look is None else self._ranges(key, look.size)

    def _ranges(self, key: str, size: int) -> Iterator[bytes]:
        for start in range(0, size, 16 * PIECE):
            end = min(start + 16 * PIECE, size)
            piece = self._found(key, partial(self._system.cat_file, start=start, end=end))
            if piece is None:
                return
            yield piece

    def write(self, key: str, content: Pieces) -> None:
        """Put this content there; until all of it has arrived nothing is to be seen."""

        def send(path: str) -> bool:
            file = self._system.open(path, "wb", autocommit=False)
            try:
                for piece in content():
                    file.write(piece)
                file.close()
                file.commit()
            except BaseException:
                file.closed = True  # or it would be sent after all when it is forgotten
                with suppress(Exception):
                    file.discard()
                raise
            return True

        self._done(key, send)

    def create(self, key: str, content: bytes) -> bool:
        """Put this content there unless there is a file; a store that knows no such condition is not used."""

        def send(path: str) -> bool:
            try:
                self._system.pipe_file(path, content, mode="create")
            except OSError as error:
                if _is_there(error):
                    return False
                raise
            return True

        return self._done(key, send)

    def look(self, key: str) -> FileLook | None:
        """Size, time and the store's own mark (ETag)."""
        return self._found(key, lambda path: _look(self._system.info(path)))

    def listing(self, folder: str) -> Iterator[tuple[str, FileLook]]:
        """All keys below a folder, by few requests."""
        found = self._found(folder, lambda path: self._system.find(path, detail=True)) or {}
        for path in sorted(found):
            yield path.removeprefix(f"{self._root}/"), _look(found[path])

    def move(self, old: str, new: str) -> None:
        """Copy it within the store, then remove it."""
        self._done(old, lambda path: self._system.cp_file(path, f"{self._root}/{new}"))
        self.remove(old)

    def remove(self, key: str) -> None:
        """Remove it; nothing where there is none."""
        self._found(key, self._system.rm_file)

    def alone(self) -> AbstractContextManager[None]:
        """Nobody can be kept out of a bucket; who writes at the same time, writes what is as good."""
        return nullcontext()

    def _found(self, key: str, act: Callable[[str], T]) -> T | None:
        """What the store answers, None where there is no such file."""
        try:
            return self._ask(key, act)
        except FileNotFoundError:
            return None

    def _done(self, key: str, act: Callable[[str], T]) -> T:
        """The same where something is written: what is missing then is the bucket."""
        try:
            return self._ask(key, act)
        except FileNotFoundError as error:
            raise self._useless(f"{self.where(key)} cannot be written: {_said(error)}") from error

    def _ask(self, key: str, act: Callable[[str], T]) -> T:
        """What the store answers.

        Raises:
            FileNotFoundError: that there is no such file.
            NoSpace: it may not be used.
            WorkspaceError: it cannot be used, or did not answer for so long.
        """
        path = f"{self._root}/{key}"
        end, wait = time.monotonic() + self._patience, 0.5
        while True:
            try:
                return act(path)
            except (FileNotFoundError, ChamraError):
                raise
            except PermissionError as error:
                raise NoSpace(
                    f"No permission to use {self.where(key)}: {_said(error)}.",
                    remedy="Give this account the right to read, write, list and delete there, or check its keys.",
                ) from error
            except Exception as error:
                if not _is_the_stores(error):
                    raise
                if _is_hopeless(error):
                    raise self._useless(f"{self.name} cannot be used: {_said(error)}") from error
                if time.monotonic() + wait > end:
                    raise WorkspaceError(
                        f"The blob store {self.name} does not answer: {_said(error)}; it was asked for "
                        f"{self._patience:.0f} s.",
                        remedy="Run the same command again when it does; what was finished is kept.",
                    ) from error
                _logger.warning(
                    "%s does not answer (%s); asked again in %.1f s", self.name, _said(error), wait
                )
                time.sleep(wait * random.uniform(0.75, 1.25))
                wait = min(2 * wait, _LONGEST_WAIT)

    def _useless(self, words: str) -> WorkspaceError:
        return WorkspaceError(
            f"{words}.",
            remedy="Check the bucket, AWS_ENDPOINT_URL and the account's keys; `chamra doctor` asks it again.",
        )


def without_secrets(url: str) -> str:
    """A URL as it may be shown: no user, no password, no parameters."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.scheme else url


def _file_system(protocol: str) -> Any:  # noqa: ANN401  fsspec has no types
    try:
        from fsspec import filesystem  # noqa: PLC0415  most workspaces are a folder

        return filesystem(protocol, use_listings_cache=False, **_SETTINGS[protocol])
    except ImportError as error:
        raise MissingProgram(
            f"The library for blob stores at {protocol}:// is not installed.",
            remedy="Install it beside Chamra: `.venv/bin/python -m pip install 's3fs>=2026.1'`.",
        ) from error


def _look(info: dict[str, Any]) -> FileLook:
    when = info.get("LastModified")
    seconds = when.timestamp() if isinstance(when, datetime) else 0.0
    return FileLook(int(info["size"]), seconds, str(info.get("ETag", "")))


def _is_there(error: OSError) -> bool:
    """True for a store's word that a file is there already, in the forms in which stores say it."""
    answer = getattr(error.__cause__, "response", {}).get("Error", {})
    return isinstance(error, FileExistsError) or answer.get("Code") in ("PreconditionFailed", "412")


def _is_the_stores(error: Exception) -> bool:
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in _LIBRARIES


def _is_hopeless(error: Exception) -> bool:
    return type(error).__name__.startswith(_HOPELESS)


def _said(error: BaseException) -> str:
    """What the library says, in one line."""
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
