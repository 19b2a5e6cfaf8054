"""The whole text of a document, for questions that bring one along."""

from __future__ import annotations

import asyncio

from tradewind_server.flows.components import SourceFile
from tradewind_server.ingest.loaders import ending
from tradewind_server.ingest.office import load_any
from tradewind_server.ingest.reading import document_of, read_text

AS_WRITTEN = frozenset({"txt", "md", "markdown", "csv", "json", "jsonl", "xml", "svg", "yaml", "yml", "log", "rst", "sql"})
"""Read as they stand: a loader would take rows and values apart that a model reads better together."""


class DocumentTexts:
    """The port ``Texts`` over the document loaders, in worker threads."""

    async def whole_text(self, file: SourceFile) -> str:
        return await asyncio.to_thread(whole_text, file)


def whole_text(file: SourceFile) -> str:
    """The text of a document; pages follow each other line by line. Raises what the loaders raise."""
    if ending(file.name) in AS_WRITTEN:
        return read_text(file)
    return "\n".join(document_of(document).content for document in load_any(file, {}))
