"""The bundled scan shows what its README says, and nothing is wrong in it that the README does not list."""

import re
from pathlib import Path

import geothai
import pypdfium2 as pdfium
import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "cli" / "sample"
MARK_OR_VOWEL = r"[ัิ-ฺ็-๎]"


def pages() -> list[list[str]]:
    return [page.splitlines() for page in (SAMPLE / "truth.txt").read_text(encoding="utf-8").split("\f")]


def planted() -> list[tuple[int, int, str, str]]:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| (\d+) \| (.+?) \| (.+?) \| .+ \|$", readme, flags=re.MULTILINE)
    return [(int(page), int(line), printed, meant) for page, line, printed, meant in rows]


def meant_text() -> str:
    lines = pages()
    for page, line, printed, meant in planted():
        assert lines[page - 1][line - 1].count(printed) == 1, printed
        lines[page - 1][line - 1] = lines[page - 1][line - 1].replace(printed, meant)
    return "\n".join(line for page in lines for line in page)


def chains(text: str) -> list[tuple[str, str, str]]:
    short = re.findall(r"ต\.(\S+)\s+อ\.(\S+)\s+จ\.([^\s)]+)", text)
    return short + re.findall(r"ตำบล(\S+) อำเภอ(\S+) จังหวัด(\S+)", text)


def real_chains() -> set[tuple[str, str, str]]:
    return {
        (sub.name_th, district.name_th, province.name_th)
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
        for sub in geothai.subdistricts(district.code)
    }


def test_the_scan_holds_one_image_a_page_and_no_text() -> None:
    with pdfium.PdfDocument(SAMPLE / "scan.pdf") as document:
        kinds = [[type(item) for item in page.get_objects()] for page in document]
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert kinds == [[pdfium.PdfImage]] * len(pages())
    assert text == ""


def test_the_scan_is_small_enough_to_be_kept_beside_the_code() -> None:
    assert (SAMPLE / "scan.pdf").stat().st_size < 1_500_000


def test_every_mistake_in_the_readme_is_printed_where_it_says() -> None:
    assert len(planted()) == 8
    assert "เชียงไหม่" not in meant_text()


def test_every_chain_of_places_is_real_once_the_listed_mistakes_are_mended() -> None:
    found = chains(meant_text())
    assert len(found) >= 12
    assert set(found) <= real_chains()


def test_the_printed_contradiction_can_be_resolved_from_its_other_two_names() -> None:
    printed = [chain for chain in chains("\n".join(pages()[4])) if chain not in real_chains()]
    assert ("ปากน้ำแหลมสิงห์", "แหลมสิงห์", "ตราด") in printed
    provinces = {chain[2] for chain in real_chains() if chain[:2] == ("ปากน้ำแหลมสิงห์", "แหลมสิงห์")}
    assert provinces == {"จันทบุรี"}


def test_the_totals_of_the_table_add_up() -> None:
    rows = [line.split("\t") for line in pages()[1] if line.count("\t") > 3][1:]
    body, total = rows[:-1], rows[-1]
    for column in (3, 4, 5):
        assert sum(int(row[column].replace(",", "")) for row in body) == int(total[column].replace(",", ""))


@pytest.mark.parametrize("pattern", [r"เเ", r"ํา", rf"(?:^|\s){MARK_OR_VOWEL}", "  ", r"\s$"])
def test_the_truth_has_no_typing_slip_of_its_own(pattern: str) -> None:
    assert not [line for line in meant_text().split("\n") if re.search(pattern, line)]
