"""Tesseract as a reader: its text, boxes and confidences."""

from __future__ import annotations

import os

# pytesseract hands its child this process's environment and has no parameter for another, so the variable is set once,
# before any module here runs. One thread a process: pages in parallel beat threads within a page by far.
os.environ["OMP_THREAD_LIMIT"] = "1"
