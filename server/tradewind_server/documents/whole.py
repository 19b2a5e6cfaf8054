"""The whole text of a document, for a question that brings one along: what a parser does."""

from __future__ import annotations

from tradewind_server.documents.loaders import LoaderOptions, ending, load_text
from tradewind_server.documents.office import load_any
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.reading import Notice, text_of

AS_WRITTEN = frozenset({"txt", "md", "markdown", "csv", "json", "jsonl", "xml", "svg", "yaml", "yml", "log", "rst", "sql"})
"""Read as they stand: a loader would take rows and values apart that a model reads better together."""


def whole_text(file: SourceFile, most: int, options: LoaderOptions) -> tuple[str, tuple[str, ...]]:
    """The text of a document, at most ``most`` characters of it, and what is to be said of it; pages follow each other line by
    line. Raises what the loaders raise.
    """
    parts: list[str] = []
    notices: list[str] = []
    size = 0
    for item in load_text(file, {}) if ending(file.name) in AS_WRITTEN else load_any(file, options):
        if isinstance(item, Notice):
            notices.append(item.sentence)
            continue
        for number, block in enumerate(text_of(item).blocks()):
            parts.append(f"\n{block}" if parts and number == 0 else block)
            size += len(parts[-1])
            if size > most:
                return "".join(parts)[:most], tuple(notices)
    return "".join(parts), tuple(notices)
