"""What an audit knows of all documents before it looks at one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from audit.ink import InkGrounds
from audit.page_image import KeptImage
from audit.report import AuditReport
from audit.trust import Trust
from ledger.event import Entry
from ledger.events.required import Required
from workspace.store import BlobStore

SeenImage = Callable[[InkGrounds, KeptImage], None]
"""Told of a page on record and the image that is kept of it, as soon as it is opened; by several threads."""


@dataclass(frozen=True, slots=True)
class AuditContext:
    """What is the same for all documents: the store, where the records named by sign-offs stand, from which record on
    each policy stands, which documents were taken under each name, the workspace's id, whose keys are whose, and what
    was asked of people; `executor` looks at page images, and `seen` is told each that it has opened."""

    store: BlobStore
    heads: Mapping[str, int]
    policies: Mapping[str, int]
    names: Mapping[str, Sequence[str]]
    workspace: str
    trust: Trust
    report: AuditReport
    executor: Executor
    seen: SeenImage
    requirements: Sequence[Entry[Required]] = ()
