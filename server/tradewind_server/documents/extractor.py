"""The reader of PDF, Word and PowerPoint files, of books and of rich text: Kreuzberg. Synchronous and CPU-bound."""

from __future__ import annotations

from typing import Any

from tradewind_server.documents.loaders import unreadable
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.unpacking import password_error


def extract(file: SourceFile, mime: str, what: str, *, pages: bool = False, content: bytes | None = None) -> Any:
    """What the extractor finds in a file, or in ``content`` instead."""
    from kreuzberg import ExtractionConfig, KreuzbergError, PageConfig, extract_bytes_sync, extract_file_sync

    config = ExtractionConfig(use_cache=False, pages=PageConfig(extract_pages=True) if pages else None)
    try:
        if content is not None:
            return extract_bytes_sync(content, mime, config=config)
        return extract_file_sync(file.path, mime_type=mime, config=config)
    except (KreuzbergError, OSError, ValueError, RuntimeError) as error:
        raise password_error(file, what) if "password" in str(error).lower() else unreadable(file, what) from None
