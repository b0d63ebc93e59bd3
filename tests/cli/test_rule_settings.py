"""Rules are lowered and switched off by a setting and by what a workspace has learned; the text is proposed anew."""

import json
from pathlib import Path

import jsonschema
import pytest

from model.edit import Safety
from model.errors import DictionaryError, Exit, UsageError
from model.page import Reader, Reading
from pipeline.knowledge import knowledge
from pipeline.local import digitise_here
from review.state import document_ids, document_state
from tests.pipeline.fake_reader import FakeReader

SCHEMA = Path("docs/schemas/rules.json")


def levels_of(known):
    return {rule.code: rule.level for rule in known.rules}


def test_the_setting_lowers_and_switches_off():
    plain, set_so = knowledge(), knowledge((), "ENC001=review,SPC=off")
    assert levels_of(set_so)["ENC001"] is Safety.REVIEW
    assert not [code for code in levels_of(set_so) if code.startswith("SPC")]
    assert set_so.ruleset != plain.ruleset
    assert set_so.dictionaries == plain.dictionaries


def test_a_workspace_that_has_learned_lowers_too_and_never_raises(tmp_path):
    learned = tmp_path / "learned.txt"
    learned.write_text("rule: ENC001 = flag\n", "utf-8")
    assert levels_of(knowledge([learned], "ENC001=review"))["ENC001"] is Safety.FLAG
    learned.write_text("rule: DIG001 = review\n", "utf-8")
    with pytest.raises(UsageError, match="DIG001 may be flag at most"):
        knowledge([learned])


@pytest.mark.parametrize("line", ["rule: ENC001 = safe", "leave: a -> b", 'confusion: "ก" read "ข" often'])
def test_a_learned_line_that_is_not_understood_is_named(tmp_path, line):
    learned = tmp_path / "learned.txt"
    learned.write_text(f"# one\n{line}\n", "utf-8")
    with pytest.raises(DictionaryError, match=r"learned.txt:2: not understood"):
        knowledge([learned])


def test_misreadings_that_reviewers_have_found_are_looked_for(tmp_path):
    learned = tmp_path / "learned.txt"
    learned.write_text('confusion: "ถ" read "ด" 5\n', "utf-8")
    page = reading("โครงการก่อสร้างดนนคอนกรีตเสริมเหล็กภายในหมู่บ้าน")
    assert knowledge().find(page).proposals == ()
    (one,) = knowledge([learned]).find(page).proposals
    assert (one.edit.before, one.edit.after) == ("ด", "ถ")


def test_misreadings_that_reviewers_have_found_count_for_names_of_places_too(tmp_path):
    learned = tmp_path / "learned.txt"
    learned.write_text('confusion: "ก" read "ฬ" 40\n', "utf-8")
    page = reading("แจ้งจังหวัดฬระบี่")
    (by_letters,) = knowledge().find(page).proposals
    assert (by_letters.rule, by_letters.edit.after) == ("LEX101", "ก")
    (by_name,) = knowledge([learned]).find(page).proposals
    assert (by_name.rule, by_name.edit.after) == ("GAZ101", "กระบี่")


def test_the_user_s_words_are_no_repetitions(tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("word: หวังเป็นเป็น\n", "utf-8")
    page = reading("เทศบาลหวังเป็นเป็นอย่างยิ่งว่าโครงการนี้จะสำเร็จ")
    assert [p.rule for p in knowledge().find(page).proposals] == ["REP001"]
    assert knowledge([own]).find(page).proposals == ()


def test_a_change_that_is_to_be_left_is_not_proposed_there_and_elsewhere_it_is(tmp_path):
    learned = tmp_path / "learned.txt"
    learned.write_text('leave: "หน้า ตําบล" -> "หน้า ตำบล"\n', "utf-8")
    own = knowledge([learned])
    assert own.dictionaries != knowledge().dictionaries

    def proposed(text):
        return [p.edit.after for p in own.find(reading(text)).proposals]

    assert proposed("หน้า ตําบล\n") == []
    assert proposed("ข้าง ตําบล\n") == ["ำ"]


def reading(text):
    return Reading.of_text(text, Reader("example", "1"))


def test_after_the_setting_has_changed_pages_are_proposed_anew_and_not_read_again(run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan])
    again = FakeReader()
    digitise_here(run_with(again, rules="ENC001=review"), [scan])
    assert again.read_pages == []
    (document,) = document_ids(workspace)
    findings = document_state(workspace, document).pages[0].findings
    assert findings
    (proposal,) = findings.proposals
    assert (proposal.rule, proposal.safety) == ("ENC001", Safety.REVIEW)


def test_rules_are_listed_with_the_level_they_now_have(chamra, monkeypatch, tmp_path):
    monkeypatch.setenv("CHAMRA_RULES", "ENC001=flag, GAZ101=off")
    status, out, _ = chamra("rules", "--json")
    assert status == Exit.DONE
    listed = json.loads(out)
    jsonschema.validate(listed, json.loads(SCHEMA.read_text("utf-8")))
    now = {rule["code"]: (rule["level"], rule["effective"]) for rule in listed["rules"]}
    assert now["ENC001"] == ("safe", "flag")
    assert now["GAZ101"][1] == "off"
    assert now["ENC002"] == ("safe", "safe")
    _, out, _ = chamra("rules")
    assert "ENC001  flag    compose sara am (may be safe):" in out
    _, out, _ = chamra("rules", "ENC001")
    assert out.rstrip().endswith("Here: flag.")
    (tmp_path / "dictionaries").mkdir()
    (tmp_path / "dictionaries" / "learned.txt").write_text("rule: ENC002 = review\n", "utf-8")
    _, out, _ = chamra("rules", "-w", tmp_path)
    assert "ENC002  review" in out


def test_a_rule_that_does_not_exist_is_wrong_usage(chamra, monkeypatch, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("ตําบล", "utf-8")
    monkeypatch.setenv("CHAMRA_RULES", "ENC777=off")
    status, _, err = chamra("correct", text)
    assert status == Exit.USAGE
    assert "There is no rule ENC777." in err


def test_correct_follows_the_setting(chamra, monkeypatch, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("ตําบล", "utf-8")
    monkeypatch.setenv("CHAMRA_RULES", "ENC=off")
    assert chamra("correct", text, "--format", "text", "--accept", "all")[1] == "ตําบล"


def test_the_usage_of_spaces_is_proposed_only_where_a_setting_asks_for_it(chamra, monkeypatch, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("โครงการต่างๆ จำนวน25 แห่ง", "utf-8")
    accept_all = ("correct", text, "--format", "text", "--accept", "all")
    assert chamra(*accept_all)[1] == "โครงการต่างๆ จำนวน25 แห่ง"
    monkeypatch.setenv("CHAMRA_RULES", "SPC201=review,SPC203=review")
    assert chamra(*accept_all)[1] == "โครงการต่าง ๆ จำนวน 25 แห่ง"
    _, out, _ = chamra("rules")
    assert "SPC201  review  mai yamok" in out
    assert "SPC202  off     paiyannoi (may be review)" in out
