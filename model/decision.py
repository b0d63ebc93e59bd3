"""What people decide, sign and publish."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.edit import Edit

POLICY_WAY = "policy:"
"""How a decision begins its `how` when a policy made it and no person looked."""

CARRIED_WAY = "carried:"
"""How a decision begins its `how` when it repeats an earlier one about the same ink; its record's number follows."""

AS_BEFORE = "as before"
"""How a rejection was made that repeats an earlier one of the same words: nobody looked at this very proposal."""

WITH_ITS_LINE = "browser:moved"
"""How a proposal is rejected whose line somebody moved: what it proposes stands in the text of the moved lines."""

SAYS_NOTHING_OF_THE_RULE = (AS_BEFORE, WITH_ITS_LINE)
"""Ways of deciding from which it does not follow whether a proposal was right."""


class Verdict(StrEnum):
    """What was decided about a subject."""

    ACCEPT = "accept"  # take the proposal as it stands
    REJECT = "reject"  # leave the raw text (or what else was proposed for it)
    EDIT = "edit"  # replace the proposal's span by the text in `after`
    ACKNOWLEDGE = "acknowledge"  # a flag was seen and the text may stand as it is
    WITHDRAW = "withdraw"  # take one's own decision back, as if it had not been made; both stay on record
    WAIVE = "waive"  # a failed page is left out, with the reason in `note`


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a decision is about: a proposal or a flag of a page, or a page itself when `finding` is empty.

    `document` is the SHA-256 of the source file.
    """

    document: str
    page: int
    finding: str = ""


class Known(StrEnum):
    """How the name of a person is known that is not merely claimed."""

    LOGIN = "login"  # they gave their password
    PROXY = "proxy"  # a sign-on proxy vouched for them
    TOKEN = "token"  # a program showed a token of theirs
    ACCOUNT = "account"  # they acted from the operating system's account that is known to be theirs


@dataclass(frozen=True, slots=True)
class Who:
    """A person. `account` is the account that acted (operating system or login), and decides whether two
    people are different; `claimed` says that `name` was given, not proven; otherwise `known` says how."""

    name: str
    account: str
    claimed: bool
    known: Known | None = None


def is_carried(how: str) -> bool:
    """True for the way of a decision that repeats a record by its number."""
    number = how.removeprefix(CARRIED_WAY)
    return how.startswith(CARRIED_WAY) and number.isdecimal() and number.isascii()


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's verdict on one subject. The newest one of a person counts.

    `how` names the way: "terminal", "browser" or "policy:NAME". `when` is UTC, ISO 8601. `after` is the
    text of an EDIT and None otherwise.
    """

    subject: Subject
    verdict: Verdict
    after: str | None
    who: Who
    how: str
    when: str
    note: str = ""

    @property
    def by_policy(self) -> bool:
        """True when a policy decided and no person looked at this very change."""
        return self.how.startswith(POLICY_WAY)

    @property
    def repeats(self) -> int | None:
        """The number of the record that this repeats after a new reading, None where it repeats none."""
        return int(self.how.removeprefix(CARRIED_WAY)) if is_carried(self.how) else None


@dataclass(frozen=True, slots=True)
class Policy:
    """Under which rule changes of level SAFE are accepted without looking at each: its name and full text."""

    name: str
    text: str


class Confirmation(StrEnum):
    """What a person gave again when they signed."""

    PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class SignOff:
    """A page's text was approved as it will be published.

    `ledger_head` is the hash of the record that was newest when the text was composed: the text follows
    from the decisions up to it. `text_sha256` is of that text, in UTF-8. `policy` is the policy's name. `key` is the
    fingerprint of the key that has signed, empty where the name is claimed and not signed; `confirmed` what was given
    again.
    """

    document: str
    page: int
    ledger_head: str
    text_sha256: str
    policy: str
    who: Who
    when: str
    key: str = ""
    confirmed: Confirmation | None = None


@dataclass(frozen=True, slots=True)
class AppliedEdit:
    """An edit of the published text and the findings whose decisions stand behind it."""

    edit: Edit
    finding: str


PAGE_BREAK = "\f"
"""What stands between two pages of a document's text."""


def numbered_page(number: int, text: str) -> str:
    """A page's text with its number on a line of its own before it, and a line end behind it."""
    ends = "" if not text or text.endswith("\n") else "\n"
    return f"[หน้า {number}]\n{text}{ends}"


@dataclass(frozen=True, slots=True)
class Published:
    """A page's published text with the edits that lead to it from the raw text.

    `reading_sha256` is of that raw text, `page_blob` the blob of the page with its reading; both are empty in what
    was published before texts named their reading.
    """

    document: str
    page: int
    reading_sha256: str
    page_blob: str
    text: str
    edits: tuple[AppliedEdit, ...]
    ledger_head: str
