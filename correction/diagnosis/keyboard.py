"""Text that was typed while the keyboard stood on the other language: `l;ylfu` for สวัสดี, `้ำสสน` for hello.

The keys are those of the Kedmanee layout (TIS 820-2538) and of the American one. Thai is believed where all of it is
words and the keys that were struck make no word of Latin letters; English where all of it is common words and the Thai
letters stand as none can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import fmean
from typing import NamedTuple

from dictionaries.language_model import LanguageModel
from dictionaries.lexicon import Lexicon

_LATIN = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"
_KEDMANEE = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_THAI = dict(zip(_LATIN, _KEDMANEE, strict=True))
_TO_LATIN = dict(zip(_KEDMANEE, _LATIN, strict=True))

_LATIN_STRETCH = re.compile(r"(?<![^\s\u0e00-\u0e7f])[!-~]+(?: [!-~]+)*(?![^\s\u0e00-\u0e7f])")
_ODD = re.compile(r"[a-z][;\[\]'/\\,.=0-9-][a-z;\[0-9]|[a-z][A-Z]|[;\[\]][a-z]")
"""What stands in no word of Latin letters: the Thai letters of these keys are common."""
_LETTERS = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_THAI_ONLY = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e ]+")
_FEWEST = 5
_LIKELY = -2.6
"""Nats a character: nearly all lines of news are likelier."""
_SHORTEST, _LONGEST = 2, 24
_MEAN_WORD = 2.5
"""Letters of the words in the mean; strings of keys that chance makes Thai are of shorter ones."""

_THAI_STRETCH = re.compile("(?<!\\S)[\u0e01-\u0e4e]+(?: [\u0e01-\u0e4e]+)*(?!\\S)")
_NO_BEGINNING = frozenset(map(chr, (*range(0xE30, 0xE3B), 0xE45, *range(0xE47, 0xE4F))))
"""What no Thai word begins with."""
_NO_WORD = re.compile("[ะำ][ะ-ฺ็-๎]|[เ-ไ](?:[ะ-ฺ็-๎]|$)")
"""What no Thai word holds."""
_ENGLISH = frozenset(
    """
    about account address after again agenda agree all also always am amount and annual answer any application april are
    area as ask at attach attached august available back bank be because been before best between bill board book both
    budget but by call can cancel case change check city class close code come comment committee company complete
    computer confirm contact contract control copy cost council could country course create data date day days dear
    december delete department design detail details did different director district do document does done down
    download draft each early edit education email end english enter error estimate every example excel fax february
    file files final finance find first follow following for form format free friday from full future general get give
    go good government great group had has have he health hello help her here high him his history home hope hotel
    house how if image important in information internet invoice is issue it item january job join july june just keep
    know last late later law leave letter level like line link list local login long look made mail main make manager
    many march market may me meet meeting member menu message minutes mobile monday money month more most much must my
    name national need new news next night no not note notice november now number october of off office ok on one
    online only open option or order other our out over page paper part password pay payment people phone place plan
    please point policy post present press price print problem process project province public publish question
    questions quick read ready receive record regards region register remark reply report reports request result return
    right room sale same save saturday say school search second section see send sent september server service set she
    should show sign signed sir size so some soon start state status still stop street subject such sunday support
    system table take tax team tel telephone test thai thailand than thank thanks that the their them then there these
    they thing think this thursday time title to today together tomorrow too total training travel try tuesday two type
    under until up update upload us use user very view visit want was water way we web website wednesday week welcome
    well were what when where which who why will with word work world would write year years yes yesterday you your
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
"""Words of letters and forms that are common enough to be meant."""
_SIGNS_AROUND = ".,!?:;()'\""


class Typed(NamedTuple):
    """A stretch of the text that was typed on the other language's keys, and what was meant."""

    start: int
    end: int
    meant: str


def thai_on_latin_keys(text: str, lexicon: Lexicon, model: LanguageModel) -> Iterator[Typed]:
    """Thai that was typed while the keyboard wrote Latin letters, in order of place."""
    for match in _LATIN_STRETCH.finditer(text):
        if not _ODD.search(match[0]):
            continue
        whole = _as_thai(match[0], lexicon, model)
        if whole is not None:
            yield Typed(*match.span(), whole)
            continue
        at = match.start()
        for token in match[0].split(" "):
            meant = _as_thai(token, lexicon, model) if _ODD.search(token) else None
            if meant is not None:
                yield Typed(at, at + len(token), meant)
            at += len(token) + 1


def english_on_thai_keys(text: str) -> Iterator[Typed]:
    """English that was typed while the keyboard wrote Thai letters, in order of place: common words, one of them at
    least written as no Thai word can be."""
    for match in _THAI_STRETCH.finditer(text):
        run: list[tuple[int, str, bool]] = []
        at = match.start()
        for token in [*match[0].split(" "), ""]:
            meant = "".join(_TO_LATIN.get(letter, letter) for letter in token)
            if meant.lower().strip(_SIGNS_AROUND) in _ENGLISH:
                run.append((at, meant, token[0] in _NO_BEGINNING or bool(_NO_WORD.search(token))))
            elif run:
                said = " ".join(word for _, word, _ in run)
                if len(said) >= _FEWEST and any(impossible for _, _, impossible in run):
                    yield Typed(run[0][0], run[0][0] + len(said), said)
                run = []
            at += len(token) + 1


def _as_thai(typed: str, lexicon: Lexicon, model: LanguageModel) -> str | None:
    meant = "".join(_TO_THAI.get(key, key) for key in typed)
    if len(_LETTERS.findall(meant)) < _FEWEST or not _THAI_ONLY.fullmatch(meant):
        return None
    words = [_words(part, lexicon) for part in meant.split()]
    if any(count is None for count in words):
        return None
    count = sum(one or 0 for one in words)
    if len(meant.replace(" ", "")) < _MEAN_WORD * count or fmean(map(float, model.score(meant))) < _LIKELY:
        return None
    return meant


def _words(part: str, lexicon: Lexicon) -> int | None:
    """Of how few words of the lexicon a text is put together; None where it is not."""
    fewest: list[int | None] = [0] + [None] * len(part)
    for end in range(_SHORTEST, len(part) + 1):
        for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
            before = fewest[start]
            if before is None or part[start] in _NO_BEGINNING or part[start:end] not in lexicon:
                continue
            known = fewest[end]
            fewest[end] = before + 1 if known is None else min(known, before + 1)
    return fewest[-1]
