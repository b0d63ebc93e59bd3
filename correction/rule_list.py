"""The rules as data for a program and as a page for a reader. Their examples say what they do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from correction.example import USUAL_CONFIDENCE, Example
from correction.rule import Rule
from correction.text_diff import LEVELS
from correction.visible import carried, shown
from model.counted import counted


def rule_object(rule: Rule) -> dict[str, object]:
    """One rule with all that its file says, ready for JSON."""
    return {
        "code": rule.code,
        "family": rule.family,
        "name": rule.name,
        "version": rule.version,
        "level": LEVELS[rule.level],
        "stage": rule.stage.name.lower(),
        "message": rule.message,
        "message_th": rule.message_th,
        "source": rule.source,
        "readers": list(rule.readers),
        "enabled_by_default": rule.enabled_by_default,
        "positive": [_example_object(example) for example in rule.positive],
        "negative": [_example_object(example) for example in rule.negative],
    }


def rules_page(rules: Sequence[Rule]) -> str:
    """The rules as a page in Markdown, family by family, each with its examples. Ends in a newline."""
    parts = [
        "# The rules",
        "Made from the rules themselves by `make rules`. `safe` is the highest level a rule's findings may have: it "
        "cannot fire on legitimate text and the drawn glyphs stay the same; `review` needs a person; `flag` says "
        "that something is wrong and replaces nothing. Of each example the rule finds what stands in brackets and "
        "proposes what stands behind the arrow; without an arrow it flags the place. Beside a text stands what the "
        "line reader reads there, where a rule asks it, or what is printed, or as what the place is marked.",
    ]
    ordered = sorted(rules, key=lambda r: r.code)
    for family, members in groupby(ordered, key=lambda r: r.family):
        parts.append(f"## {family}")
        parts += [_section(rule) for rule in members]
    return "\n\n".join(parts) + "\n"


def _example_object(example: Example) -> dict[str, object]:
    found = [{"start": one.span.start, "end": one.span.end, "after": one.after} for one in example.expected]
    beside = {
        "witness": example.witness,
        "tesseract": example.tesseract,
        "printed": example.printed,
        "mark": example.mark,
    }
    known = {key: text for key, text in beside.items() if text is not None}
    return {"text": example.text, "findings": found, **known}


def _section(rule: Rule) -> str:
    about = f" Only for what {' and '.join(rule.readers)} read." if rule.readers else ""
    if not rule.enabled_by_default:
        about += f" Off unless asked for: `CHAMRA_RULES={rule.code}={LEVELS[rule.level]}`."
    rows = [f"### {rule.code} {rule.name}", "", f"{rule.message} {rule.message_th}", ""]
    rows += [f"Level: {LEVELS[rule.level]}.{about} Finds", ""]
    rows += [f"- {_shown(example)}" for example in rule.positive]
    rows += ["", "and nothing in", ""]
    rows += [f"- {_shown(example)}" for example in rule.negative]
    if rule.source:
        rows += ["", f"Source: {rule.source}"]
    return "\n".join(rows)


def _shown(example: Example) -> str:
    parts, at = [], 0
    for (start, end), after in (((one.span.start, one.span.end), one.after) for one in example.expected):
        changed = "" if after is None else f"→{_marked(after)}"
        parts += [_plain(example.text[at:start]), f"[{_marked(example.text[start:end])}{changed}]"]
        at = end
    text = f"`{''.join(parts)}{_plain(example.text[at:])}`"
    if example.witness is not None:
        return f"{text} beside `{_plain(example.witness)}`"
    if example.tesseract is not None:
        return f"{text} beside Tesseract's `{_plain(example.tesseract)}`"
    if example.confidence != USUAL_CONFIDENCE:
        text = f"{text} read with a confidence of {example.confidence:g}"
    if example.account is not None:
        are = "is" if example.account.open_places == 1 else "are"
        return f"{text} where {counted(example.account.open_places, 'place')} {are} not accounted for"
    if example.mark is not None:
        return f"{text} marked as {example.mark}"
    return text if example.printed is None else f"{text} printed `{_plain(example.printed)}`"


def _marked(text: str) -> str:
    return carried(_visible(text, spaces=True))


def _plain(text: str) -> str:
    return carried(_visible(text, spaces=False))


def _visible(text: str, *, spaces: bool) -> str:
    """The text on one line of Markdown: line ends and tabs by their code points."""
    return shown(text, spaces=spaces).replace("\t", "<U+0009>")
