"""All the rules there are. A rule that is not listed here does not run."""

from __future__ import annotations

from functools import cache

from correction.places.rules import place_rules
from correction.rule import Rule
from correction.rules.dat001_month import DAT001
from correction.rules.dat002_weekday import DAT002
from correction.rules.dat003_weekday_against_date import DAT003
from correction.rules.dat004_eras import DAT004
from correction.rules.dat005_impossible_date import DAT005
from correction.rules.dig001_unread_digits import DIG001
from correction.rules.dig002_letter_in_number import DIG002
from correction.rules.dig003_mixed_digits import DIG003
from correction.rules.dig004_number_by_its_words import DIG004
from correction.rules.dig005_number_against_its_words import DIG005
from correction.rules.dig006_number_word import DIG006
from correction.rules.dig007_separators import DIG007
from correction.rules.dig008_sum import DIG008
from correction.rules.dig009_line_reader_against_words import DIG009
from correction.rules.dig101_read_otherwise import DIG101
from correction.rules.enc001_sara_am import ENC001
from correction.rules.enc002_tone_after_sara_am import ENC002
from correction.rules.enc003_mark_order import ENC003
from correction.rules.enc004_mark_after_sara_aa import ENC004
from correction.rules.enc005_doubled_mark import ENC005
from correction.rules.enc006_sara_ae import ENC006
from correction.rules.enc007_private_use import ENC007
from correction.rules.enc008_invisible import ENC008
from correction.rules.enc009_soft_hyphen import ENC009
from correction.rules.enc010_misread_punctuation import ENC010
from correction.rules.enc011_stray_marks import ENC011
from correction.rules.lat001_latin_in_thai import LAT001
from correction.rules.lex101_misspelt import lex101
from correction.rules.low001_unreadable import LOW001
from correction.rules.rdr001_unknown_letters import rdr001
from correction.rules.rdr002_read_otherwise import rdr002
from correction.rules.rep001_repeated_word import rep001
from correction.rules.rep002_repeated_line import REP002
from correction.rules.spc001_before_mark import SPC001
from correction.rules.spc002_before_sara_aa import SPC002
from correction.rules.spc003_after_leading_vowel import SPC003
from correction.rules.spc101_inside_word import spc101
from correction.rules.spc102_between_words import spc102
from correction.rules.spc103_missing_space import spc103
from correction.rules.spc201_mai_yamok import SPC201
from correction.rules.spc202_paiyannoi import SPC202
from correction.rules.spc203_number import SPC203
from correction.rules.spc204_latin_word import SPC204
from correction.rules.spc205_title_and_name import SPC205
from dictionaries.known import Known

ENCODING: tuple[Rule, ...] = (
    ENC001, ENC002, ENC003, ENC004, ENC005, ENC006, ENC007, ENC008, ENC009, ENC010, ENC011,
)  # fmt: skip
SPACING: tuple[Rule, ...] = (SPC001, SPC002, SPC003)
USAGE: tuple[Rule, ...] = (SPC201, SPC202, SPC203, SPC204, SPC205)
FACTS: tuple[Rule, ...] = (
    DAT001, DAT002, DAT003, DAT004, DAT005, DIG001, DIG002, DIG003, DIG004, DIG005, DIG006, DIG007,
    DIG008, DIG009, DIG101, LAT001, LOW001, REP002,
)  # fmt: skip


def word_rules(known: Known | None = None) -> tuple[Rule, ...]:
    """The rules about words and the spaces between them, which leave known names and the user's words alone."""
    return tuple(make(known) for make in (lex101, rdr001, rdr002, rep001, spc101, spc102, spc103))


def every_rule(known: Known | None = None) -> tuple[Rule, ...]:
    """Every rule in order of code, those that run only where they are asked for among them; those about places and
    words on what the caller knows, by default what comes with the program."""
    named = (*place_rules(known), *word_rules(known))
    return tuple(sorted((*ENCODING, *SPACING, *USAGE, *FACTS, *named), key=lambda r: r.code))


@cache
def default_rules() -> tuple[Rule, ...]:
    """The rules that run where nobody wishes otherwise, on our own dictionaries, in order of code."""
    return tuple(rule for rule in every_rule() if rule.usual)
