"""Evaluations as JSON: of one text `chamra/evaluate/2` (docs/schemas/evaluate.json), of many
`chamra/evaluate-batch/1` (docs/schemas/evaluate-batch.json)."""

from __future__ import annotations

from typing import Any

from reports.evaluate import COMPARED, Evaluation, Found, Rate, SaraAm, segmenter
from reports.evaluation_batch import BatchEvaluation


def evaluation_object(evaluation: Evaluation) -> dict[str, Any]:
    """All numbers of an evaluation. Rates are shares, not per cent; null where nothing is to divide by."""
    return {
        "schema": "chamra/evaluate/2",
        "pages_compared": "by page" if evaluation.by_page else "as one text",
        **_measured(evaluation),
        "pages": [
            {
                "number": page.number,
                "measures": {name: _rate(rate, "cer", "letters") for name, rate in page.measures.items()},
            }
            for page in evaluation.pages
        ],
    }


def batch_object(batch: BatchEvaluation) -> dict[str, Any]:
    """All numbers of many texts: each file's, all letters together (`micro`), the mean of the files (`macro`), and the
    names of what was not measured."""
    return {
        "schema": "chamra/evaluate-batch/1",
        "files": [
            {
                "name": one.pair.name,
                "candidate": str(one.pair.candidate),
                "truth": str(one.pair.truth),
                "evaluation": evaluation_object(one.evaluation),
            }
            for one in batch.files
        ],
        "micro": _measured(batch.micro),
        "macro": {name: {"mean": mean.value, "files": mean.files} for name, mean in batch.macro.items()},
        "missing": list(batch.pairing.missing),
        "extra": list(batch.pairing.extra),
        "unmeasured": [{"name": one.name, "why": one.why} for one in batch.unmeasured],
        "no_texts": list(batch.pairing.no_texts),
    }


def _measured(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "measures": {
            name: {**_rate(rate, "cer", "letters"), "compared": COMPARED[name]}
            for name, rate in evaluation.measures.items()
        },
        "words": {
            "segmenter": segmenter(),
            **{name: _rate(rate, "wer", "words") for name, rate in evaluation.words.items()},
        },
        "spaces": _found(evaluation.spaces),
        "line_breaks": _found(evaluation.line_breaks),
        "classes": {
            str(name): {
                "letters": errors.size,
                "substituted": errors.substituted,
                "missing": errors.missing,
                "extra": errors.extra,
                "errors": errors.errors,
            }
            for name, errors in evaluation.classes.items()
        },
        "confusions": [
            {"truth": truth, "candidate": candidate, "count": count}
            for (truth, candidate), count in sorted(
                evaluation.confusions.items(), key=lambda item: (-item[1], item[0])
            )
        ],
        "sara_am": {
            "truth": _sara_am(evaluation.sara_am_truth),
            "candidate": _sara_am(evaluation.sara_am_candidate),
        },
    }


def _rate(rate: Rate, name: str, unit: str) -> dict[str, Any]:
    return {name: rate.rate, "errors": rate.errors, unit: rate.size}


def _found(found: Found) -> dict[str, Any]:
    return {
        "precision": found.precision,
        "recall": found.recall,
        "f1": found.f1,
        "matched": found.matched,
        "missing": found.missing,
        "extra": found.extra,
    }


def _sara_am(sara_am: SaraAm) -> dict[str, int]:
    return {"composed": sara_am.composed, "split": sara_am.split}
