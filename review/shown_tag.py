"""What proves that a line was shown to somebody: a tag that only the server can make, and gives with the line alone."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable

from workspace.secret_file import workspace_secret
from workspace.workspace import Workspace

Tag = Callable[[int, str], str]
"""The tag of a line: from where it begins in the raw text, in code points, and the text that is shown for it."""

_DIGITS = 20


def tag_for(ws: Workspace, document: str, page: int, account: str) -> Tag:
    """What tags the lines of a page for one account; the same line has the same tag whenever it is shown.

    Raises:
        WorkspaceError, NoSpace: the workspace's secret cannot be had.
    """
    secret = workspace_secret(ws.path)

    def tag(start: int, text: str) -> str:
        about = json.dumps(["line shown", document, page, account, start, text]).encode("ascii")
        return hmac.new(secret, about, hashlib.sha256).hexdigest()[:_DIGITS]

    return tag


def is_tag(given: str, expected: str) -> bool:
    """Whether a tag that somebody gives back is the right one; takes as long for every wrong one."""
    return hmac.compare_digest(given.encode("utf-8"), expected.encode("ascii"))
