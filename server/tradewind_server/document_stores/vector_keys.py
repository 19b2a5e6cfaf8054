"""Keys for Qdrant servers that were typed into the settings of a store."""

from __future__ import annotations

from collections.abc import Mapping

from tradewind_server.document_stores.ports import DocumentStore, DocumentStores


def keys_in(store: DocumentStore) -> dict[str, str]:
    """The key that a store names itself and not by a credential, by address."""
    config = store.vector_store.config if store.vector_store else {}
    url, key = (str(config.get(name) or "").strip() for name in ("qdrantServerUrl", "qdrantApiKey"))
    return {url: key} if url and key and "{{" not in key else {}


async def store_keys(stores: DocumentStores, workspace_id: str, store_id: str) -> Mapping[str, str]:
    """The keys for Qdrant servers that a store of this id names, by address; none where there is no such store."""
    store = await stores.get(workspace_id, store_id)
    return keys_in(store) if store is not None else {}


async def is_document_store(stores: DocumentStores, workspace_id: str, store_id: str) -> bool:
    return await stores.get(workspace_id, store_id) is not None
