"""What changed in a document as one HTML file: nothing is fetched when it is opened, and no script runs."""

from __future__ import annotations

from collections.abc import Iterator

from model.program import program_version
from model.state import DocumentState
from reports.changes import changes
from reports.diff import AsOf
from reports.diff_words import DiffWords
from reports.evidence_text import Language
from reports.letters import safe_text
from reports.rendering import environment, style
from reports.words import VOCABULARY


def changes_html(
    before: DocumentState, since: AsOf, after: DocumentState, as_of: AsOf, language: Language = "en"
) -> Iterator[str]:
    """The file in pieces: what is other in `after`, the document as of one record, than in `before`, as of another."""
    vocabulary = VOCABULARY[language]
    found = changes(before, after)
    for piece in (
        environment()
        .get_template("changes.html.j2")
        .generate(
            css=style("base.css", "diff.css"),
            t=DiffWords(language),
            language=language,
            name=safe_text(after.name),
            state=after,
            since=since,
            as_of=as_of,
            program=program_version(),
            changes=found,
            stages=vocabulary.stages,
            outcomes=vocabulary.outcomes,
            levels=vocabulary.levels,
        )
    ):
        yield str(piece)
