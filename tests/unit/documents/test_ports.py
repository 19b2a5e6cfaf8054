"""Documents as clients see them."""

from __future__ import annotations

from tradewind_server.documents.ports import Document, documents_json


def test_source_documents_are_listed_as_clients_know_them() -> None:
    documents = [Document("text", {"source": "a.txt"}, "id-1"), Document("more")]
    assert documents_json(documents) == [
        {"pageContent": "text", "metadata": {"source": "a.txt"}, "id": "id-1"},
        {"pageContent": "more", "metadata": {}},
    ]
    assert documents_json([]) == []
    assert documents_json(None) is None
