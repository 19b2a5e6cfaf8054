"""What the Qdrant adapter decides before any call."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.vectors.qdrant import QdrantIndexes

OTHER = str(uuid.uuid4())


def name_of(name: str, **other: Any) -> str:
    spec = CollectionSpec(**{"workspace_id": DEFAULT_WORKSPACE, "name": name, "embedding_model": "m", **other})
    return QdrantIndexes(socket=Path("/run/q.sock")).index(spec).name


def test_our_own_collections_are_scoped_to_their_workspace() -> None:
    assert name_of("docs") == "docs"
    assert name_of("docs", workspace_id=OTHER) == f"{OTHER}__docs"


def test_a_server_named_by_the_flow_is_its_owners() -> None:
    assert name_of("docs", workspace_id=OTHER, url="http://qdrant:6333") == "docs"
    assert name_of(f"{OTHER}__docs", url="http://qdrant:6333") == f"{OTHER}__docs"


@pytest.mark.parametrize("spelling", [OTHER, OTHER.upper()])
def test_no_name_reaches_into_another_workspace(spelling: str) -> None:
    for workspace in (DEFAULT_WORKSPACE, str(uuid.uuid4())):
        with pytest.raises(InvalidInput):
            name_of(f"{spelling}__docs", workspace_id=workspace)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "漢" * 86])
def test_names_that_would_harm_a_server_never_reach_it(name: str) -> None:
    for other in ({}, {"url": "http://qdrant:6333"}, {"workspace_id": OTHER}):
        with pytest.raises(InvalidInput, match="collection name") as caught:
            name_of(name, **other)
        assert caught.value.reason is Reason.NODE_INPUT_INVALID


async def test_a_wrong_server_url_is_refused_at_the_first_call() -> None:
    spec = CollectionSpec(workspace_id=DEFAULT_WORKSPACE, name="docs", embedding_model="m", url="ftp://qdrant")
    with pytest.raises(InvalidInput, match="URL"):
        await QdrantIndexes(socket=Path("/run/q.sock")).index(spec).count()


async def test_channels_to_servers_of_drawings_are_bounded_and_the_least_used_goes() -> None:
    def spec(number: int) -> CollectionSpec:
        url = f"http://qdrant-{number}:6334"
        return CollectionSpec(workspace_id=DEFAULT_WORKSPACE, name="docs", embedding_model="m", url=url)

    indexes = QdrantIndexes(socket=Path("/run/q.sock"), most_connections=2)
    first, second = await indexes.connection_for(spec(1)), await indexes.connection_for(spec(2))
    assert await indexes.connection_for(spec(1)) is first
    await indexes.connection_for(spec(3))
    assert await indexes.connection_for(spec(1)) is first
    assert await indexes.connection_for(spec(2)) is not second
    await indexes.aclose()
