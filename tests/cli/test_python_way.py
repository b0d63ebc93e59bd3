"""The page about Python is true: its blocks run one after the other, each with the names of those before."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs/python.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
SAMPLE = Path(__file__).resolve().parents[2] / "cli/sample/scan.pdf"


def run(blocks: list[str]) -> dict[str, object]:
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    return names


def test_a_text_is_corrected_in_ten_lines(capsys) -> None:
    names = run(BLOCKS[:1])
    assert "ENC001" in capsys.readouterr().out
    assert "ตำบล" in str(names["safe"])
    assert len(BLOCKS[0].strip().splitlines()) <= 10


@pytest.mark.tesseract
@pytest.mark.slow
def test_a_document_is_digitised_taken_along_and_evaluated(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "cli/sample").mkdir(parents=True)
    (tmp_path / "cli/sample/scan.pdf").write_bytes(SAMPLE.read_bytes())
    monkeypatch.chdir(tmp_path)
    names = run(BLOCKS)
    assert str(names["raw"]).strip()
    assert len(names["pages"]) == 1  # type: ignore[arg-type]
