"""Acceptance sampling: which characters are inspected, and what the verdicts prove."""
