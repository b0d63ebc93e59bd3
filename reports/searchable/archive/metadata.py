"""What PDF/A-2 asks of a document's metadata: properties that the standard knows, each in its form (6.6.2)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ALT, _SEQ, _BAG = "Alt", "Seq", "Bag"
_DC = {
    "title": _ALT, "description": _ALT, "rights": _ALT, "creator": _SEQ, "date": _SEQ, "subject": _BAG,
    "contributor": _BAG, "language": _BAG, "publisher": _BAG, "relation": _BAG, "type": _BAG, "coverage": "",
    "format": "", "identifier": "", "source": "",
}  # fmt: skip
_KNOWN: dict[str, dict[str, str]] = {
    "http://purl.org/dc/elements/1.1/": _DC,
    "http://ns.adobe.com/xap/1.0/": dict.fromkeys(
        ("BaseURL", "CreateDate", "CreatorTool", "Label", "MetadataDate", "ModifyDate", "Nickname", "Rating"), ""
    ),
    "http://ns.adobe.com/pdf/1.3/": dict.fromkeys(("Keywords", "PDFVersion", "Producer"), ""),
    "http://ns.adobe.com/xap/1.0/mm/": dict.fromkeys(
        ("DocumentID", "InstanceID", "OriginalDocumentID", "RenditionClass", "VersionID"), ""
    ),
    "http://ns.adobe.com/xap/1.0/rights/": {
        "Certificate": "", "Marked": "", "Owner": _BAG, "UsageTerms": _ALT, "WebStatement": "",
    },
    "http://www.aiim.org/pdfa/ns/id/": dict.fromkeys(("part", "conformance", "amd", "corr"), ""),
}  # fmt: skip


def metadata_faults(data: bytes) -> Iterator[str]:
    """What is wrong with a document's XMP, in words."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        yield "its metadata are no XML"
        return
    for description in root.iter(f"{_RDF}Description"):
        parent = description.getparent()
        if parent is None or parent.tag != f"{_RDF}RDF":
            continue
        for name in description.attrib:
            if not str(name).startswith((_RDF, _XML)):
                yield from _property_faults(str(name), "")
        for child in description:
            if isinstance(child.tag, str):
                forms = [str(one.tag).removeprefix(_RDF) for one in child]
                yield from _property_faults(child.tag, forms[0] if forms else "")


def _property_faults(tag: str, form: str) -> Iterator[str]:
    space, _, name = tag[1:].rpartition("}")
    wanted = _KNOWN.get(space, {}).get(name)
    if wanted is None:
        yield f"its metadata state {name} ({space}), which PDF/A does not know"
    elif wanted != form:
        yield f"its metadata state {name} in another form than PDF/A asks for"
