"""The diff that people read at a terminal."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from correction.engine import propose
from correction.payload import render_correction_diff
from correction.text_diff import render_diff
from correction.visible import carried, names, shown
from dictionaries.lexicon import load_lexicon
from model.edit import Edit, Flag, Proposal, Safety, Span
from tests.correction.texts import ANY_TEXT, DAMAGED, reading


def proposal(text: str, start: int, end: int, after: str, safety: Safety = Safety.REVIEW) -> Proposal:
    edit = Edit(Span(start, end), text[start:end], after)
    return Proposal(f"{start:016}", "LEX001", 1, edit, "Misspelt.", (), 0.5, safety)


def diff(text: str) -> str:
    return render_correction_diff(text, propose(reading(text), strict=True), load_lexicon())


def test_a_changed_line_is_shown_before_and_after_with_the_reason():
    assert diff("หน้า 1\nเทศบาลตําบลชมภู\n") == (
        "line 2\n"
        "- เทศบาลต[-\u25ccํา-]บลชมภู\n"
        "+ เทศบาลต{+\u25ccำ+}บลชมภู\n"
        "  ENC001 safe 14-16: NIKHAHIT, SARA AA -> SARA AM. Sara am is written as nikhahit and sara aa.\n"
        "1 correction (1 safe, 0 for review), 0 flags.\n"
    )


def test_a_text_without_corrections_says_so():
    assert diff("เทศบาลตำบลชมภู") == "Nothing to correct.\n"
    assert diff("") == "Nothing to correct.\n"


def test_changes_of_one_line_stand_together_and_spaces_are_visible():
    text = "ก ข ค"
    made = [proposal(text, 1, 2, ""), proposal(text, 3, 5, " ฅ")]
    assert render_diff(text, made, ()) == (
        "line 1\n"
        "- ก[-\u2423-]ข[-\u2423ค-]\n"
        "+ กข{+\u2423ฅ+}\n"
        "  LEX001 review 1-2: SPACE -> nothing. Misspelt.\n"
        "  LEX001 review 3-5: SPACE, KHO KHWAI -> SPACE, KHO KHON. Misspelt.\n"
        "2 corrections (0 safe, 2 for review), 0 flags.\n"
    )


def test_changes_of_different_lines_stand_apart():
    text = "กข\nคง"
    made = [proposal(text, 0, 1, "จ"), proposal(text, 3, 4, "ฉ")]
    assert render_diff(text, made, ()).splitlines()[:8] == [
        "line 1",
        "- [-ก-]ข",
        "+ {+จ+}ข",
        "  LEX001 review 0-1: KO KAI -> CHO CHAN. Misspelt.",
        "line 2",
        "- [-ค-]ง",
        "+ {+ฉ+}ง",
        "  LEX001 review 3-4: KHO KHWAI -> CHO CHING. Misspelt.",
    ]


def test_a_change_over_a_line_end_shows_both_lines():
    text = "กข\nคง\nจฉ"
    assert render_diff(text, [proposal(text, 2, 3, "")], ()).splitlines()[:3] == [
        "line 1",
        "- กข[-<U+000A>-]คง",
        "+ กขคง",
    ]
    assert render_diff(text, [proposal(text, 0, 1, "ช"), proposal(text, 2, 4, "ซ")], ()).splitlines()[:3] == [
        "line 1",
        "- [-ก-]ข[-<U+000A>ค-]ง",
        "+ {+ช+}ข{+ซ+}ง",
    ]


def test_a_long_replacement_is_read_as_words():
    text = "จังหวัดเชียงไหม่"
    row = render_diff(text, [proposal(text, 7, 16, "เชียงใหม่")], ()).splitlines()[3]
    assert row == "  LEX001 review 7-16: เชียงไหม่ -> เชียงใหม่. Misspelt."


def test_a_flag_is_shown_on_its_line_and_in_order_of_place():
    text = "กข\nคง\nจฉ"
    flag = Flag("f", "LOW001", Span(3, 4), "Hard to read.")
    assert render_diff(text, [proposal(text, 6, 7, "ช")], [flag]).splitlines() == [
        "line 2",
        "! [?ค?]ง",
        "  LOW001 flag 3-4: Hard to read.",
        "line 3",
        "- [-จ-]ฉ",
        "+ {+ช+}ฉ",
        "  LEX001 review 6-7: CHO CHAN -> CHO CHANG. Misspelt.",
        "1 correction (0 safe, 1 for review), 1 flag.",
    ]


def test_a_flag_over_the_whole_of_a_long_text_shows_its_beginning():
    text = "ก" * 100 + "\nข"
    rows = render_diff(text, (), [Flag("f", "LOW001", Span(0, 102), "Broken.")]).splitlines()
    assert rows[1] == f"! [?{'ก' * 60}…?]"
    assert render_diff("", (), [Flag("f", "LOW001", Span(0, 0), "Broken.")]).splitlines()[1] == "! [??]"


def test_a_long_line_is_cut_around_its_changes():
    text = "ก" * 500 + "ข" + "ค" * 500 + "ง" + "จ" * 500
    made = [proposal(text, 500, 501, "ช"), proposal(text, 1001, 1002, "ซ")]
    assert render_diff(text, made, ()).splitlines()[1] == (
        f"- …{'ก' * 60}[-ข-]{'ค' * 60}…{'ค' * 60}[-ง-]{'จ' * 60}…"
    )


def test_line_ends_of_other_systems_are_not_shown():
    text = "กข\r\nคง\r"
    made = [proposal(text, 0, 1, "จ"), proposal(text, 4, 5, "ฉ")]
    assert [row for row in render_diff(text, made, ()).splitlines() if row[0] in "-+"] == [
        "- [-ก-]ข",
        "+ {+จ+}ข",
        "- [-ค-]ง",
        "+ {+ฉ+}ง",
    ]


@given(st.one_of(ANY_TEXT, DAMAGED))
def test_whatever_the_text_holds_the_terminal_gets_nothing_to_obey(text):
    printed = diff(text)
    assert printed.endswith("\n")
    assert not {c for c in printed if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"}} - {"\n", "\t"}


@given(DAMAGED)
def test_no_mark_sits_on_a_bracket(text):
    printed = diff(text)
    for opening in ("[-", "{+", "[?", "-]", "+}", "?]", "\n- ", "\n+ ", "\n! "):
        for piece in printed.split(opening)[1:]:
            assert not piece or not unicodedata.combining(piece[0])
            assert piece[:1] not in set("ัิีึืำ็ํ")


def test_characters_are_shown_and_named():
    assert shown("ก\u200bข\x1b[31m \u00a0\uf70a") == "ก<U+200B>ข<U+001B>[31m \u00a0<U+F70A>"
    assert shown("ก ข\u00a0", spaces=True) == "ก\u2423ข<U+00A0>"
    assert carried("่า") == "\u25cc่า"
    assert carried("ก่") == "ก่"
    assert names("ำ\u200b\uf70a\n") == "SARA AM, ZERO WIDTH SPACE, U+F70A, LINE FEED"
    assert names("") == "nothing"
