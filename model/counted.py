"""Counts in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A count and what is counted, which takes an s where there are several: 1 page, 2,000 pages, 0 pages."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def waiting(findings: int) -> str:
    """How many findings wait: 1 finding waits, 2 findings wait."""
    return f"{counted(findings, 'finding')} {'waits' if findings == 1 else 'wait'}"
