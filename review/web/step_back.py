"""How several decisions that were made at once are taken back at once: each by what the person had said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from correction.in_force import newest_by_account
from ledger.history import read_page_history
from model.decision import Decision, Subject, Verdict
from workspace.workspace import Workspace

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What one account has said of findings before it says something new."""

    ws: Workspace
    account: str
    said: Mapping[tuple[str, int, str], Decision]

    @classmethod
    def of(
        cls, ws: Workspace, cases: Mapping[str, Sequence[tuple[int, str, Sequence[int]]]], account: str
    ) -> SaidBefore:
        """Of the pages of these cases: `(page, finding, version)` by document."""
        return cls.on(
            ws, ((document, page) for document, ones in cases.items() for page, _, _ in ones), account
        )

    @classmethod
    def on(cls, ws: Workspace, pages: Iterable[tuple[str, int]], account: str) -> SaidBefore:
        """Of these pages, each a document and a number."""
        said: dict[tuple[str, int, str], Decision] = {}
        for document, number in dict.fromkeys(pages):
            for finding, made in read_page_history(ws.ledger, document, number).by_finding.items():
                mine = newest_by_account(made).get(account)
                if mine is not None:
                    said[document, number, finding] = mine
        return cls(ws, account, said)

    def steps(self, subjects: Iterable[Subject]) -> list[Json]:
        """By page what takes back what was decided about these now: bodies of requests to decide, each with its
        document and page."""
        found: dict[tuple[str, int], list[Json]] = {}
        for one in dict.fromkeys(subjects):
            before = self.said.get((one.document, one.page, one.finding))
            verdict = Verdict.WITHDRAW if before is None else before.verdict
            found.setdefault((one.document, one.page), []).append({
                "finding": one.finding,
                "verdict": str(Verdict.ACCEPT if verdict is Verdict.ACKNOWLEDGE else verdict),
                "after": None if before is None else before.after,
                "expected_version": [],
            })  # fmt: skip
        steps = []
        for (document, number), decisions in found.items():
            history = read_page_history(self.ws.ledger, document, number)
            for decision in decisions:
                decision["expected_version"] = list(history.about(decision["finding"]))
            steps.append({"document": document, "page": number, "decisions": decisions})
        return steps
