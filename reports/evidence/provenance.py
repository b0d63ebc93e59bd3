"""Where a text comes from, in the words of W3C PROV (PROV-JSON): what was made from what, by whom, when."""

from __future__ import annotations

from typing import Any

from model.decision import Who
from model.edit import text_sha256
from model.publication import Edition, PublishedPage
from reports.words import attested

_PREFIXES = {"chamra": "urn:chamra:", "sha256": "urn:sha256:", "prov": "http://www.w3.org/ns/prov#"}


def provenance(edition: Edition) -> dict[str, Any]:
    """The source, its page images, readings and published texts, and the readers and people that made them."""
    found: dict[str, dict[str, Any]] = {
        "prefix": dict(_PREFIXES),
        "entity": {
            f"sha256:{edition.state.id}": {"prov:label": edition.state.name, "prov:type": "chamra:source"}
        },
        "activity": {},
        "agent": {},
        "wasGeneratedBy": {},
        "used": {},
        "wasDerivedFrom": {},
        "wasAssociatedWith": {},
        "wasAttributedTo": {},
    }
    for number, page in sorted(edition.published.items()):
        _page(found, edition.state.id, number, page)
    return found


def _page(found: dict[str, dict[str, Any]], document: str, number: int, page: PublishedPage) -> None:
    read, published = page.page, page.published
    reader = read.reading.reader
    image, raw = f"sha256:{read.image_sha256}", f"sha256:{read.reading.sha256}"
    text = f"sha256:{text_sha256(published.text)}"
    found["entity"][image] = {"prov:label": f"image of page {number}", "prov:type": "chamra:page-image"}
    found["entity"][raw] = {"prov:label": f"raw text of page {number}", "prov:type": "chamra:reading"}
    found["entity"][text] = {
        "prov:label": f"published text of page {number}",
        "prov:type": "chamra:published-text",
    }
    agent = f"chamra:reader-{reader.name}"
    found["agent"][agent] = {
        "prov:type": "prov:SoftwareAgent", "prov:label": str(reader),
        **{f"chamra:{name}": value for name, value in reader.settings},
    }  # fmt: skip
    reading = f"chamra:reading-{number}"
    found["activity"][reading] = {"prov:label": f"reading of page {number}"}
    found["wasAssociatedWith"][f"_:reads{number}"] = {"prov:activity": reading, "prov:agent": agent}
    found["used"][f"_:reads-image{number}"] = {"prov:activity": reading, "prov:entity": image}
    found["wasGeneratedBy"][f"_:raw{number}"] = {"prov:entity": raw, "prov:activity": reading}
    found["wasDerivedFrom"][f"_:image{number}"] = {
        "prov:generatedEntity": image, "prov:usedEntity": f"sha256:{document}",
    }  # fmt: skip
    found["wasDerivedFrom"][f"_:text{number}"] = {"prov:generatedEntity": text, "prov:usedEntity": raw}
    _review(found, number, page, raw, text)


def _review(found: dict[str, dict[str, Any]], number: int, page: PublishedPage, raw: str, text: str) -> None:
    """The review of a page: who decided about its edits and who signed."""
    signoff = page.state.signoff
    review = f"chamra:review-{number}"
    times = [one.when for made in page.state.decisions.values() for one in made]
    found["activity"][review] = {"prov:label": f"review of page {number}"}
    if signoff is not None:
        found["activity"][review] |= {
            "prov:startTime": min([*times, signoff.when]), "prov:endTime": signoff.when,
            "chamra:ledger-head": signoff.ledger_head,
        }  # fmt: skip
        found["wasAttributedTo"][f"_:signed{number}"] = {
            "prov:entity": text, "prov:agent": _person(found, signoff.who), "chamra:attested": attested(signoff),
        }  # fmt: skip
    people = {one.who.account: one.who for made in page.state.decisions.values() for one in made}
    for nth, who in enumerate(people.values(), 1):
        found["wasAssociatedWith"][f"_:decides{number}-{nth}"] = {
            "prov:activity": review, "prov:agent": _person(found, who),
        }  # fmt: skip
    found["used"][f"_:reviews{number}"] = {"prov:activity": review, "prov:entity": raw}
    found["wasGeneratedBy"][f"_:published{number}"] = {"prov:entity": text, "prov:activity": review}


def _person(found: dict[str, dict[str, Any]], who: Who) -> str:
    """The agent of a person, entered where it is not yet."""
    for name, body in found["agent"].items():
        if body.get("chamra:account") == who.account and body["prov:label"] == who.name:
            return name
    name = f"chamra:person-{sum('person' in one for one in found['agent']) + 1}"
    found["agent"][name] = {
        "prov:type": "prov:Person", "prov:label": who.name, "chamra:account": who.account,
        "chamra:claimed": who.claimed,
    }  # fmt: skip
    return name
