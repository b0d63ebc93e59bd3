"""Writes what is made from the rules: `make rules`."""

from __future__ import annotations

from pathlib import Path

from correction.catalogue import every_rule
from correction.rule_list import rules_page
from tests.correction.snapshot import findings

PAGE = Path("docs/rules.md")

if __name__ == "__main__":
    PAGE.write_text(rules_page(every_rule()), "utf-8")
    findings.keep()
