"""An auditor's verdicts on a sample: read from a filled-in file, recorded, judged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audit.sampling.draw import INSPECTORS, Lot, Sample, Stratum, Unit, read_sample
from audit.sampling.plans import Scheme, scheme_of
from ledger.canonical import canonical_json
from ledger.events.defect_found import DefectFound
from ledger.events.inspected import Inspected, LotInspected
from ledger.people import allowed, users_at
from model.counted import counted
from model.decision import Who
from model.errors import BadInput
from model.visible import refuse_invisible
from reports.intervals import clopper_pearson
from workspace.workspace import Workspace

SCHEMA = "chamra/sample/1"

COLUMNS = ("sample", "unit", "stratum", "document", "page", "offset", "character", "code_point", "verdict",
           "should_be", "note")  # fmt: skip
RIGHT, WRONG = "right", "wrong"

_CONFIDENCE = 0.95
"""Of the interval that is shown beside every verdict."""


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """What an auditor says of one unit; `should_be` and `note` where it is wrong."""

    unit: Unit
    wrong: bool
    should_be: str
    note: str


@dataclass(frozen=True, slots=True)
class LotResult:
    """How a lot came out: how many units were wrong, the two-sided 95 % interval of the rate, and whether
    the lot is accepted."""

    lot: Lot
    wrong: int
    interval: tuple[float, float]
    accepted: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """The verdict on a sample; it is accepted when every lot is."""

    sample: Sample
    record: int
    results: tuple[LotResult, ...]
    defects: tuple[UnitVerdict, ...]

    @property
    def accepted(self) -> bool:
        """True when every lot is accepted."""
        return all(result.accepted for result in self.results)


def verdict_file(sample: Sample) -> str:
    """The file of verdicts to fill in: CSV, one row a unit, `verdict` empty."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for number, unit in enumerate(sample.units, start=1):
        rows.writerow([*_fixed(sample, number, unit), "", "", ""])
    return out.getvalue()


def record_inspection(ws: Workspace, text: str, who: Who) -> Inspection:
    """Record the verdicts of a filled-in file: one record for each defect, one for the whole; anchor them.

    Raises:
        BadInput: the file is not that of the sample it names, or a verdict is missing.
        NotAllowed: the workspace has users, and `who` is no auditor.
        UsageError: the ledger has no such sample.
        NoSpace: an anchor file may not be written. The inspection stands.
    """
    allowed(users_at(ws.ledger), who, INSPECTORS)
    sample, verdicts = _read(ws, text)
    results = judge(sample, [one.unit for one in verdicts if one.wrong])
    defects = tuple(one for one in verdicts if one.wrong)
    blob = ws.store.put(canonical_json({"schema": "chamra/verdicts/1", "sample": sample.id, "wrong": [
        [number, one.should_be, one.note] for number, one in enumerate(verdicts, start=1) if one.wrong
    ]}))  # fmt: skip
    with ws.ledger.writing() as batch:
        for one in defects:
            unit = one.unit
            batch.append(
                DefectFound(
                    unit.document, unit.page, unit.offset, unit.character, unit.stratum.value, one.should_be,
                    one.note, sample.id, who,
                )
            )  # fmt: skip
        lots = tuple(
            LotInspected(one.lot.stratum.value, one.lot.plan.size, one.wrong, one.accepted) for one in results
        )
        accepted = all(one.accepted for one in results)
        record = batch.append(Inspected(sample.id, blob, lots, accepted, who))
    ws.anchor()
    return Inspection(sample, record.seq, results, defects)


def judge(sample: Sample, wrong: Sequence[Unit]) -> tuple[LotResult, ...]:
    """What these wrong units say about each lot of the sample."""
    scheme = scheme_of(sample.scheme)
    return tuple(_result(lot, sum(u.stratum is lot.stratum for u in wrong), scheme) for lot in sample.lots)


def _result(lot: Lot, wrong: int, scheme: Scheme) -> LotResult:
    interval = clopper_pearson(wrong, lot.plan.size, _CONFIDENCE)
    return LotResult(lot, wrong, interval, scheme.accepts(lot.plan, wrong))


