"""Every error that a user can meet, with the exit status it ends the program with.

A message says what happened, to which file and page, and `remedy` what to do next.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit statuses of the command line."""

    DONE = 0
    NEEDS_A_PERSON = 1
    USAGE = 2
    BAD_INPUT = 3
    MISSING_PROGRAM = 4
    WORKSPACE = 5
    NO_SPACE_OR_PERMISSION = 6
    INTERRUPTED = 130


class ChamraError(Exception):
    """Base of all our errors.

    `transient` says that another try may succeed: a crash or a time-out, not a page that is too large.
    """

    exit_status = Exit.NEEDS_A_PERSON

    def __init__(self, message: str, *, remedy: str = "", transient: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.transient = transient

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class UsageError(ChamraError):
    """The command was called in a way that cannot be meant."""

    exit_status = Exit.USAGE


class BadInput(ChamraError):
    """A source file or a text cannot be used: empty, damaged, encrypted, too large, not what it says."""

    exit_status = Exit.BAD_INPUT


class PageError(ChamraError):
    """One page could not be rasterised or read; the others go on."""

    exit_status = Exit.NEEDS_A_PERSON


class ProcessDied(PageError):
    """A process of its own was given to a page over which another had died, and has died as well."""


class ProcessNotReady(PageError):
    """A process of its own was to be given to a page and ended before it had taken it up: the machine's doing."""


class EngineFailed(PageError):
    """The outside program that reads has failed on a page: the page's fault, an accident, or the program is broken."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy, transient=True)


class Stopped(ChamraError):
    """The run is being stopped, so what is in hand says nothing about its page; nothing was recorded."""

    exit_status = Exit.INTERRUPTED


class MissingProgram(ChamraError):
    """An outside program, a language of it or a server is not there, does not work, or is too old."""

    exit_status = Exit.MISSING_PROGRAM


class WorkspaceError(ChamraError):
    """The workspace cannot be used: not one, of a newer version, locked, or damaged."""

    exit_status = Exit.WORKSPACE


class DamagedBlob(WorkspaceError):
    """A stored blob is missing, or is not what its name says."""


class LedgerError(WorkspaceError):
    """The ledger refuses: broken chain, locked, or written by a newer version."""


class OlderFormat(LedgerError):
    """The ledger is of an older format: it can be read, and written after `chamra upgrade`."""


class RecordsLost(LedgerError):
    """The ledger does not have a record that stood when somebody signed: an older one lies in its place."""


class NoSpace(ChamraError):
    """The disk is full or may not be written."""

    exit_status = Exit.NO_SPACE_OR_PERMISSION


class GateError(ChamraError):
    """Something must be decided by a person before this step may be done."""

    exit_status = Exit.NEEDS_A_PERSON


class Outdated(ChamraError):
    """What a person decided or signed has changed since it was shown to them; nothing was recorded."""

    exit_status = Exit.NEEDS_A_PERSON


class NotAllowed(ChamraError):
    """The workspace has users, and this person does not hold the role that this takes."""

    exit_status = Exit.NO_SPACE_OR_PERMISSION


class DictionaryError(BadInput):
    """A dictionary file has a mistake; the message names the file and the line."""


class RuleError(ChamraError):
    """A correction rule raised, or broke what every rule must keep; the message names the rule."""
