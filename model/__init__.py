"""The nouns of the project and its errors. Imports nothing of ours."""

from __future__ import annotations

import os

# Nothing about anybody's documents leaves the machine. Every process of ours imports this package before anything that
# reports to its maker, and hands the variables on to those that it starts.
os.environ |= {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime: model and machine, to Microsoft, from 1.29 on
    "DO_NOT_TRACK": "1",  # Prefect's client, and whoever keeps to the convention
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PYTHAINLP_OFFLINE": "1",  # no corpus is fetched: what is needed is installed,
    "PYTHAINLP_READ_ONLY": "1",  # and no folder is made for any
}
