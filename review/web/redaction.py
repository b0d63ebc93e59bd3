"""What of a page depends on the roles of who looks at it."""

from __future__ import annotations

from typing import Any

from model.state import Outcome
from model.user import Role
from review.web.authenticator import Principal


def redacted_for(principal: Principal, page: dict[str, Any]) -> dict[str, Any]:
    """A page's data with only those findings to do that this principal may answer."""
    findings = [one | {"todo": one["todo"] and _may_answer(principal, one)} for one in page["findings"]]
    near = page["near"] if principal.decides else page["near"] | {"open": None, "waiting": 0}
    return page | {"findings": findings, "near": near}


def _may_answer(principal: Principal, finding: dict[str, Any]) -> bool:
    if finding["mine"] is not None:
        return principal.decides
    second = finding["people"] > 1 and finding["outcome"] in (Outcome.SECOND, Outcome.CONFLICT)
    return principal.holds(Role.SECOND_REVIEWER if second else Role.REVIEWER)
