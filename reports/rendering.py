"""How reports become HTML: the templates of this room and the forms of figures in them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from model.counted import counted
from reports.letters import safe_text
from reports.words import attested

TEMPLATES = Path(__file__).parent / "templates"


def percent(value: float | None) -> str:
    """A share as whole per cent, or with one place below ten and above 99; a dash for what is not known."""
    if value is None:
        return "–"
    hundredfold = value * 100
    if 99.9 < hundredfold < 100:
        return "> 99.9 %"
    fine = 0 < hundredfold < 10 or 99 < hundredfold < 100
    return f"{hundredfold:.1f} %" if fine else f"{hundredfold:.0f} %"


def moment(when: str) -> str:
    """An ISO 8601 time in UTC as people read it; what is not one stays as it is."""
    try:
        found = datetime.fromisoformat(when)
    except ValueError:
        return when
    return found.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def thousands(value: int) -> str:
    """A count with a comma before every three digits."""
    return f"{value:,}"


@cache
def environment() -> Environment:
    """The templates of this room, with escaping always on."""
    found = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    found.filters |= {
        "percent": percent,
        "thousands": thousands,
        "counted": counted,
        "moment": moment,
        "safe_text": safe_text,
        "attested": attested,
    }
    return found


def style(*names: str) -> Markup:
    """Our own style sheets, for embedding as they are."""
    return Markup("\n".join((TEMPLATES / name).read_text("utf-8") for name in names))
