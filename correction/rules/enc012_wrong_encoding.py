"""ENC012: text that was decoded in another encoding than it was written in."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.wrong_encoding import misread_lines
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_PREVIEW = 60
"""Characters of the text as it was written that are shown."""


def _find(context: Context) -> Iterator[Match]:
    for one in context.shared(misread_lines):
        if one.after is None:
            message = (
                f"The text was written in {one.written_in} and decoded as {one.decoded_as}, and bytes of it are "
                "lost: take it anew from where it came from."
            )
            yield Match(one.start, one.end, None, message=message)
            continue
        preview = " ".join(one.after.split())[:_PREVIEW]
        evidence = (Evidence(EvidenceKind.WRITTEN_IN, (one.written_in, one.decoded_as, preview)),)
        message = f"Written in {one.written_in} and decoded as {one.decoded_as}. It reads: {preview}"
        yield Match(one.start, one.end, one.after, evidence, 0.99, message)


RULE = Rule(
    code="ENC012",
    name="wrong encoding",
    version=1,
    message="The text was decoded in another encoding than it was written in.",
    message_th="ข้อความถูกถอดรหัสผิดจากรหัสอักขระที่เขียนไว้",
    stage=Stage.TEXT,
    level=Safety.REVIEW,  # the way back is exact, but it rewrites every letter
    find=_find,
    positive=examples(
        "[à¸•à¸³à¸šà¸¥à¸Šà¸¡à¸\u00a0à¸¹→ตำบลชมภู]",
        "[เธ•เธณเธ\u009aเธฅเธ\u008aเธกเธ\u00a0เธน→ตำบลชมภู]",
        "[¤³Ð¡ÃÃÁ¡ÒÃ¾Ô¨ÒÃ³Ò→คณะกรรมการพิจารณา]",
        "ประกาศ\n[à¸•à¸³à¸šà¸¥à¸Šà¸¡à¸\u00a0à¸¹→ตำบลชมภู]\nจังหวัด",
        "[d\u0e49jเ vu เ l'\u0e49cole, tr\u0e48s bien→déjà vu à l'école, très bien]",
        "[à¸•à¸³à¸šà¸¥à¸Šà¸¡à¸ à¸ à¸¹]",
    ),
    negative=examples(
        "คณะกรรมการพิจารณา “ตำบลชมภู” – ฉบับที่ ๑",
        "déjà vu à l'école, très bien",
        "Tôi là người Việt Nam",
        "รถยนต์ C\u00d4T\u00c9 D\u2019AZUR ราคา 5 €",
        "ภาษาไทยwordและwordภาษาไทยwordแทรก",
    ),
    source="RFC 3629; TIS 620-2533 and code page 874; code page 1252; Apple's table THAI.TXT.",
)
