"""Corrections of text without images: spurious spaces put in, sound text, and the page of the seed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Postfix, Prefix

from benchmarks.calibrate import CORPORA
from benchmarks.judge import SourceError, around, fixes_source
from benchmarks.proportions import by_confidence, proportion
from benchmarks.spurious_spaces import RATES, inject_spaces
from correction.engine import propose
from correction.resolve import resolve
from dictionaries.characters import Part, documents, part_of, tidy
from model.edit import Proposal, Safety
from model.page import Reader, Reading
from training.dictionaries.train_language_model import read

READER = Reader("benchmark", "1")
SEED = 7
LEVELS = (0.8, 0.9, 0.95)
OWN_TEXT = (
    "องค์การบริหารส่วนตำบลจัดประชุมประชาคมหมู่บ้านเพื่อจัดทำแผนพัฒนาท้องถิ่น โดยมีผู้แทนจากทุกหมู่บ้านเข้าร่วม\n"
    "เทศบาลตำบลปรับปรุงถนนสายหลักและระบบระบายน้ำ เพื่อแก้ไขปัญหาน้ำท่วมขังในฤดูฝน ตามข้อบัญญัติงบประมาณรายจ่ายประจำปี\n"
    "ศูนย์พัฒนาเด็กเล็กในสังกัดได้รับการสนับสนุนอาหารกลางวันและนมโรงเรียนครบทุกแห่ง\n"
    "สวนสาธารณะริมแม่น้ำ\nประวัติวัดในเขตเทศบาล\nประเพณีแห่เทียนพรรษา\nตลาดน้ำและตลาดนัดชุมชน\nการจัดการขยะมูลฝอยอย่างยั่งยืน\n"
    "สะพานข้ามคลองชลประทาน\nพืชเศรษฐกิจของอำเภอ\nภาษาถิ่นใต้\nเครื่องปั้นดินเผา\nหัตถกรรมจักสานไม้ไผ่\nปลากัดไทย\nมะพร้าวน้ำหอม\n"
)
"""Prose and titles like those of an encyclopaedia, written for this benchmark."""


def winners(text: str) -> list[Proposal]:
    """What stands of the proposals for a text."""
    findings = propose(Reading.of_text(text, READER))
    return [s.proposal for s in resolve(findings.proposals, Safety.REVIEW) if s.stands]


def held_back(data: Path, letters: int) -> dict[str, list[str]]:
    """Documents of each corpus that nothing has learned from or was tuned on."""
    found: dict[str, list[str]] = {}
    for name in CORPORA:
        left = letters
        found[name.split(".")[0]] = texts = []
        for document in documents(read(data / "corpora" / name)):
            if left > 0 and part_of(document) is Part.TEST:
                texts.append(tidy(document))
                left -= len(texts[-1])
    return found


def measure_spurious(texts: Sequence[str], known: Sequence[SourceError] = ()) -> dict[str, Any]:
    """Spurious spaces put into texts, none, few or many in each in turn: precision and recall of family SPC, and from
    each confidence up.

    Proposals for spaces of the text's own count as false but for those known to be slips of its typist.
    """
    rng = np.random.default_rng(SEED)
    put = letters = 0
    found: list[tuple[float, bool]] = []
    false: list[str] = []
    for number, sound in enumerate(texts):
        text, places = inject_spaces(sound, rng, RATES[number % len(RATES)])
        letters += len(text)
        put += len(places)
        inserted = set(places)
        for proposal in winners(text):
            if proposal.rule.startswith("SPC1") and not fixes_source(text, proposal.edit, known):
                right = proposal.edit.span.start in inserted
                found.append((proposal.confidence, right))
                if not right:
                    false.append(around(text, proposal.edit))
    right_ones = sum(right for _, right in found)
    return {
        "letters": letters,
        "precision": proportion(right_ones, len(found)),
        "recall": proportion(right_ones, put),
        "rows": by_confidence(found, put, LEVELS),
        "false": false,
    }


def measure_clean(texts: Iterable[str], known: Sequence[SourceError]) -> dict[str, Any]:
    """Proposals on sound text in 10,000 letters, all families together; errors of the source itself, judged by eye,
    apart."""
    letters = 0
    counts: Counter[str] = Counter()
    neutral = safe = 0
    listed: list[dict[str, str]] = []
    for text in texts:
        letters += len(text)
        for proposal in winners(text):
            context = around(text, proposal.edit)
            edit = proposal.edit
            if fixes_source(text, proposal.edit, known):
                neutral += 1
                continue
            counts[proposal.rule] += 1
            safe += proposal.safety is Safety.SAFE
            listed.append(
                {"rule": proposal.rule, "before": edit.before, "after": edit.after, "context": context}
            )
    return {
        "letters": letters,
        "false": counts.total(),
        "in_10000": 10_000 * counts.total() / max(letters, 1),
        "safe": safe,
        "errors_of_the_source": neutral,
        "by_rule": dict(counts.most_common()),
        "listed": listed,
    }


def _least(start: int, before: str, after: str) -> tuple[int, int, str]:
    """An edit without what it leaves as it is: from where to where, and what stands there then."""
    head = Prefix.similarity(before, after)
    tail = Postfix.similarity(before[head:], after[head:])
    return start + head, start + len(before) - tail, after[head : len(after) - tail]


def measure_seed(data: Path) -> dict[str, Any]:
    """The page that the project starts from: what of the expected is found, and what is proposed besides."""
    (page,) = (data / "seed").glob("*.txt")
    text = page.read_text("utf-8")
    with (data / "seed" / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = {_least(int(r["start"]), r["before"], r["after"]): r for r in rows}
    proposed = {_least(p.edit.span.start, p.edit.before, p.edit.after): p for p in winners(text)}
    return {
        "must": sum(row["level"] == "must" for row in rows),
        "missed": [
            {"family": row["family"], "start": key[0], "before": row["before"], "after": row["after"]}
            for key, row in expected.items()
            if row["level"] == "must" and key not in proposed
        ],
        "false": [
            {"rule": p.rule, "before": p.edit.before, "after": p.edit.after, "context": around(text, p.edit)}
            for key, p in proposed.items()
            if key not in expected
        ],
    }
