"""What became of kills, counted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class KillTally:
    """What became of the kills of one kind: how many there were, pages that failed for the moment with a reason on
    record, and what was found wrong in the end."""

    kills: int = 0
    failed_meanwhile: int = 0
    skipped: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """True when nothing was found wrong."""
        return not (self.skipped or self.lost or self.different)
