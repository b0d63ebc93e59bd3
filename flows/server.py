"""A Prefect server that is not there, in our words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.exceptions import PrefectHTTPStatusError, TerminationSignal
from prefect.settings import get_current_settings

from model.errors import MissingProgram

_SECONDS = 10.0


@contextmanager
def server_errors() -> Iterator[None]:
    """Look whether the server that is set answers, and say in our words when it does not, now or later.

    Raises:
        MissingProgram: the server does not answer, or went away in the middle.
        KeyboardInterrupt: the run was ended by a signal that Prefect has caught.
    """
    url = get_current_settings().api.url or os.environ.get("PREFECT_API_URL", "")
    if url and not answers(url):
        raise _away(url)
    try:
        yield
    except (httpx.TransportError, PrefectHTTPStatusError) as error:
        raise _away(url) from error
    except TerminationSignal as signal:
        raise KeyboardInterrupt from signal


def answers(url: str) -> bool:
    """True when a Prefect server answers at this address of its API."""
    try:
        return httpx.get(f"{url.rstrip('/')}/health", timeout=_SECONDS).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _away(url: str) -> MissingProgram:
    return MissingProgram(
        f"No Prefect server answers at {url or 'its address'}.",
        remedy="Start it (`chamra up`), or take PREFECT_API_URL out of the environment. What was finished is kept.",
    )
