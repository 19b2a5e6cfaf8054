"""The whole text of a document, for questions that bring one along."""

from __future__ import annotations

import asyncio
import logging

from tradewind_server.flows.components import SourceFile
from tradewind_server.ingest.loaders import ending, load_text
from tradewind_server.ingest.office import load_any
from tradewind_server.ingest.reading import Notice, document_of

AS_WRITTEN = frozenset({"txt", "md", "markdown", "csv", "json", "jsonl", "xml", "svg", "yaml", "yml", "log", "rst", "sql"})
"""Read as they stand: a loader would take rows and values apart that a model reads better together."""
LOG = logging.getLogger("tradewind.ingest")


class DocumentTexts:
    """The port ``Texts`` over the document loaders, in worker threads."""

    async def whole_text(self, file: SourceFile) -> str:
        return await asyncio.to_thread(whole_text, file)


def whole_text(file: SourceFile) -> str:
    """The text of a document; pages follow each other line by line. Raises what the loaders raise.

    What was guessed is logged: the answer to a question has no place for it.
    """
    texts = []
    for one in load_text(file, {}) if ending(file.name) in AS_WRITTEN else load_any(file, {}):
        if isinstance(one, Notice):
            LOG.info("beside a question: %s", one.sentence)
        else:
            texts.append(document_of(one).content)
    return "\n".join(texts)
