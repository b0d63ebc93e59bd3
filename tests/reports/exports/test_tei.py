"""TEI P5: each correction beside what was read; from either the whole text follows."""

from lxml import etree

from tests.reports.round_trip import IN_PICTURE, document, exported
from tests.reports.sample_document import finished

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
BREAKS = {f"{TEI}lb", f"{TEI}pb"}


def text_of(page: etree._Element, leaving_out: str) -> str:
    """The text of a page's division with one side of each choice left out."""
    found: list[str] = []

    def walk(one: etree._Element) -> None:
        if one.tag == f"{TEI}lb":
            found.append("\n")
        elif one.tag != f"{TEI}{leaving_out}":
            found.append(one.text or "")
            for child in one:
                walk(child)
        if one is not page:
            found.append(one.tail or "")

    walk(page)
    return "".join(found)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_corrected_and_the_raw_text_follow_from_the_file() -> None:
    found = document()
    root = etree.fromstring(exported("tei", found))
    pages = root.findall(f".//{TEI}body/{TEI}div")
    for page, published in zip(pages, found.published.values(), strict=True):
        assert squeezed(text_of(page, "sic")) == squeezed(published.published.text)
        assert squeezed(text_of(page, "corr")) == squeezed(published.page.reading.text)


def test_a_correction_says_who_made_it_when_and_by_which_rule() -> None:
    root = etree.fromstring(exported("tei", document()))
    (choice, *_) = root.iter(f"{TEI}choice")
    sic, corr = choice
    assert (sic.text, corr.text, corr.get("type")) == ("หวยสัก", "ห้วยสัก", "LEX001")
    by_id = {one.get(ID): one for one in root.iter() if one.get(ID)}
    person = by_id[corr.get("resp").removeprefix("#")]
    change = by_id[corr.get("change").removeprefix("#")]
    assert person.find(f"{TEI}persName").text == "มาลี"
    assert change.get("when") == "2026-11-22T03:14:15.000000Z"
    assert change.get("who") == corr.get("resp")
    assert "LEX001: Misspelt word" in change.text
    assert "เทียบแล้ว" in change.text


def test_everything_that_is_referred_to_is_there_once() -> None:
    root = etree.fromstring(exported("tei", document()))
    ids = [one.get(ID) for one in root.iter() if one.get(ID)]
    assert len(ids) == len(set(ids))
    for one in root.iter():
        for name in ("facs", "resp", "change", "who"):
            for reference in (one.get(name) or "").split():
                assert reference.removeprefix("#") in ids


def test_the_head_has_what_the_guidelines_demand_in_their_order() -> None:
    root = etree.fromstring(exported("tei", document()))
    assert [child.tag for child in root] == [f"{TEI}{name}" for name in ("teiHeader", "facsimile", "text")]
    header = [child.tag for child in root[0]]
    assert header == [f"{TEI}{name}" for name in ("fileDesc", "encodingDesc", "profileDesc", "revisionDesc")]
    described = [child.tag for child in root[0][0]]
    assert described == [f"{TEI}{name}" for name in ("titleStmt", "publicationStmt", "sourceDesc")]


def test_a_page_that_was_left_out_is_a_gap_with_its_reason() -> None:
    root = etree.fromstring(exported("tei", finished()))
    (gap,) = root.iter(f"{TEI}gap")
    assert gap.get("reason").startswith("หน้าปกหลัง") or gap.get("reason")
    assert " " not in gap.get("reason")


def test_who_signed_is_said_and_that_a_name_alone_is_claimed() -> None:
    found = document()
    root = etree.fromstring(exported("tei", found))
    said = [one.text for one in root.iterfind(f".//{TEI}change")]
    for number, published in found.published.items():
        signoff = published.state.signoff
        if signoff is not None:
            how = f"signed with the key {signoff.key}" if signoff.key else "claimed, not signed"
            assert any(one and one.startswith(f"page {number} signed: {how}") for one in said)
    assert any(published.state.signoff for published in found.published.values())


def test_a_picture_is_a_zone_and_its_letters_are_a_note_there() -> None:
    root = etree.fromstring(exported("tei", document()))
    pictured, unread = root.iterfind(f"{TEI}facsimile/{TEI}surface/{TEI}zone[@type='picture']")
    assert [pictured.get(side) for side in ("ulx", "uly", "lrx", "lry")] == ["10", "20", "300", "200"]
    assert pictured.findtext(f"{TEI}note").endswith(f"proofread by nobody: {IN_PICTURE}")
    assert len(unread) == 0
    assert "แผนที่" not in "".join(root.find(f"{TEI}text").itertext())
