"""In the worker process: another engine's output, parsed; and in the parent: the same, checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.errors import ChamraError
from ocr.imported.formats import known_formats, parse
from ocr.imported.parts import ImportedPage, ImportFormat, Rect, TextLine, TextRun
from ocr.sandbox.protocol import Answer, Handler, Refusal, Request

_LONGEST = 1000
"""Characters of a message that go into an answer."""


def handler(name: str) -> Handler:
    """Parses the file that a request names by `path`; errors call it `name`."""
    broken: ChamraError | None = None
    known: dict[str, ImportFormat] = {}
    try:
        known = known_formats()
    except ChamraError as error:
        broken = error

    def answer(request: Request) -> Answer:
        try:
            if broken is not None:
                raise broken
            form, found = parse(Path(request["path"]).read_bytes(), name, known)
        except ChamraError as error:
            facts = {"message": error.message[:_LONGEST], "remedy": error.remedy[:_LONGEST]}
            raise Refusal(type(error).__name__, **facts) from error
        header = {"form": form, "program": found.program[:_LONGEST], "version": found.version[:_LONGEST]}
        return header, b"\n".join(json.dumps(_page_object(page)).encode() for page in found.pages)

    return answer


def _page_object(page: ImportedPage) -> list[Any]:
    return [page.width, page.height, [[line.box, [[*_run(run)] for run in line.runs]] for line in page.lines]]


def _run(run: TextRun) -> tuple[str, Rect | None, float | None]:
    return run.text, run.box, run.confidence


def page_of(data: bytes) -> ImportedPage:
    """A page as a worker has written it.

    Raises:
        ValueError: it is none.
    """
    try:
        width, height, lines = json.loads(data)
        return ImportedPage(
            float(width),
            float(height),
            tuple(
                TextLine(
                    tuple(TextRun(_text(run[0]), _box(run[1]), _share(run[2])) for run in runs), _box(box)
                )
                for box, runs in lines
            ),
        )
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError("no page") from error


def _text(value: object) -> str:
    if not isinstance(value, str) or any("\ud800" <= one <= "\udfff" for one in value):
        raise ValueError("no text")
    return value


def _box(value: Any) -> Rect | None:  # noqa: ANN401  what another process says
    if value is None:
        return None
    left, top, right, bottom = (float(one) for one in value)
    if not (-1e9 < left <= right < 1e9 and -1e9 < top <= bottom < 1e9):
        raise ValueError("no box")
    return left, top, right, bottom


def _share(value: Any) -> float | None:  # noqa: ANN401  what another process says
    if value is None:
        return None
    if not 0.0 <= float(value) <= 1.0:
        raise ValueError("no confidence")
    return float(value)
