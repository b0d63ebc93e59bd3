"""Numbers as forms, tables and running text have them, made in Arabic digits; `Texts` turns many into Thai ones."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.line_reader.words import BEFORE_NUMBERS, MONTHS, UNITS


class Numbers:
    """Draws numbers: `cell` as they stand alone, `phrase` with the words around them."""

    def __init__(self, draw: random.Random) -> None:
        self._random = draw
        self._cells: tuple[tuple[float, Callable[[], str]], ...] = (
            (3.0, lambda: self._digits(1, 1)),
            (4.0, lambda: self._digits(1, 3)),
            (2.0, lambda: self._digits(2, draw.choice((4, 6, 9, 13)))),
            (3.0, self._grouped),
            (2.0, self._decimal),
            (1.5, self._outline),
            (1.5, self._date),
            (1.0, self._clock),
            (1.5, self._telephone),
            (0.8, self._percentage),
            (0.8, self._range),
            (0.8, self._money),
            (0.7, self._identity),
            (0.6, self._code),
            (0.4, lambda: draw.choice(("-", "–", "—", "0", "0.00", "-0-", "N/A", "฿", "%"))),
            (0.6, lambda: draw.choice("([") + self._digits(1, 3) + draw.choice(")]")),
        )

    def cell(self) -> str:
        """A number as it stands alone in a cell or at the head of a paragraph."""
        weights = [weight for weight, _ in self._cells]
        text = self._random.choices(self._cells, weights)[0][1]()
        return text + self._random.choice(("", "", "", "", ".", ")"))

    def phrase(self) -> str:
        """A number with a word before or after it."""
        draw = self._random
        kind = draw.randrange(9)
        some = self._digits(1, draw.choice((2, 3, 5, 9)))
        if kind == 0:
            return f"{draw.choice(BEFORE_NUMBERS.split())}{draw.choice((' ', ''))}{self.cell()}"
        if kind == 1:
            return f"{self.cell()} {draw.choice(UNITS.split())}"
        if kind == 2:
            return f"{draw.choice(BEFORE_NUMBERS.split())} {some} {draw.choice(UNITS.split())} {self._digits(1, 4)}"
        if kind == 3:
            year = draw.choice(("24", "25", "25")) + self._digits(2, 2)
            return draw.choice(("พ.ศ. ", "พ.ศ.", "ปี ", "ปี พ.ศ. ", "")) + year
        if kind == 4:
            before = draw.choice(("ลงวันที่", "วันที่", "ณ วันที่", ""))
            return f"{before} {self._digits(1, 2)} {draw.choice(MONTHS.split())} 25{self._digits(2, 2)}"
        if kind == 5:
            return draw.choice((" ", ". ", "  ")).join(self._digits(1, 5) for _ in range(draw.randint(2, 5)))
        if kind == 6:
            letter = draw.choice("กขคงจฉชซตทนบปผพมรลวสหอฮ")
            return letter + draw.choice(("", " ", "-", ".")) + self._digits(1, 4)
        if kind == 7:
            return some + draw.choice((".", ",", ")", ":", "/", "-", "ฯ", "ๆ", '"', "”"))
        return self.cell()

    def _digits(self, least: int, most: int) -> str:
        return "".join(self._random.choices("0123456789", k=self._random.randint(least, most)))

    def _grouped(self) -> str:
        draw = self._random
        text = ",".join((self._digits(1, 3), *(self._digits(3, 3) for _ in range(draw.randint(1, 3)))))
        return draw.choice(("", "", "", "-")) + text + draw.choice(("", "", ".00", "." + self._digits(2, 2)))

    def _decimal(self) -> str:
        return self._digits(1, 3) + "." + self._digits(1, 3)

    def _outline(self) -> str:
        return ".".join(self._digits(1, 2) for _ in range(self._random.randint(2, 4)))

    def _date(self) -> str:
        draw = self._random
        day, month, year = (
            str(draw.randint(1, 31)),
            draw.randint(1, 12),
            draw.choice(("25", "20")) + self._digits(2, 2),
        )
        mark = draw.choice("//-.")
        return draw.choice(
            (
                f"{day}{mark}{month}{mark}{year}",
                f"{day:0>2}{mark}{month:02}{mark}{year}",
                f"{day} {draw.choice(MONTHS.split())} {year}",
                f"{day} {draw.choice(MONTHS.split())} {year[2:]}",
                f"{day}/{year}",
            )
        )

    def _clock(self) -> str:
        mark = self._random.choice(".:")
        first = f"{self._random.randint(0, 23):02}{mark}{self._digits(2, 2)}"
        tail = (
            "",
            " น.",
            f"-{self._random.randint(0, 23):02}{mark}{self._digits(2, 2)}",
            f":{self._digits(2, 2)}",
        )
        return first + self._random.choice(tail)

    def _telephone(self) -> str:
        draw = self._random
        area = draw.choice(
            ("02", "08" + self._digits(1, 1), "09" + self._digits(1, 1), "0" + self._digits(2, 2))
        )
        mark = draw.choice(("-", "-", " ", ""))
        tail = draw.choice(("", "", "", f" ต่อ {self._digits(2, 4)}", f"-{self._digits(1, 2)}"))
        return area + mark + self._digits(3, 4) + draw.choice((mark, "-", " ")) + self._digits(3, 4) + tail

    def _percentage(self) -> str:
        sign = self._random.choice(("", "", "-", "+", "–", "±"))
        return sign + self._digits(1, 3) + self._random.choice(("", "." + self._digits(1, 2))) + "%"

    def _range(self) -> str:
        return (
            self._digits(1, 4)
            + self._random.choice(("-", "–", " - ", "/", ":", "x", " × "))
            + self._digits(1, 4)
        )

    def _money(self) -> str:
        draw = self._random
        amount = draw.choice((self._grouped, lambda: self._digits(1, 4)))()
        return draw.choice((f"฿{amount}", f"{amount} บาท", f"{amount}.-", f"{amount} ฿", f"({amount})"))

    def _identity(self) -> str:
        mark = self._random.choice((" ", "-"))
        return mark.join(self._digits(size, size) for size in (1, 4, 5, 2, 1))

    def _code(self) -> str:
        draw = self._random
        letters = "".join(draw.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=draw.randint(1, 4)))
        return letters + draw.choice(("", "-", " ", "/")) + self._digits(1, 6)
