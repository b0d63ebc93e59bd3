"""What has changed of a page since a browser was shown it: one change is answered by a change, not by the page."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from threading import Lock
from typing import Any

Json = dict[str, Any]

_KEPT = 64  # pages as they were shown, over all accounts; one has some 50 kB


class ShownPages:
    """Pages as browsers were shown them, the newest few. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, Json] = OrderedDict()

    def stamped(self, page: Json) -> Json:
        """The page with the stamp under which it is kept: a hash of all that it shows."""
        stamp = hashlib.sha256(json.dumps(page, ensure_ascii=False).encode("utf-8")).hexdigest()[:24]
        stamped = page | {"stamp": stamp}
        with self._lock:
            self._kept[stamp] = stamped
            self._kept.move_to_end(stamp)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return stamped

    def answer(self, page: Json, stamp: object) -> Json:
        """The page as an answer to a browser that was shown the one with this stamp: what has changed since, or all
        of it where that one is not known any more."""
        stamped = self.stamped(page)
        with self._lock:
            before = self._kept.get(stamp) if isinstance(stamp, str) else None
        # What was shown to somebody else is never told: a stamp hashes all that its page shows.
        if before is None or (before["document"], before["page"]) != (page["document"], page["page"]):
            return {"page": stamped}
        return {"change": changed(before, stamped)}


def changed(before: Json, after: Json) -> Json:
    """What makes `after` of `before`: lines by number, findings by id, everything else by name.

    `lines` has all of them where there are more or fewer than before; `order` has the ids of all findings where they
    are others than before.
    """
    found: Json = {"base": before["stamp"]}
    found |= {
        name: value
        for name, value in after.items()
        if name not in ("lines", "findings") and before.get(name) != value
    }
    if len(before["lines"]) != len(after["lines"]):
        found["lines"] = after["lines"]
    else:
        pairs = enumerate(zip(before["lines"], after["lines"], strict=True))
        found["changed_lines"] = [[at, new] for at, (old, new) in pairs if old != new]
    known = {one["id"]: one for one in before["findings"]}
    found["changed_findings"] = [one for one in after["findings"] if known.get(one["id"]) != one]
    order = [one["id"] for one in after["findings"]]
    if order != list(known):
        found["order"] = order
    return found
