"""The states that our flow runs end in."""

from __future__ import annotations

import logging
from typing import Any, TypeVar, cast

from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from model.errors import ChamraError
from model.visible import in_a_row

T = TypeVar("T")

NEEDS_A_PERSON = "NeedsAPerson"
"""The name of the state of a run that went to its end and met something for a person; Prefect's events are named so."""


class NeedsAPerson(ChamraError):
    """A flow run went to its end and met something that a person must look at; `came_to` is what it returns else."""

    def __init__(self, words: str, came_to: object) -> None:
        super().__init__(words)
        self.came_to = came_to


def ended(words: str, came_to: T) -> T:
    """What a flow run that went to its end returns: `words` say what needs a person, empty where nothing does.

    It is a state, which Prefect takes for the flow's own; whoever calls the flow gets `came_to`, or `NeedsAPerson`.
    """
    state: State[Any] = Completed(data=came_to)
    if words:
        state = Failed(name=NEEDS_A_PERSON, message=in_a_row(words), data=NeedsAPerson(words, came_to))
    return cast("T", state)


def outcome(state: State[T]) -> T:
    """What a run came to that went to its end; raises what ended one that did not."""
    try:
        found: T = state.result()
    except NeedsAPerson as error:
        return cast("T", error.came_to)
    return found


class WithoutTraces(logging.Filter):
    """Drops the records in which Prefect's logs show where it was noticed that a run needs a person: that is no fault
    of the program, and the line before says it in words."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is to be logged: every one, but for those about such an error.

        A record for which an error was looked for and none found loses what Python would print of that
        (`NoneType: None`).
        """
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            record.exc_info = None
        return not isinstance(error, NeedsAPerson)


for _name in ("prefect.flow_runs", "prefect.task_runs", "prefect.engine"):
    logging.getLogger(_name).addFilter(WithoutTraces())
