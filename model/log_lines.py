"""Logs as one JSON object a line, for whoever collects them: when, how grave, from where, what, and of which run."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

SETTING = "CHAMRA_LOG"
"""Variable of the environment: `json` for one JSON object a line."""

_OF_RUN = ("flow_run_name", "flow_run_id", "task_run_name")


class JsonLines(logging.Formatter):
    """A record as a JSON object on one line. Logs name files and count; no text of a page stands in them."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        made: dict[str, object] = {
            "when": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        made |= {name: str(getattr(record, name)) for name in _OF_RUN if hasattr(record, name)}
        if record.exc_info:
            made["error"] = self.formatException(record.exc_info)
        return json.dumps(made, ensure_ascii=False)


def as_json() -> bool:
    """True where logs are asked for as JSON."""
    return os.environ.get(SETTING) == "json"


@contextmanager
def logging_to_standard_error() -> Iterator[logging.Handler]:
    """In this block what our own loggers say goes to standard error, one line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("chamra: %(message)s"))
    ours = logging.getLogger("chamra")
    before = ours.propagate
    ours.addHandler(handler)
    ours.propagate = False
    try:
        yield handler
    finally:
        ours.removeHandler(handler)
        ours.propagate = before
