"""ENC018: text that was typed while the keyboard stood on the other language."""

from __future__ import annotations

from collections.abc import Iterator

from correction.diagnosis.keyboard import english_on_thai_keys, thai_on_latin_keys
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from dictionaries.language_model import load as load_model
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    typed = list(thai_on_latin_keys(context.text, context.known.lexicon, load_model()))
    if not any(box is not None for box in context.reading.boxes):  # marks alone in a scan are a reader's
        typed += english_on_thai_keys(context.text)
    for one in typed:
        message = f"Typed with the keyboard on the other language. It reads: {one.meant}"
        yield Match(one.start, one.end, one.meant, confidence=0.95, message=message)


RULE = Rule(
    code="ENC018",
    name="other keyboard layout",
    version=1,
    message="This was typed with the keyboard on the other language.",
    message_th="ข้อความนี้พิมพ์โดยไม่ได้เปลี่ยนภาษาของแป้นพิมพ์",
    stage=Stage.TEXT,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "[l;ylfu→สวัสดี] ครับ",
        "เรียน [xit=k=o→ประชาชน] ทุกท่าน",
        "[้ำสสน→hello] ครับ [ะ้ฟืา ันี→thank you]",
        "[gmL\\[k\\]9e\\[\\]c,jlkp→เทศบาลตำบลแม่สาย]\nวันที่ 1",
    ),
    negative=examples(
        "สวัสดี hello ประชาชน",
        "www.dla.go.th info@dla.go.th รหัส A1-B2;C3 และ x86-64",
        "IP 10.0.0.1/24 ราคา 1,200.- อัตรา 3-5% ขนาด 10x20",
    ),
    source="TIS 820-2538, layout of Thai character keys on computer keyboards (Kedmanee).",
)
