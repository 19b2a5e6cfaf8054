"""Which chatflows name a document store: as a loader, as a vector store, or as what an agent knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

MENTION = "ocumentStore"
"""What a drawing that names a store holds somewhere: part of each of its node types and input names."""
NAMED_STORE = re.compile(
    r'"(?:selectedStore|documentStore)\\*+"\s*+:\s*+\\*+"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})'
)
"""``selectedStore`` of the nodes, and ``documentStore`` of agents, ``<id>:<name>``; also in JSON that stands as a text."""


class StoreUse(NamedTuple):
    """A chatflow that names a store."""

    chatflow_id: str
    name: str


class StoreUses(Protocol):
    """Looks through the drawings of a workspace."""

    async def by_store(self, workspace_id: str, store_ids: Sequence[str]) -> Mapping[str, Sequence[StoreUse]]:
        """The chatflows that name each of these stores, by the store's id; what nobody names is left out."""
        ...


def stores_named_in(flow_data: str) -> frozenset[str]:
    """The ids of the stores that a drawing names."""
    return frozenset(match.group(1).lower() for match in NAMED_STORE.finditer(flow_data))
