"""What reports call things: levels, outcomes, stages and families in words."""

from __future__ import annotations

from model.decision import Verdict
from model.edit import Safety
from model.state import Outcome, Stage

FAMILIES = {
    "ENC": "encoding of letters",
    "SPC": "spaces",
    "LIN": "lines and running heads",
    "GAZ": "places",
    "DIG": "digits",
    "LAT": "Latin words",
    "LEX": "spelling",
    "DAT": "dates and numbers",
    "REP": "repeated words",
    "RDR": "readers disagree",
    "LOW": "hard to read",
    "INK": "ink and letters",
    "HUM": "written by a person",
}

LEVELS = {Safety.SAFE: "safe", Safety.REVIEW: "review", Safety.FLAG: "flag"}

LEVEL_MEANINGS = {
    Safety.SAFE: "cannot fire on legitimate text; accepted by the policy that signs the page",
    Safety.REVIEW: "needs a person",
    Safety.FLAG: "something is wrong and the right text is not known; must be acknowledged",
}

OUTCOMES = {
    Outcome.OPEN: "waits for a person",
    Outcome.SECOND: "waits for a second person",
    Outcome.CONFLICT: "two people disagree",
    Outcome.BEATEN: "set aside for another proposal",
    Outcome.POLICY: "accepted by policy at signing",
    Outcome.ACCEPTED: "accepted",
    Outcome.REJECTED: "rejected",
    Outcome.EDITED: "corrected by hand",
    Outcome.ACKNOWLEDGED: "acknowledged",
}

WAITING = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)

STAGES = {
    Stage.MISSING: "not read yet",
    Stage.FAILED: "failed",
    Stage.WAIVED: "waived",
    Stage.WAITING: "waiting for review",
    Stage.DECIDED: "decided, not signed",
    Stage.COUNTERSIGN: "signed by one, a second must",
    Stage.SIGNED: "signed",
    Stage.PUBLISHED: "published",
}

VERDICTS = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.EDIT: "wrote",
    Verdict.ACKNOWLEDGE: "acknowledged",
    Verdict.WITHDRAW: "taken back",
    Verdict.WAIVE: "waived",
}
