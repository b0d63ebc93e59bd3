"""What is installed is named in a bill of materials, and nobody takes a question without an answer for a good one."""

import json
import re
from pathlib import Path

import pytest

from benchmarks import advisories, sbom

ROOT = Path(__file__).resolve().parents[2]


def test_the_bill_names_every_package_of_the_lock_with_its_hashes_and_its_licence():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    made = sbom.bill(lock, (ROOT / "NOTICE").read_text("utf-8"), "1.2.3")
    named = {(one["name"], one.get("version")) for one in made["components"]}
    pinned = re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==([^ ;\\]+)", lock, re.MULTILINE)
    assert {one for one in named if one[1]} == set(pinned)
    for one in made["components"]:
        assert len(one["licenses"]) == 1, one["name"]
        assert one["type"] == "application" or one["hashes"], one["name"]
    [prefect] = [one for one in made["components"] if one["name"] == "prefect"]
    assert prefect["licenses"] == [{"license": {"name": "Apache-2.0"}}]
    assert ("tesseract-ocr", None) in named
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(refs) == len(set(refs))
    assert made == sbom.bill(lock, (ROOT / "NOTICE").read_text("utf-8"), "1.2.3")


def test_two_versions_of_a_package_are_both_named():
    lock = (
        'numpy==1 ; python < "3.12" \\\n    --hash=sha256:'
        + "a" * 64
        + "\nnumpy==2 \\\n    --hash=sha256:"
        + "b" * 64
    )
    assert sbom.packages(lock) == {("numpy", "1"): ["a" * 64], ("numpy", "2"): ["b" * 64]}


@pytest.mark.parametrize(
    ("answer", "said", "status", "told"),
    [
        ("", "pip-audit is not installed", 0, "NOT CHECKED: pip-audit is not installed"),
        ("not JSON", "connection refused", 0, "NOT CHECKED: connection refused"),
        ({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, "No known vulnerabilities found", 0,
         "NOT CHECKED"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "?"}]}, "", 0,
         "none in 1 of 2 packages"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}]}, "", 1,
         "a 1: CVE-1, mended in 2"),
    ],
)  # fmt: skip
def test_what_was_not_checked_is_not_called_sound(answer, said, status, told):
    text = answer if isinstance(answer, str) else json.dumps(answer)
    found = advisories.verdict(text, said)
    assert found[0] == status
    assert told in found[1]


def test_where_pip_audit_is_not_installed_that_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert advisories.asked() == ("", "pip-audit is not installed")
