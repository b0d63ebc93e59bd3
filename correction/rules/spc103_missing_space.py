"""SPC103: a space that the page shows and the text has not."""

from __future__ import annotations

from correction.example import Example, examples
from correction.rule import Rule, Stage
from correction.words.finders import find_missing_spaces
from model.edit import Safety

RULE = Rule(
    code="SPC103",
    name="missing space",
    version=1,
    message="The page shows a space here.",
    message_th="ในภาพมีช่องว่างตรงนี้",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=find_missing_spaces,
    positive=examples(
        Example(
            "ส่งเสริมการมีส่วนร่วมของประชาช[น→น ]และจัดทำแผนพัฒนาท้องถิ่น",
            printed="ส่งเสริมการมีส่วนร่วมของประชาชน และจัดทำแผนพัฒนาท้องถิ่น",
        ),
        Example("จำนวนหมู่บ้านในเขตตำบ[ล→ล ]25 หมู่บ้าน", printed="จำนวนหมู่บ้านในเขตตำบล 25 หมู่บ้าน"),
    ),
    negative=examples(
        "ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น",
        Example(
            "ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น",
            printed="ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น",
        ),
        Example("คณะกรรมการพิจารณาจัดทำแผนพัฒนา", printed="คณะกรรม การพิจารณาจัดทำแผนพัฒนา"),
    ),
    source="The gap on the page, language model and network of official prose, fitted by benchmarks/calibrate.py.",
)
