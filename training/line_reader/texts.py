"""The texts of the training lines: slices of running text, and much of what running text has too little of.

Government news writes Arabic digits, so many of its numbers become Thai ones; numbers alone, labels of forms, rare
letters, Latin words, addresses, and clusters without sense (which no memory of Thai helps to read) are made.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from model.thai import THAI_DIGITS, compose_sara_am
from ocr.line_reader.alphabet import known
from training.line_reader.numbers import Numbers
from training.line_reader.words import DOMAINS, HOSTS, LABELS, LATIN_WORDS, MAILBOXES, RARE_WORDS

TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))
_ABOVE = "ัิีึืํ็"
_BELOW = "ุู"
_TONES = "่้๊๋์"
_HOMELESS = re.compile(f"(^|[^ก-ฮ{_ABOVE}{_BELOW}{_TONES}])[{_ABOVE}{_BELOW}{_TONES}ฺ๎ำ]+")
"""Marks without a consonant to stand on: fonts draw a dotted circle under them."""
_RARE = "ฌฃฅฦๅ฿ฤฎฏฐฑฒณศษฬฮๆฯ"

KINDS = (
    ("running", 0.38),
    ("number in text", 0.12),
    ("cell", 0.17),
    ("nothing", 0.04),
    ("rare", 0.03),
    ("quotation", 0.04),
    ("latin", 0.09),
    ("address", 0.02),
    ("clusters", 0.04),
    ("leaders", 0.025),
    ("form", 0.045),
)
"""What a line holds and how often it is drawn. `nothing`: ink that is no text, to be read as an empty line."""


@dataclass(frozen=True, slots=True)
class TextSample:
    """The text of a line and its kind."""

    kind: str
    text: str


def fold(text: str) -> str:
    """The text with sara am and sara ae as one letter each, as the alphabet has them."""
    return compose_sara_am(text).replace("เเ", "แ").replace("\u200b", "")


class Texts:
    """Draws the text of one line after the other. `longest` is the most code points of a line at that time."""

    def __init__(self, files: list[Path], seed: int) -> None:
        lines = (line for file in files for line in fold(file.read_text("utf-8")).splitlines())
        self._corpus = re.sub(r"\s+", " ", " ".join(lines))
        self._random = random.Random(seed)
        self._numbers = Numbers(self._random)
        self._makers = {
            "running": self._running,
            "number in text": lambda size: self._around(self._numbers.phrase(), size),
            "cell": lambda _: self._mixed(self._numbers.cell(), 0.5),
            "rare": lambda size: self._around(self._rare(), size),
            "quotation": self._quotation,
            "latin": lambda size: self._around(self._latin(), size),
            "address": lambda size: self._around(self._address(), size),
            "clusters": self._clusters,
            "leaders": self._leaders,
            "form": self._form,
        }

    def line(self, longest: int, kind: str = "") -> TextSample:
        """A text of 1 to `longest` code points without white space at its ends; none for the kind `nothing`."""
        names, weights = zip(*KINDS, strict=True)
        while True:
            chosen = kind or self._random.choices(names, weights)[0]
            if chosen == "nothing":
                return TextSample(chosen, "")
            text = self._makers[chosen](self._size(longest))
            text = _trim(known(text))[: longest + 6].strip()
            if text:
                return TextSample(chosen, text)

    def _size(self, longest: int) -> int:
        draw = self._random
        if draw.random() < 0.1:
            return draw.randint(1, 5)
        return draw.randint(4, max(5, round(longest * draw.random() ** 0.6)))

    def _slice(self, size: int) -> str:
        at = self._random.randrange(len(self._corpus) - size)
        return self._corpus[at : at + size]

    def _mixed(self, text: str, thai: float) -> str:
        """The text with Thai digits, that often."""
        return text.translate(TO_THAI) if self._random.random() < thai else text

    def _running(self, size: int) -> str:
        return self._mixed(self._slice(size), 0.6)

    def _around(self, middle: str, size: int) -> str:
        """Something made, alone or within a line of running text."""
        draw = self._random
        room = size - len(middle)
        if room < 3 or draw.random() < 0.25:
            return self._mixed(middle, 0.55)
        before = draw.randint(0, room)
        gap, after = draw.choice((" ", " ", "")), draw.choice((" ", " ", ""))
        head = self._slice(before) if before else ""
        tail = self._slice(room - before) if before < room else ""
        return self._mixed(head + gap + middle + after + tail, 0.55)

    def _rare(self) -> str:
        draw = self._random
        if draw.random() < 0.6:
            return draw.choice(("", " ")).join(draw.choices(RARE_WORDS.split(), k=draw.randint(1, 2)))
        letters = "".join(draw.choices(_RARE, k=draw.randint(1, 5)))
        return draw.choice(("", "น", "กา")) + letters + draw.choice(("", "า", "ร", "์"))

    def _quotation(self, size: int) -> str:
        """Quotation marks, dashes, bullets and brackets within running text."""
        draw = self._random
        left, right = draw.choice(("“”", "“”", '""', "‘’", "''", "()", "[]", "()", "<>", "{}"))
        inner = self._slice(draw.randint(2, max(3, size // 2))).strip()
        text = self._slice(draw.randint(1, max(2, size // 3))) + draw.choice((" ", "")) + left + inner + right
        kind = draw.random()
        if kind < 0.3:
            text = draw.choice("••••-–—*๏") + draw.choice((" ", "", "  ")) + self._slice(size)
        elif kind < 0.5:
            words = self._slice(size).split()
            text = draw.choice((" – ", " - ", "–", " — ", "-", "/", ": ", "; ", ", ", "… ")).join(words)
        return self._mixed(text + draw.choice(("", "", ".", ",", ";", ":", "?", "!", "*", "**")), 0.5)

    def _latin(self) -> str:
        draw = self._random
        if draw.random() < 0.65:
            words = draw.choices(LATIN_WORDS.split(), k=draw.choice((1, 1, 2, 3, 5)))
            change = draw.choice((str, str, str.upper, str.lower, str.capitalize))
            return " ".join(change(word) for word in words)
        printable = "".join(map(chr, range(0x21, 0x7F)))
        pool = draw.choice(
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                "abcdefghijklmnopqrstuvwxyz",
                "0123456789",
                "IOl01|5S8B2ZG6",
                printable,
            )
        )
        word = "".join(draw.choices(pool, k=draw.randint(1, 9)))
        left, right = draw.choice(("()", "“”", '""', "‘’", "[]", ("", ""), ("", "")))
        return left + word + right

    def _address(self) -> str:
        """An e-mail address or a web address."""
        draw = self._random
        host = draw.choice(HOSTS.split()) + draw.choice(DOMAINS.split())
        name = (
            draw.choice(MAILBOXES.split())
            + draw.choice(("", "_", ".", "-"))
            + draw.choice(("", "01", "th", "2565"))
        )
        path = "/".join(
            draw.choices(
                [*MAILBOXES.split(), "index.php", "news", "file_01.pdf", "?id=12"], k=draw.randint(0, 2)
            )
        )
        before = draw.choice(("https://", "http://", "www.", "https://www.", ""))
        return draw.choice((f"{name}@{host}", f"{before}{host}/{path}", f"{before}{host}"))

    def _clusters(self, size: int) -> str:
        """Letters that no knowledge of Thai predicts."""
        draw = self._random
        made = ""
        while len(made) < size:
            made += draw.choice("เแโใไ") if draw.random() < 0.15 else ""
            made += draw.choice(_CONSONANTS)
            kind = draw.random()
            made += draw.choice(_ABOVE) if kind < 0.3 else draw.choice(_BELOW) if kind < 0.42 else ""
            made += draw.choice(_TONES) if draw.random() < 0.3 else ""
            made += draw.choice(("า", "ะ", "ำ", "ๆ", "ฯ", "ๅ", " ")) if draw.random() < 0.3 else ""
            made += draw.choice(THAI_DIGITS) if draw.random() < 0.12 else ""
        return made

    def _leaders(self, size: int) -> str:
        """A dotted leader with a page number or an amount, as in tables of contents and forms."""
        draw = self._random
        dots = draw.choice((".", ".", ". ", "…")) * draw.randint(3, 14)
        return self._mixed(self._slice(draw.randint(1, size)) + " " + dots + " " + self._numbers.cell(), 0.5)

    def _form(self, size: int) -> str:
        """Labels with colons, places to write on and check boxes."""
        draw = self._random
        text = ""
        while len(text) < size:
            text += draw.choice(("☐ ", "☐", "☑ ", "( ) ", "", "", "", ""))
            text += draw.choice(LABELS.split()) + draw.choice((" ", " ", ":", " : ", "", "."))
            kind = draw.random()
            if kind < 0.3:
                text += draw.choice((".", ".", "…")) * draw.randint(3, 12)
            elif kind < 0.5:
                text += self._numbers.cell()
            elif kind < 0.6:
                text += self._slice(draw.randint(2, 8))
            text += " "
        return self._mixed(text, 0.5)


def _trim(text: str) -> str:
    """Without marks that have no consonant to stand on, and without doubled spaces."""
    text = _HOMELESS.sub(r"\1", re.sub(" +", " ", text))
    return text.lstrip(" ะาๅ")
