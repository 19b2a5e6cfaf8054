"""Document stores of a workspace: create, list, change, delete (docs/document-stores.md)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tradewind_server.chatflows.ids import UUID
from tradewind_server.document_stores.configs import component, invalid, whole_config
from tradewind_server.document_stores.ports import DocumentStore, DocumentStores, StoreChange, StoreComponent
from tradewind_server.document_stores.uses import StoreUse, StoreUses
from tradewind_server.errors import FailedPrecondition, NotFound, Reason
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.nodes.registry import Registry

MOST_STORES = 1000
"""Stores of one workspace."""
LONGEST: Mapping[str, int] = {"name": 255, "description": 10_000}
"""Most characters of each text that a caller sets."""
COMPONENTS: Mapping[str, str] = {
    "vectorStoreConfig": "vector_store",
    "embeddingConfig": "embedding",
    "recordManagerConfig": "record_manager",
}
"""Settings of a store, by public name."""


class DocumentStoreService:
    """Stores as such. One of another workspace is ``NotFound(DOCUMENT_STORE_NOT_FOUND)``, like a missing one.

    Fields are those of the entity, by public name; those that the server keeps are ignored.
    """

    def __init__(
        self,
        stores: DocumentStores,
        uses: StoreUses,
        registry: Registry,
        blobs: Blobs,
        *,
        clear: Callable[[DocumentStore], Awaitable[None]],
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        """``clear`` takes the vectors of a store that has been deleted out of its vector stores, now or soon."""
        self._stores = stores
        self._uses = uses
        self._registry = registry
        self._blobs = blobs
        self._clear = clear
        self._new_id = new_id
        self._now = now

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[DocumentStore], int]:
        return await self._stores.list(workspace_id, offset, limit)

    async def uses(self, workspace_id: str, stores: Sequence[DocumentStore]) -> Mapping[str, Sequence[StoreUse]]:
        """Which chatflows name each of these stores, by the store's id."""
        return await self._uses.by_store(workspace_id, [store.id for store in stores]) if stores else {}

    async def get(self, workspace_id: str, store_id: str) -> DocumentStore:
        return await existing(self._stores, workspace_id, store_id)

    async def create(self, workspace_id: str, fields: Mapping[str, Any]) -> DocumentStore:
        """Store a new store without loaders. Raises as :meth:`draft` does."""
        store = await self.draft(workspace_id, fields)
        await self._stores.create(store)
        return store

    async def draft(self, workspace_id: str, fields: Mapping[str, Any]) -> DocumentStore:
        """A new store that is not stored. Raises ``InvalidInput``, and ``FailedPrecondition`` beyond ``MOST_STORES``."""
        if not fields.get("name"):
            raise invalid("name is missing; a document store needs one.")
        values = self._values(fields, None)
        _, count = await self._stores.list(workspace_id, limit=1)
        if count >= MOST_STORES:
            raise FailedPrecondition(
                Reason.INVALID_ARGUMENT, f"A workspace has at most {MOST_STORES} document stores; delete one first."
            )
        now = self._now()
        return replace(DocumentStore(self._new_id(), workspace_id, "", None, "EMPTY", now, now), **values)

    async def update(self, workspace_id: str, store_id: str, fields: Mapping[str, Any]) -> DocumentStore:
        """Change the fields in ``fields`` and leave the others. Raises ``NotFound`` and ``InvalidInput``."""
        store = await self.get(workspace_id, store_id)
        values = {**self._values(fields, store), "updated_date": self._now()}
        if not await self._stores.change(workspace_id, store.id, StoreChange(values)):
            raise not_found(store_id)
        return replace(store, **values)

    async def delete(self, workspace_id: str, store_id: str) -> int:
        """Delete a store with its loaders, chunks, files and vectors; how many there were, which is 1."""
        store = await self.get(workspace_id, store_id)
        count = await self._stores.delete(workspace_id, store.id)
        if not count:
            raise not_found(store_id)
        for loader in store.loaders:
            await self._blobs.delete_owner(workspace_id, loader.id)
        await self._clear(store)
        return count

    def _values(self, fields: Mapping[str, Any], store: DocumentStore | None) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, most in LONGEST.items():
            value = fields.get(name)
            if name not in fields or (value is None and name == "name"):
                continue
            if value is not None and (not isinstance(value, str) or len(value) > most):
                raise invalid(f"{name} must be a text of at most {most} characters.")
            values[name] = value
        if "name" in values and not values["name"].strip():
            raise invalid("name must have at least one character.")
        for public_name, name in COMPONENTS.items():
            if public_name in fields:
                former = getattr(store, name) if store else None
                values[name] = whole_component(component(fields[public_name], public_name), former, self._registry)
        return values


def whole_component(new: StoreComponent | None, former: StoreComponent | None, registry: Registry) -> StoreComponent | None:
    """A component as it is meant, with the secrets that the caller was not shown."""
    if new is None or former is None or former.name != new.name:
        return new
    return StoreComponent(new.name, whole_config(new.name, new.config, former.config, registry))


async def existing(stores: DocumentStores, workspace_id: str, store_id: str) -> DocumentStore:
    """The store of an id. Raises ``InvalidInput`` for what is no UUID, and ``NotFound``."""
    store = await stores.get(workspace_id, check_store_id(store_id))
    if store is None:
        raise not_found(store_id)
    return store


def check_store_id(store_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(store_id):
        raise invalid("The id of a document store must be a UUID.")
    return store_id.lower()


def not_found(store_id: str) -> NotFound:
    return NotFound(Reason.DOCUMENT_STORE_NOT_FOUND, f"Document store {store_id} not found")
