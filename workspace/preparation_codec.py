"""What was done to a page image, as JSON."""

from __future__ import annotations

from typing import Any

from model.page import Preparation, Rectification
from workspace import checked

JSON = dict[str, Any]


def preparation_out(preparation: Preparation) -> JSON:
    """A preparation as an object of JSON; its rectification is null where there was none."""
    flat = preparation.rectification
    return {
        "quarter_turns": preparation.quarter_turns,
        "skew": checked.normal(preparation.skew),
        "steps": list(preparation.steps),
        "rectification": None if flat is None else _rectification_out(flat),
    }


def preparation_in(body: JSON) -> Preparation:
    """The preparation of an object of JSON, of one without a rectification too.

    Raises:
        ValueError, TypeError, KeyError: it is damaged.
    """
    flat = body.get("rectification")
    return Preparation(
        checked.whole(body["quarter_turns"]),
        checked.real(body["skew"]),
        checked.texts(body["steps"]),
        None if flat is None else _rectification_in(flat),
    )


def _rectification_out(flat: Rectification) -> JSON:
    """Its nodes as one flat list, x and y of each, row by row."""
    return {
        "width": flat.width,
        "height": flat.height,
        "columns": len(flat.nodes[0]),
        "nodes": [checked.normal(value) for row in flat.nodes for point in row for value in point],
    }


def _rectification_in(body: JSON) -> Rectification:
    columns = checked.whole(body["columns"])
    values = [checked.real(one) for one in checked.rows(body["nodes"])]
    points = list(zip(values[::2], values[1::2], strict=True))
    rows = tuple(tuple(points[start : start + columns]) for start in range(0, len(points), columns))
    return Rectification(checked.whole(body["width"]), checked.whole(body["height"]), rows)
