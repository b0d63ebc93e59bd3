"""Settings that Prefect needs before it is imported. Import this module first."""

from __future__ import annotations

import os

# The embedded server needs half a minute on an idle machine, and Prefect waits 20 seconds by default.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")
# It logs harmless "Error flushing" tracebacks when it ends.
os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
# Nothing about anybody's documents leaves the machine.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
