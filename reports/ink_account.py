"""The account of a page's ink in one number, and the places that findings about ink are about."""

from __future__ import annotations

import math

from model.account import Account, InkKind
from model.box import Box
from model.edit import Finding
from model.evidence import EvidenceKind
from reports.evidence_text import Language

_UNLOCATED: dict[Language, str] = {
    "en": "the reader says nowhere where its letters stand: the ink was not held against them",
    "th": "ตัวอ่านไม่ได้บอกตำแหน่งของตัวอักษร จึงไม่ได้เทียบหมึกกับตัวอักษร",
}
_NO_INK: dict[Language, str] = {"en": "there is no ink like letters", "th": "ไม่มีหมึกคล้ายตัวอักษร"}


def account_words(account: Account | None, language: Language = "en") -> str:
    """`99.98 % of the ink is in the text; 3 places are not`, empty where the ink was not looked at."""
    if account is None:
        return ""
    if not account.located:
        return _UNLOCATED[language]
    share = account.share
    if share is None:
        return _NO_INK[language]
    places, unseen = len(account.missing), len(account.unseen)
    black = sum(place.kind is InkKind.BLACKENED for place in account.named)
    # All but everything is not everything.
    percent = f"{math.floor(share * 10_000) / 100:.2f} %"
    if language == "th":
        said = f"หมึก {percent} อยู่ในข้อความ"
        said += f" อีก {places} แห่งไม่อยู่" if places else ""
        said += f" ตัวอักษร {unseen} แห่งไม่ตรงกับหมึก" if unseen else ""
        return said + (f" มีแถบดำปิดทับ {black} แห่ง" if black else "")
    said = f"{percent} of the ink is in the text"
    if places:
        said += f"; {places} place{' is' if places == 1 else 's are'} not"
    if unseen:
        said += f"; letters of {unseen} place{'' if unseen == 1 else 's'} the page does not bear out"
    if black:
        said += f"; {black} place{' is' if black == 1 else 's are'} blacked out"
    return said


def ink_boxes(finding: Finding) -> tuple[Box, ...]:
    """The places of ink that a finding is about, in pixels of the page image."""
    found = []
    for one in finding.evidence:
        if one.kind is EvidenceKind.INK_AT:
            left, top, right, bottom = (int(str(value)) for value in one.values)
            found.append(Box(left, top, right, bottom))
    return tuple(found)
