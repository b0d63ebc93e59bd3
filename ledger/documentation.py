"""What the documentation says of the kinds of events, made from the catalogue.

python -m ledger.documentation     writes it anew (`make events`)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ledger.catalogue import CATALOGUE

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "ledger.md"
SCHEMA = DOCS / "schemas" / "ledger-events.json"

_HEAD = "| kind | payload | says |\n|---|---|---|\n"


def table() -> str:
    """The table of kinds, in Markdown: what stands in a payload, and what that says."""
    rows = (
        f"| `{kind}` | {', '.join(f'`{name}`' for name in event.json_schema()['properties'])} | {event.SAYS} |\n"
        for kind, event in CATALOGUE.items()
    )
    return _HEAD + "".join(rows)


def schema() -> Mapping[str, Any]:
    """A JSON Schema of records as an export has them: one form a kind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of the ledger by what it says; its hash is not looked at",
        "type": "object",
        "required": ["kind", "payload"],
        "oneOf": [
            {"properties": {"kind": {"const": kind}, "payload": event.json_schema()}}
            for kind, event in CATALOGUE.items()
        ],
    }


def with_table(page: str) -> str:
    """The page with the table as it should be, in the place of the one that it has."""
    before, rest = page.split(_HEAD, 1)
    after = rest[rest.index("\n\n") + 1 :] if "\n\n" in rest else ""
    return before + table() + after


def main() -> None:
    """Write page and schema."""
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    text = json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True)
    SCHEMA.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
