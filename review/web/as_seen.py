"""What of a page depends on the roles of who looks at it."""

from __future__ import annotations

from typing import Any

from model.state import Outcome
from model.user import Role
from review.web.door import Visitor


def as_seen_by(visitor: Visitor, page: dict[str, Any]) -> dict[str, Any]:
    """A page's data with only those findings to do that this visitor may answer."""
    findings = [one | {"todo": one["todo"] and _may_answer(visitor, one)} for one in page["findings"]]
    near = page["near"] if visitor.decides else page["near"] | {"open": None, "waiting": 0}
    return page | {"findings": findings, "near": near}


def _may_answer(visitor: Visitor, finding: dict[str, Any]) -> bool:
    if finding["mine"] is not None:
        return visitor.decides
    second = finding["people"] > 1 and finding["outcome"] in (Outcome.SECOND, Outcome.CONFLICT)
    return visitor.holds(Role.SECOND_REVIEWER if second else Role.REVIEWER)
