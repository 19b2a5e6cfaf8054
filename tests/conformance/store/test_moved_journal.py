"""The third migration moves the journal of upserts out of the table of records."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, column, insert, select, table, text
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.ingest.journal import OpenRun, PendingChunk, Run
from tradewind_server.settings import Settings
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.migrate import _config, migrate
from tradewind_server.store.repositories.repository import table_of
from tradewind_server.store.stores import open_stores
from tradewind_server.store.tables import ChatflowRow, UpsertionRecordRow

from .conftest import MINE, MOMENT, Clock, Server

NAMESPACE = "00000000-0000-0000-0000-000000000000/runs"
FLOW = "6f1c1a52-5c1e-4d53-9d5e-0d6a3d1a7c11"
RUN = "7f1c1a52-5c1e-4d53-9d5e-0d6a3d1a7c22"
COLLECTION = {
    "workspace_id": MINE, "name": "docs", "embedding_model": "", "url": "http://q:6333", "api_key": None,
    "credential_id": None, "distance": "Cosine", "content_key": "content", "metadata_key": "metadata", "config": None,
    "batch_size": None,
}  # fmt: skip
LONG = "x" * 500


def row(namespace: str, key: str, point: str = RUN) -> dict[str, Any]:
    return {
        "workspace_id": MINE,
        "namespace": namespace,
        "key": key,
        "chatflow_id": namespace[:36],
        "group_id": None,
        "point_id": point,
        "updated_date": MOMENT,
    }


def journalled(node: str, **values: Any) -> dict[str, Any]:
    return row(NAMESPACE, json.dumps({"run": RUN, "node": node, **values}))


def begun(node: str, records: str | None) -> dict[str, Any]:
    about = {"id": RUN, "node_id": node, "workspace_id": MINE, "chatflow_id": FLOW, "collection": COLLECTION}
    return journalled(node, begun={**about, "records": records, "cleanup": "full", "fills_empty": False}, reserved=4096)


ROWS = [
    begun("qdrant_0", f"{FLOW}/docs"),
    journalled("qdrant_0", accepted=MOMENT.isoformat()),
    begun("qdrant_1", None),
    journalled("qdrant_1", reserved=32768),
    row(f"{FLOW}/~pending/{RUN}/qdrant_0", f"{'a' * 32}:{'b' * 64}", FLOW),
    row(f"{FLOW}/~pending/{RUN}/qdrant_0", f":{'c' * 64}", RUN),
    row(f"{FLOW}/~sources/{RUN}/qdrant_0", "a" * 32),
    row(f"{FLOW}/~sources/{FLOW}/qdrant_0", "a" * 32),
    row(f"{FLOW}/docs", "k1"),
    row(f"{FLOW}/{LONG}", "k2"),
    row(f"{FLOW}/{FLOW}_memory_{FLOW}_memoryVectorStore_0", "k3"),
    row(f"{FLOW}/{FLOW}_faiss_shop", "k4"),
]


@pytest.fixture
def old(server: Server) -> str:
    """A database as the version before left it, in the middle of an upsert."""
    url = server.url_of(False)
    engine = make_engine(url, 1)
    records = table_of(UpsertionRecordRow)
    flow = {"nodes": [{"id": "faiss_0", "data": {"name": "faiss"}}]}
    fields = {"id": FLOW, "workspace_id": MINE, "name": "F", "flow_data": json.dumps(flow), "type": "CHATFLOW", "version": 1}
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0002")
        columns = [one.name for one in records.columns if one.name != "chat_id"]
        places = ", ".join(f":{name}" for name in columns)
        statement = text(f"INSERT INTO upsertion_record ({', '.join(columns)}) VALUES ({places})")
        connection.execute(statement.bindparams(), [{**one, "updated_date": str(MOMENT)} for one in ROWS])
        chatflow = {**fields, "created_date": MOMENT, "updated_date": MOMENT}
        connection.execute(insert(table(ChatflowRow.__tablename__, *map(column, chatflow))), chatflow)
    engine.dispose()
    return url


async def test_what_was_under_way_goes_on_under_way(old: str) -> None:
    migrate(old)
    stores = open_stores(Settings(_env_file=None, database_url=old), b"secret", Clock().now, Clock().monotonic)
    try:
        runs = {left.run.node_id: left for left in await stores.journal.open_runs()}
        collection = CollectionSpec(**COLLECTION)
        first = Run(RUN, "qdrant_0", MINE, FLOW, collection, f"{FLOW}/docs", "full")
        second = Run(RUN, "qdrant_1", MINE, FLOW, collection, None, "full")
        assert runs == {
            "qdrant_0": OpenRun(first, 4096, MOMENT),
            "qdrant_1": OpenRun(second, 32768, None),
        }
        chunks = await stores.journal.pending(first, 10)
        assert sorted(chunks) == [PendingChunk("b" * 64, "a" * 32, FLOW), PendingChunk("c" * 64, None, RUN)]
        assert await stores.journal.sources(first, 10) == ["a" * 32]
        assert await stores.journal.pending(second, 10) == []

        def keys(connection: Connection) -> list[str]:
            return sorted(connection.execute(select(table_of(UpsertionRecordRow).c.key)).scalars())

        assert await stores.database.read(keys) == ["k1", "k2", "k3", "k4"]
        found = await stores.filled_stores.fillers(MINE, "faiss_shop")
        assert [(one.holding, one.records) for one in found] == [("shared", f"{FLOW}/{FLOW}_faiss_shop")]
        await stores.chatflows.delete(MINE, FLOW)
        gone, _ = await stores.filled_stores.orphans(10)
        assert {one.holding for one in gone} == {"own", "shared"}
        assert await stores.database.read(keys) == ["k3", "k4"]
    finally:
        await stores.close()


async def test_a_long_namespace_is_found_again(old: str) -> None:
    from tradewind_server.ingest.ports import namespace_of

    migrate(old)
    stores = open_stores(Settings(_env_file=None, database_url=old), b"secret", Clock().now, Clock().monotonic)
    try:
        assert await stores.records.lookup(MINE, namespace_of(FLOW, LONG), ["k2"]) == {"k2"}
    finally:
        await stores.close()


def test_the_ids_of_runs_are_those_of_the_rules() -> None:
    run = Run(RUN, "qdrant_0", MINE, FLOW, CollectionSpec(**COLLECTION))
    assert run.base == uuid.uuid5(uuid.UUID("5f1c1f0e-7d0b-5d6b-9b1e-6a0d8f0f6c11"), f"{RUN}/qdrant_0")
