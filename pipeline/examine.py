"""A page that was read to its findings: what the rules say of it, kept under all that it depends on."""

from __future__ import annotations

from dataclasses import replace

from correction.reliability import expected_errors
from model.carried import Carried
from model.edit import Expectation, Findings
from model.page import Page
from pipeline.knowledge import Knowledge
from review.reanchor import reanchor
from workspace.carried_codec import carried_out
from workspace.codec import decode_findings
from workspace.store import recipe_key
from workspace.workspace import Workspace


def examine(
    workspace: Workspace,
    knowledge: Knowledge,
    page: Page,
    page_blob: str,
    expected: Expectation | None = None,
    *,
    under: Carried | None = None,
) -> Findings:
    """What the rules find on a page, or have found before; decisions on its earlier reading are carried over.

    `page_blob` is the hash of the blob that the page lies in; `expected` how many of its letters are wrong, if that is
    known already; `under` what the page before has handed on to this one.
    """
    key = findings_key(knowledge, page, page_blob, under)
    before = workspace.store.recall(key)
    if before is not None:
        findings = decode_findings(workspace.store.get(before))
    else:
        found = knowledge.find(page.reading, page.readings[1:], page.account, under)
        findings = replace(found, expected=expected or expected_errors(page))
    workspace.record_findings(page.document, page.number, page_blob, findings, key)
    reanchor(workspace.ledger, workspace.store, page.document, page.number)
    return findings


def findings_key(knowledge: Knowledge, page: Page, page_blob: str, under: Carried | None = None) -> str:
    """The key of all that the findings of a page depend on."""
    return recipe_key(
        step="find",
        reading=page.reading.sha256,
        page=page_blob,
        ruleset=knowledge.ruleset,
        dictionaries=knowledge.dictionaries,
        under=carried_out(under),
    )
