"""Logs as JSON: one object a line, whatever stands in a message."""

import json
import logging

from model.log_lines import JsonLines


def record(message, *arguments, **more):
    made = logging.LogRecord("chamra.blobs", logging.WARNING, __file__, 1, message, arguments, None)
    made.__dict__.update(more)
    return made


def test_a_record_is_one_line_of_json_with_its_run():
    line = JsonLines().format(record("%s: a\nline", "สแกน.pdf", flow_run_name="scan-7"))
    assert "\n" not in line
    found = json.loads(line)
    assert (found["level"], found["logger"], found["message"]) == (
        "warning",
        "chamra.blobs",
        "สแกน.pdf: a\nline",
    )
    assert found["flow_run_name"] == "scan-7"


def test_an_error_is_told_with_its_trace():
    made = record("it broke")
    made.exc_info = (ValueError, ValueError("broken"), None)
    assert "ValueError: broken" in json.loads(JsonLines().format(made))["error"]


def test_a_command_says_its_errors_as_json_where_that_is_asked_for(chamra, monkeypatch, tmp_path):
    monkeypatch.setenv("CHAMRA_LOG", "json")
    status, _, said = chamra("status", "-w", tmp_path / "nowhere")
    assert status == 5
    found = json.loads(said)
    assert found["level"] == "error"
    assert "is not a workspace" in found["message"]
    monkeypatch.delenv("CHAMRA_LOG")
    assert chamra("status", "-w", tmp_path / "nowhere")[2].startswith("chamra: ")
