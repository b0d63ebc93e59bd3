"""Telephone numbers behind a word that announces one, held against the numbering plan.

A run of groups is right when it can be read as one or more numbers of the plan, each perhaps with the last digits of a
further line (`0 2272 9529-30`) or an extension behind it. Numbers without their area code, and what hides a digit, say
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.facts.numbers import DIGIT, arabic
from correction.places.dates import years_of

AREAS = (
    "2", "32", "33", "34", "35", "36", "37", "38", "39", "42", "43", "44", "45", "52", "53", "54", "55", "56", "73",
    "74", "75", "76", "77",
)  # fmt: skip
"""What follows the 0 of a fixed line; 0 and it and the subscriber's number are nine digits."""
MOBILE = ("6", "8", "9")
"""What follows the 0 of a mobile line, of ten digits."""
_FIXED_LENGTH, _MOBILE_LENGTH, _TOLL_FREE = 9, 10, ("1800", "1900")
_ANNOUNCED = re.compile(
    r"(?:โทรศัพท์มือถือ|โทรศัพท์เคลื่อนที่|โทรศัพท์|โทรสาร|โทร|มือถือ|แฟกซ์|แฟ็กซ์|[Tt]el(?:ephone)?|TEL|[Ff]ax|FAX|[Mm]obile)"
    r"(?:\s?\(?(?:มือถือ|สายตรง|เคลื่อนที่)\)?)?\.?\s?(?:หมายเลข|เบอร์|เลขที่|No\.)?\s?[:.]?\s?"
)
_RUN = re.compile(rf"\(?{DIGIT}(?:[ \u00a0().–-]{{0,3}}{DIGIT})*")
_FROM_ABROAD = re.compile(r"\+\s?66[ \u00a0().–-]{0,3}(?:\(0\))?(?P<rest>[1-9](?:[ \u00a0().–-]{0,3}\d)*)")
"""A number with the country's code in the place of the first 0."""
_HIDDEN = re.compile(r"[ -]?[xX*×#]")
_MORE = re.compile(r"\s?(?:[,/]|และ|หรือ)\s?(?=\(?[0๐])")
_LAST_OLD_YEAR = 2006
"""Until then mobile numbers had nine digits."""
_SHORTEST, _LONGEST = 7, 14
_HOTLINE = re.compile(
    rf"(?:สายด่วน|[Hh]otline|[Cc]all [Cc]enter)\s?(?:หมายเลข|เบอร์|โทร\.?)?\s?[:.]?\s?"
    rf"(?P<number>[1๑]{DIGIT}*)(?![ -]?{DIGIT})"
)
_HOTLINE_LENGTHS = (3, 4, 10)
_ABROAD = re.compile(
    "ญี่ปุ่น|ซาอุดี|จีน|สหรัฐ|เกาหลี|ไต้หวัน|ฮ่องกง|สิงคโปร์|มาเลเซีย|อินโดนีเซีย|เวียดนาม|ลาว|กัมพูชา|เมียนมา|อินเดีย|อังกฤษ|สหราชอาณาจักร|"
    "ฝรั่งเศส|เยอรมนี|รัสเซีย|ออสเตรเลีย|นิวซีแลนด์|อิสราเอล|กาตาร์|คูเวต|เอมิเรตส์|สวิต|อิตาลี|ต่างประเทศ|สถานเอกอัครราชทูต|สถานกงสุล"
)
_NEAR = 90


def impossible_telephones(text: str) -> Iterator[tuple[int, int]]:
    """The telephone numbers that the plan does not have, as (start, end)."""
    for hotline in _HOTLINE.finditer(text):
        if len(hotline["number"]) not in _HOTLINE_LENGTHS:
            yield hotline.span("number")
    for abroad in _FROM_ABROAD.finditer(text):
        if not _HIDDEN.match(text, abroad.end()) and _impossible("0" + abroad["rest"], text):
            yield abroad.span()
    for announced in _ANNOUNCED.finditer(text):
        at = announced.end()
        if _ABROAD.search(text, max(announced.start() - _NEAR, 0), at):
            continue
        while (run := _RUN.match(text, at)) is not None:
            if not _HIDDEN.match(text, run.end()) and _impossible(run[0], text):
                yield run.start() + (run[0].startswith("(") and ")" not in run[0]), run.end()
            more = _MORE.match(text, run.end())
            if more is None:
                break
            at = more.end()


def _impossible(written: str, text: str) -> bool:
    groups = [arabic(group) for group in re.findall(f"{DIGIT}+", written)]
    digits = "".join(groups)
    if not digits.startswith("0") or digits.startswith("00") or not _SHORTEST <= len(digits) <= _LONGEST:
        return False
    if "." in written and _is_decimal(written):
        return False
    return not _numbers(groups, old=_is_old(text))


def _is_decimal(written: str) -> bool:
    return re.fullmatch(rf"{DIGIT}+\.{DIGIT}+", written) is not None


def _is_old(text: str) -> bool:
    years = years_of(text)
    return years is not None and years.main <= _LAST_OLD_YEAR


def _numbers(groups: list[str], *, old: bool) -> bool:
    """Whether the groups are numbers of the plan, one after the other, with the ends of further lines."""
    if not groups:
        return True
    number = ""
    for at, group in enumerate(groups):
        number += group
        if not _is_number(number, old=old):
            continue
        rest = groups[at + 1 :]
        for ends in range(len(rest) + 1):
            further = rest[:ends]
            if all(len(one) <= 5 and not one.startswith("0") for one in further) and _numbers(
                rest[ends:], old=old
            ):
                return True
    return False


def _is_number(number: str, *, old: bool) -> bool:
    if number.startswith(_TOLL_FREE):
        return len(number) == _MOBILE_LENGTH
    fixed = number[1:].startswith(AREAS) and len(number) == _FIXED_LENGTH
    mobile = number[1:].startswith(MOBILE) and len(number) == _MOBILE_LENGTH
    return number.startswith("0") and (fixed or mobile or (old and len(number) == _FIXED_LENGTH))