def _fixed(sample: Sample, number: int, unit: Unit) -> list[str]:
    return [
        sample.id, str(number), unit.stratum.value, unit.document, str(unit.page), str(unit.offset),
        unit.character, "" if unit.stratum is Stratum.LINE else f"U+{ord(unit.character):04X}",
    ]  # fmt: skip


def _read(ws: Workspace, text: str) -> tuple[Sample, list[UnitVerdict]]:
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    if not rows or set(COLUMNS) - set(rows[0]):
        raise BadInput(
            "This is no file of verdicts.", remedy="Fill in the one that `chamra sample draw` wrote."
        )
    sample = read_sample(ws, rows[0]["sample"] or "")
    if len(rows) != len(sample.units):
        raise BadInput(
            f"The file has {counted(len(rows), 'row')}, and the sample {counted(len(sample.units), 'unit')}.",
            remedy="Nothing was recorded. Give every unit its row.",
        )
    verdicts = list(_verdicts(sample, rows))
    return sample, verdicts


def _verdicts(sample: Sample, rows: Sequence[dict[str, Any]]) -> Iterator[UnitVerdict]:
    ordered = sorted(rows, key=lambda row: int(row["unit"]) if str(row["unit"]).isdecimal() else 0)
    lacking = [str(row["unit"]) for row in ordered if not str(row["verdict"] or "").strip()]
    if lacking:
        have = "has" if len(lacking) == 1 else "have"
        raise BadInput(
            f"{counted(len(lacking), 'unit')} {have} no verdict, the first is unit {lacking[0]}.",
            remedy=f"Nothing was recorded. Write {RIGHT} or {WRONG} into every row.",
        )
    for number, (unit, row) in enumerate(zip(sample.units, ordered, strict=True), start=1):
        # A spreadsheet may show a lone mark or a space in its own way; the code point says which it is.
        for column, expected in zip(COLUMNS, _fixed(sample, number, unit), strict=False):
            if column != "character" and row[column] != expected:
                raise BadInput(
                    f"Row {number} is about {column} {row[column]!r}, and unit {number} has {expected!r}.",
                    remedy="Nothing was recorded. Fill in only verdict, should_be and note.",
                )
        verdict = row["verdict"].strip().lower()
        if verdict not in (RIGHT, WRONG):
            raise BadInput(
                f"Row {number} says {row['verdict']!r}.",
                remedy=f"Nothing was recorded. Say {RIGHT} or {WRONG}.",
            )
        should_be, note = row["should_be"] or "", row["note"] or ""
        refuse_invisible(should_be)
        refuse_invisible(note, allowed="\n")
        yield UnitVerdict(unit, verdict == WRONG, should_be, note)


def sample_object(sample: Sample, files: Sequence[str]) -> dict[str, Any]:
    """A drawn sample as one object; its schema is `docs/schemas/sample.json`."""
    return {
        "schema": SCHEMA,
        "id": sample.id,
        "record": sample.record,
        "seed": sample.seed,
        "random": sample.random,
        "brought": sample.brought,
        "scheme": sample.scheme,
        "documents": list(sample.documents),
        "lots": [_lot(lot) for lot in sample.lots],
        "files": list(files),
        "verdict": None,
    }


def inspection_object(found: Inspection) -> dict[str, Any]:
    """A sample with its verdict, in the same schema."""
    return sample_object(found.sample, ()) | {
        "verdict": {
            "accepted": found.accepted,
            "record": found.record,
            "confidence": _CONFIDENCE,
            "lots": [
                _lot(one.lot) | {"wrong": one.wrong, "low": one.interval[0], "high": one.interval[1],
                                 "accepted": one.accepted}
                for one in found.results
            ],
        }
    }  # fmt: skip


def _lot(lot: Lot) -> dict[str, Any]:
    return {
        "stratum": lot.stratum.value,
        "lot": lot.plan.lot,
        "size": lot.plan.size,
        "accept": lot.plan.accept,
    }
