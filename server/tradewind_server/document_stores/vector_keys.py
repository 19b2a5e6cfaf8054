"""Keys for Qdrant servers that were typed into the settings of a store."""

from __future__ import annotations

from tradewind_server.document_stores.ports import DocumentStore


def keys_in(store: DocumentStore) -> dict[str, str]:
    """The key that a store names itself and not by a credential, by address."""
    config = store.vector_store.config if store.vector_store else {}
    url, key = (str(config.get(name) or "").strip() for name in ("qdrantServerUrl", "qdrantApiKey"))
    return {url: key} if url and key and "{{" not in key else {}
