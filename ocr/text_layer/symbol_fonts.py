"""Symbol fonts: what their codes draw. They have no Unicode of their own, only private codes U+F020 to U+F0FF.

Source: the names of the glyphs in Microsoft's Wingdings, Wingdings 2, Wingdings 3 and Webdings and in Adobe's
Symbol and Zapf Dingbats as the Unicode Standard maps them, boxes to tick by the character for such a box."""

from __future__ import annotations

import re
from collections.abc import Mapping

PRIVATE = 0xF000


def _codes(first: int, drawn: str) -> dict[int, str]:
    return {first + step: letter for step, letter in enumerate(drawn) if letter != " "}


_WINGDINGS = {
    **_codes(0x21, "✏✂✁"), **_codes(0x28, "☎✆✉"), **_codes(0x36, "⌛⌨"), **_codes(0x3E, "✇✍"),
    **_codes(0x41, "✌ 👍👎☜☞☝☟✋☺😐☹💣☠⚐ ✈☼💧❄ ✞ ✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓"),
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", **_codes(0x70, "☐❑❒⬧⧫◆❖⬥☒⍓⌘❀✿❝❞"),
    **_codes(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_codes(0x9E, "·•◦○  ◉◎ ▪☐ ✦★✶✴✹✵"), **_codes(0xB5, "✪✰"),
    **_codes(0xD5, "⌫⌦ ➢   ➲  ←→↑↓↖↗↙↘⬅➔⬆⬇"), **_codes(0xEF, "⇦⇨⇧⇩⬄⇳"), **_codes(0xF9, "▭▫✗✓☒☑"),
}  # fmt: skip
_WINGDINGS_2 = {
    **_codes(0x4F, "✗✓☒☑☒☒"), **_codes(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), **_codes(0x95, "·•●⬤"), **_codes(0xA2, "■☐"),
}  # fmt: skip
_WINGDINGS_3 = {**_codes(0x70, "▲▼△▽◀▶◁▷"), 0x7D: "▶"}
_WEBDINGS = {**_codes(0x33, "◀▶▲▼"), 0x61: "✓", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✗"}
_SYMBOL = {
    **_codes(0x21, "!∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_codes(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_codes(0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"), **_codes(0xC4, "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊"),
    0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_ZAPF_DINGBATS = {
    **{code: chr(code + 0x26E0) for code in range(0x21, 0x7F)},
    **{code: chr(code + 0x26C0) for code in range(0xA1, 0xFF) if code != 0xF0},
    0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲", 0x74: "▼", 0x75: "◆", 0x77: "◗",
    **_codes(0xA8, "♣♦♥♠①②③④⑤⑥⑦⑧⑨⑩"), **_codes(0xD5, "→↔↕"),
}  # fmt: skip

_FONTS: tuple[tuple[re.Pattern[str], Mapping[int, str]], ...] = (
    (re.compile(r"wingdings\W*2", re.IGNORECASE), _WINGDINGS_2),
    (re.compile(r"wingdings\W*3", re.IGNORECASE), _WINGDINGS_3),
    (re.compile(r"wingdings", re.IGNORECASE), _WINGDINGS),
    (re.compile(r"webdings", re.IGNORECASE), _WEBDINGS),
    (re.compile(r"zapf\W*dingbats|\bzadb\b", re.IGNORECASE), _ZAPF_DINGBATS),
    (re.compile(r"(?:^|\+)symbol(?:mt|ps)?(?:\W|$)", re.IGNORECASE), _SYMBOL),
)


def symbols_of(font: str) -> Mapping[int, str]:
    """What the codes of a symbol font of that name draw, by code; empty for any other font."""
    return next((symbols for name, symbols in _FONTS if name.search(font)), {})


def is_symbol_font(font: str) -> bool:
    """True for a font whose glyphs are no letters, so that none of them is to be told by a letter's shape."""
    return bool(symbols_of(font)) or "dingbats" in font.lower()


def symbol(font: str, claim: str | None, own: str) -> str:
    """What a glyph of a symbol font draws, by the code that the character map or the font's `own` map gives it; empty
    where it is no symbol font, where the map knows what it is, and for a code that is not known."""
    symbols = symbols_of(font)
    if not symbols or (claim and claim in symbols.values()):
        return ""
    return next((symbols[code] for text in (claim, own) if (code := _code(text)) in symbols), "")


def _code(text: str | None) -> int:
    """The font's code behind a character: a private one, or the character that has the code in Windows; -1 for none."""
    if text is None or len(text) != 1:
        return -1
    if PRIVATE <= ord(text) <= PRIVATE + 0xFF:
        return ord(text) - PRIVATE
    try:
        return text.encode("cp1252")[0]
    except UnicodeEncodeError:
        return -1
