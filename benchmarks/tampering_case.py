"""What a tampering is: something that is done to a copy of the honest workspace, and what an auditor must be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from benchmarks.tampering_house import House
from benchmarks.tampering_insider import Insider


@dataclass(slots=True)
class Scene:
    """A copy of the honest workspace, and what the auditor holds and asks.

    `reference`: the document as the auditor names it, empty for all. `text`: the exported text that they hold, if they
    compare one. `anchors`: their own copy of the anchors, taken when the workspace was honest.
    """

    house: House
    insider: Insider
    anchors: Path
    reference: str = ""
    text: Path | None = None

    @property
    def signers(self) -> Path:
        """The auditor's own list of whose key is whose."""
        return self.house.anchors.with_name("auditor.signers")

    @property
    def folder(self) -> Path:
        """A folder of this scene's own."""
        return self.insider.path.parent


class CaseKind(StrEnum):
    """What ought to come of it."""

    FOUND = "found"  # something was forged: the auditor must be told what and where
    TOLD = "told"  # no fault: the auditor must be told, and nothing may be called wrong
    HARMLESS = "harmless"  # nothing that a text stands on


@dataclass(frozen=True, slots=True)
class Tampering:
    """Something done to a workspace. `tells` is what a line of the audit that makes it clear matches."""

    name: str
    do: Callable[[Scene], None]
    tells: str
    kind: CaseKind = CaseKind.FOUND


@dataclass(slots=True)
class Catalogue:
    """Tamperings in the order in which they were written."""

    cases: list[Tampering] = field(default_factory=list)

    def __call__(
        self, name: str, tells: str, kind: CaseKind = CaseKind.FOUND
    ) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
        """A decorator: the function is what is done."""

        def add(do: Callable[[Scene], None]) -> Callable[[Scene], None]:
            self.cases.append(Tampering(name, do, tells, kind))
            return do

        return add
