"""The head of the diff report: the verdict in a sentence, who signed, and what the lines can be filtered by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from model.decision import SignOff
from model.edit import Safety
from model.page_numbers import ranges
from model.state import Outcome, PageState, Stage
from reports.diff_words import DiffWords
from reports.letters import safe_text
from reports.scorecard import Scorecard, family_of
from reports.words import attested

_SIGNED = (Stage.SIGNED, Stage.PUBLISHED)


def counts_of(card: Scorecard) -> dict[str, int]:
    """The counts that the verdict is made of. Pages that were left out count as neither signed nor to be signed."""
    stages = card.stages
    return {
        "pages": len(card.pages) - stages[Stage.WAIVED],
        "troubled": stages[Stage.FAILED] + stages[Stage.MISSING],
        "waiting": card.waiting,
        "signed": sum(stages[stage] for stage in _SIGNED),
        "published": stages[Stage.PUBLISHED],
    }


def verdict(card: Scorecard, t: DiffWords) -> str:
    """How the document stands, in a sentence."""
    counts = counts_of(card)
    return t(_verdict_of(card, counts), **counts)


def _verdict_of(card: Scorecard, counts: Mapping[str, int]) -> str:
    """The name of that sentence."""
    if not card.pages:
        return "verdict_none"
    if counts["troubled"]:
        return "verdict_troubled"
    if counts["waiting"]:
        return "verdict_waiting"
    if counts["signed"] < counts["pages"]:
        return "verdict_to_sign"
    return "verdict_published" if counts["published"] == counts["pages"] else "verdict_signed"


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One person's signatures under one policy, known in one way: the pages, and the newest time (UTC, ISO 8601)."""

    pages: str
    name: str
    account: str
    how_known: str
    policy: str
    when: str


def signatures(pages: Sequence[PageState], t: DiffWords) -> tuple[SignatureRow, ...]:
    """Who signed which pages of those that are signed now."""
    groups: dict[tuple[str, str, str, str], list[SignOff]] = {}
    for page in pages:
        signed = page.signoff if page.stage in _SIGNED else None
        if signed is not None:
            who = signed.who
            key = (
                safe_text(who.name),
                safe_text(who.account),
                safe_text(attested(signed, t.language)),
                safe_text(signed.policy),
            )
            groups.setdefault(key, []).append(signed)
    return tuple(
        SignatureRow(
            ranges((one.page for one in made), "–"),
            name,
            account,
            known,
            policy,
            max(one.when for one in made),
        )
        for (name, account, known, policy), made in groups.items()
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """What the findings of the report differ in: pages, families, rules, levels, what became of them and the people who
    decided, each with the token that stands for it in the page's attributes."""

    pages: tuple[int, ...]
    families: tuple[str, ...]
    rules: tuple[str, ...]
    levels: tuple[Safety, ...]
    outcomes: tuple[Outcome, ...]
    people: tuple[tuple[str, str], ...]


def person_token(account: str) -> str:
    """A person's account as one word of an attribute."""
    return "p-" + account.encode("utf-8", "replace").hex()


def filters(pages: Sequence[PageState]) -> Filters:
    """What there is to choose from."""
    found = [finding for page in pages for finding in page.all_findings]
    people = {
        decision.who.account: decision.who.name
        for page in pages
        for decisions in page.decisions.values()
        for decision in decisions
    }
    return Filters(
        pages=tuple(page.number for page in pages if page.all_findings),
        rules=tuple(sorted({finding.rule for finding in found})),
        outcomes=tuple(
            sorted({page.outcomes.get(one.id, Outcome.OPEN) for page in pages for one in page.all_findings})
        ),
        families=tuple(sorted({family_of(finding.rule) for finding in found})),
        levels=tuple(sorted({finding.safety for finding in found}, reverse=True)),
        people=tuple((person_token(account), safe_text(name)) for account, name in sorted(people.items())),
    )


_TOKEN = re.compile(r"[A-Za-z0-9-]+")


def filter_style(choices: Filters) -> Markup:
    """Style sheets that hide what is not chosen, for a page that may run no script."""
    tokens = {
        "family": list(choices.families),
        "rule": list(choices.rules),
        "outcome": [str(outcome) for outcome in choices.outcomes],
        "level": [level.name.lower() for level in choices.levels],
        "person": [token for token, _ in choices.people],
    }
    rules = [
        f'body:has(#{name} option[value="{token}"]:checked) .row:not([data-{name}~="{token}"]) {{ display: none; }}'
        for name, values in tokens.items()
        for token in values
        if _TOKEN.fullmatch(token)
    ]
    rules += [
        f'body:has(#at-page option[value="{number}"]:checked) .page:not([data-page="{number}"]) {{ display: none; }}'
        for number in choices.pages
    ]
    return Markup("\n" + "\n".join(rules))
