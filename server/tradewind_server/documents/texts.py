"""The whole text of a document, for questions that bring one along."""

from __future__ import annotations

import logging

from tradewind_server.documents.jobs import Parsing, result_of, whole_job
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.threads import ThreadParsing

LOG = logging.getLogger("tradewind.documents")
MOST_CHARS = 2_000_000


class DocumentTexts:
    """The port ``Texts`` over a parser. Of a text longer than ``most_chars`` comes so much that the caller sees it."""

    def __init__(self, parsing: Parsing | None = None, most_chars: int = MOST_CHARS) -> None:
        self._parsing = parsing or ThreadParsing()
        self._most_chars = most_chars

    async def whole_text(self, file: SourceFile) -> str:
        """What was guessed is logged: the answer to a question has no place for it."""
        result = await result_of(self._parsing, whole_job(file, self._most_chars))
        for sentence in result.warnings:
            LOG.info("beside a question: %s", sentence)
        return str(result.value)
