"""SPC103: a space that the page shows and the text has not."""

from __future__ import annotations

from correction.rule import Example, Printed, Rule, Stage
from correction.words.finders import missing_space_finder
from dictionaries.known import Known, own
from model.edit import Safety


def spc103(known: Known | None = None) -> Rule:
    """The rule on what the caller knows, by default what comes with the program."""
    return Rule(
        code="SPC103",
        name="missing space",
        version=1,
        message="The page shows a space here.",
        stage=Stage.WORDS,
        level=Safety.REVIEW,
        find=missing_space_finder(known or own()),
        fires=(
            Example(
                "ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น",
                30,
                31,
                "น ",
                printed="ส่งเสริมการมีส่วนร่วมของประชาชน และจัดทำแผนพัฒนาท้องถิ่น",
            ),
            Example(
                "จำนวนหมู่บ้านในเขตตำบล25 หมู่บ้าน",
                21,
                22,
                "ล ",
                printed="จำนวนหมู่บ้านในเขตตำบล 25 หมู่บ้าน",
            ),
        ),
        silent=(
            "ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น",
            Printed(
                "ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น",
                "ส่งเสริมการมีส่วนร่วมของประชาชนและจัดทำแผนพัฒนาท้องถิ่น",
            ),
            Printed(
                "คณะกรรมการพิจารณาจัดทำแผนพัฒนา",
                "คณะกรรม การพิจารณาจัดทำแผนพัฒนา",
            ),
        ),
        source="The gap on the page, language model and network of official prose, fitted by benchmarks/calibrate.py.",
    )
