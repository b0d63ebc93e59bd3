"""wire: Prefect flows, schedules, settings and the command line. The only place that imports Prefect."""

from __future__ import annotations

import os

import model  # noqa: F401  before Prefect: it keeps others from reporting what is done here
from ledger.disk import write_for_few
from model.log_lines import as_json

# Prefect reads its settings when it is imported, so they are made here, before any module of ours runs.
# The embedded server needs half a minute on an idle machine, and Prefect waits 20 seconds by default.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")
# It logs harmless "Error flushing" tracebacks when it ends.
os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
write_for_few()
if as_json():
    os.environ.setdefault("PREFECT_LOGGING_FORMATTERS_JSON_CLASS", "model.log_lines.JsonLines")
    os.environ.setdefault("PREFECT_LOGGING_FORMATTERS_JSON_FORMAT", "%(message)s")
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER", "json")
    os.environ.setdefault("PREFECT_LOGGING_COLORS", "false")
