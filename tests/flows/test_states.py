"""What a log says of a run that needs a person: words, and no traceback."""

import logging

import pytest

import flows.states
from flows.states import NeedsAPerson


@pytest.fixture
def logged(caplog, monkeypatch):
    """Logs an error as Prefect does where a run ends, and gives the records that were kept."""

    def log(name, error):
        logger = logging.getLogger(name)
        # Prefect sets its loggers up when it is used, as the settings of other tests have it.
        monkeypatch.setattr(logger, "disabled", False)
        monkeypatch.setattr(logger, "level", logging.INFO)
        monkeypatch.setattr(logger, "handlers", [caplog.handler])
        monkeypatch.setattr(logger, "propagate", False)
        logger.error("Engine execution exited with unexpected exception", exc_info=error)
        return caplog.records

    return log


@pytest.mark.parametrize("name", ["prefect.flow_runs", "prefect.task_runs", "prefect.engine"])
def test_a_run_that_needs_a_person_leaves_no_traceback(logged, name):
    assert logged(name, NeedsAPerson("3 of 10 pages failed", None)) == []


@pytest.mark.parametrize("error", [ZeroDivisionError("fault"), KeyError("page")])
def test_a_fault_of_the_program_keeps_its_traceback(logged, error):
    assert {record.exc_info[1] for record in logged("prefect.flow_runs", error)} == {error}


def test_a_line_without_an_error_says_nothing_of_none(caplog):
    record = logging.LogRecord("x", logging.ERROR, "", 1, "Task run failed", (), (None, None, None))
    assert flows.states.WithoutTraces().filter(record)
    assert record.exc_info is None
