"""Acceptance sampling in the browser: draw, inspect line by line, record. The same records as `chamra sample` makes."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from audit.sampling.draw import Sample, Stratum, draw_sample, read_sample
from audit.sampling.inspection import RIGHT, WRONG, record_inspection, verdict_file
from audit.sampling.plans import USUAL_LIMIT, IsoScheme, SampleUnit, percent, scheme_asked_for, scheme_of
from ledger.event import Entry
from ledger.events.inspected import Inspected
from ledger.events.sample_drawn import SampleDrawn
from model.errors import BadInput, GateError, UsageError
from model.state import Stage
from review.sample_lines import SampleLine, sample_lines
from review.web.authenticator import principal_of
from review.web.messages import catalogue
from review.web.overview import Overview
from review.web.pictures import ImagePlace, Pictures
from review.web.requests import BadRequest, Html, posted
from workspace.codec import decode_page
from workspace.workspace import Workspace

Body = dict[str, Any]
_LISTED = 100


class SamplePages:
    """The addresses of samples."""

    def __init__(self, ws: Workspace, overview: Overview, pictures: Pictures, html: Html) -> None:
        self._ws = ws
        self._overview = overview
        self._pictures = pictures
        self._html = html
        self._lines = lru_cache(maxsize=4)(self._lines_of)

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/samples", self.all),
            Route("/samples/{sample}", self.inspect),
            Route("/api/samples", posted(self.draw), methods=["POST"]),
            Route("/api/samples/{sample}", posted(self.record), methods=["POST"]),
            Route("/api/samples/{sample}/lines/{line:int}", self.picture),
        ]

    def all(self, request: Request) -> Response:
        """The samples that were drawn, with what came of each, and the form to draw another."""
        inspected: dict[str, Entry[Inspected]] = {}
        for entry in self._ws.ledger.events(Inspected):
            inspected[entry.event.sample] = entry
        drawn = list(self._ws.ledger.events(SampleDrawn))[-_LISTED:]
        published = [one for one in self._overview.documents() if one.stages.get(Stage.PUBLISHED, 0)]
        values = {
            "samples": [(one, inspected.get(one.sha256)) for one in reversed(drawn)], "published": published,
        }  # fmt: skip
        return self._html(request, "samples.html.j2", values)

    def draw(self, request: Request, body: Body) -> Response:
        """Draw a sample of the documents that are named, or of all that are published."""
        unit = {str(one): one for one in SampleUnit}.get(str(body.get("unit", SampleUnit.LINES)))
        usual = {"limit": USUAL_LIMIT[unit or SampleUnit.LINES], "confidence": "95%"}
        given = {name: body.get(name) or value for name, value in usual.items()}
        documents, defects = body.get("documents", []), body.get("defects", 0)
        named = isinstance(documents, list) and all(isinstance(one, str) for one in documents)
        if (
            unit is None
            or not named
            or type(defects) is not int
            or not all(isinstance(one, str) for one in given.values())
        ):
            raise BadRequest(
                "A sample names its documents, its unit, a limit, a confidence and how many may be wrong."
            )
        scheme = scheme_asked_for(given["limit"], given["confidence"], defects, None, "II", unit)
        entries = self._overview.documents(60.0)
        known = [one.id for one in entries if one.stages.get(Stage.PUBLISHED, 0)]
        chosen = [one for one in documents if one] or known
        if not set(chosen) <= {one.id for one in entries}:
            raise BadInput("The workspace has no such document.")
        drawn = draw_sample(self._ws, chosen, scheme, principal_of(request).who)
        return JSONResponse({"sample": drawn.id, "units": len(drawn.units)})

    def inspect(self, request: Request) -> Response:
        """The lines of a sample, one after the other."""
        sample, lines = self._lines(_sample(request))
        results = [one for one in self._ws.ledger.events(Inspected) if one.event.sample == sample.id]
        values = {
            "sample": sample, "lines": lines, "results": results,
            "by_line": any(lot.stratum is Stratum.LINE for lot in sample.lots),
            "minutes": max(1, round(len(lines) * self._overview.pace.line_seconds() / 60)),
        }  # fmt: skip
        return self._html(request, "sample.html.j2", values)

    def picture(self, request: Request) -> Response:
        """The line as scanned."""
        _, lines = self._lines(_sample(request))
        at = int(request.path_params["line"])
        if not 0 <= at < len(lines):
            raise BadInput("The sample has no such line.")
        line = lines[at]
        picture = self._pictures.of(line.page_blob, decode_page(self._ws.store.get(line.page_blob)))
        places = [] if picture is None else [box for one in line.spans if (box := picture.line(one))]
        if picture is None or not places:
            raise BadInput("There is no picture of that place.")
        lefts, tops, rights, bottoms = zip(*places, strict=True)
        place = ImagePlace(min(lefts), min(tops), max(rights), max(bottoms))
        if not picture.holds(place):
            raise BadInput("There is no picture of that place.")
        return Response(
            picture.cut(place), media_type="image/png", headers={"Cache-Control": "private, max-age=600"}
        )

    def record(self, request: Request, body: Body) -> Response:
        """Record what is wrong among the drawn characters, once every line was looked at."""
        sample, lines = self._lines(_sample(request))
        wrong, seen = _wrong(body, sample), body.get("seen")
        if seen != len(lines):
            raise GateError(
                f"Not every line of the sample was looked at: {seen} of {len(lines)}.",
                remedy="Look at every line.",
            )
        text = _filled_in(sample, wrong)
        found = record_inspection(self._ws, text, principal_of(request).who)
        return JSONResponse({"accepted": found.accepted, "record": found.record})

    def _lines_of(self, reference: str) -> tuple[Sample, tuple[SampleLine, ...]]:
        sample = read_sample(self._ws, reference)
        return sample, sample_lines(self._ws, sample)


def _sample(request: Request) -> str:
    reference = str(request.path_params["sample"])
    if len(reference) != 64 or not set(reference) <= set("0123456789abcdef"):
        raise UsageError("There is no such sample.")
    return reference


def _wrong(body: Body, sample: Sample) -> dict[int, tuple[str, str]]:
    """What should stand instead of each character that is wrong, and a note, by the character's number."""
    value = body.get("wrong")
    found: dict[int, tuple[str, str]] = {}
    for one in value if isinstance(value, list) else [None]:
        if not isinstance(one, list) or [type(part) for part in one] != [int, str, str]:
            raise BadRequest("What is wrong is named by its number, with what it should be and a note.")
        if not 1 <= one[0] <= len(sample.units):
            raise BadRequest("The sample has no such character.")
        found[one[0]] = (one[1], one[2])
    return found


def _filled_in(sample: Sample, wrong: dict[int, tuple[str, str]]) -> str:
    """The file of verdicts as somebody would have filled it in."""
    reader = csv.DictReader(io.StringIO(verdict_file(sample), newline=""))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or ())
    writer.writeheader()
    for row in reader:
        number = int(row["unit"])
        should_be, note = wrong.get(number, ("", ""))
        verdict = WRONG if number in wrong else RIGHT
        writer.writerow(row | {"verdict": verdict, "should_be": should_be, "note": note})
    return out.getvalue()


def scheme_words(words: str, language: str) -> str:
    """The scheme of a sample as it stands in the record, in the language of whoever looks."""
    try:
        scheme = scheme_of(words)
    except ValueError:
        return words
    said = catalogue(language)
    unit = said[f"sample_of_{scheme.unit}"]
    if isinstance(scheme, IsoScheme):
        return said["sample_scheme_iso"].format(unit=unit, aql=percent(scheme.aql / 100), level=scheme.level)
    shares = {"limit": percent(scheme.limit), "confidence": percent(scheme.confidence)}
    return said["sample_scheme_limit"].format(unit=unit, defects=scheme.defects, **shares)
