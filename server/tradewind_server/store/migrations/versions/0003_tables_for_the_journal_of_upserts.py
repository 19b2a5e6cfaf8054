"""Tables of their own for the journal of upserts

Until now runs, their pending chunks and their sources were rows of ``upsertion_record`` below namespaces of a certain form.
They are moved; what in-memory and Faiss stores hold is entered, so that it can be removed with its chatflow.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMESPACE = uuid.UUID("5f1c1f0e-7d0b-5d6b-9b1e-6a0d8f0f6c11")
RUNS = "00000000-0000-0000-0000-000000000000/runs"
LEFT = re.compile(r"[0-9a-f-]{36}/~(pending|sources)/[0-9a-f-]{36}/", re.IGNORECASE)
LONGEST_NAMESPACE = 400
PAGE = 1000

RECORDS = sa.table(
    "upsertion_record",
    sa.column("workspace_id"),
    sa.column("namespace"),
    sa.column("key"),
    sa.column("chatflow_id"),
    sa.column("point_id"),
    sa.column("updated_date", UTCDateTime()),
)
CHATFLOWS = sa.table("chatflow", sa.column("id"), sa.column("flow_data"))


def upgrade() -> None:
    op.add_column("upsertion_record", sa.Column("chat_id", sa.Text(), nullable=True))
    tables = _create()
    connection = op.get_bind()
    for (workspace_id, run_id, node_id), rows in _old_runs(connection).items():
        _move_run(connection, tables, workspace_id, run_id, node_id, rows)
    connection.execute(sa.delete(RECORDS).where(RECORDS.c.namespace == RUNS))
    spaces = sa.select(RECORDS.c.workspace_id, RECORDS.c.chatflow_id, RECORDS.c.namespace).distinct()
    for workspace_id, chatflow_id, namespace in connection.execute(spaces).all():
        mine = (RECORDS.c.workspace_id == workspace_id, RECORDS.c.namespace == namespace)
        if LEFT.match(namespace):  # Of runs that have ended.
            connection.execute(sa.delete(RECORDS).where(*mine))
            continue
        _enter_store(connection, tables["filled_store"], workspace_id, chatflow_id, namespace)
        owner, _, name = namespace.partition("/")
        if len(name) > LONGEST_NAMESPACE:
            digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
            connection.execute(sa.update(RECORDS).where(*mine).values(namespace=f"{owner}/{digest}"))


def _create() -> Mapping[str, sa.Table]:
    def text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[Any]:
        return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=nullable)

    def workspace() -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"])

    run = op.create_table(
        "upsert_run",
        text("id", 36),
        text("workspace_id", 36),
        text("chatflow_id", 36),
        text("upsert_id", 36),
        text("node_id"),
        text("collection"),
        text("records", nullable=True),
        text("cleanup", 16),
        sa.Column("fills_empty", sa.Boolean(), nullable=False),
        text("holding", 16),
        text("chat_id", nullable=True),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("begun_date", UTCDateTime(), nullable=False),
        sa.Column("accepted_date", UTCDateTime(), nullable=True),
        workspace(),
        sa.PrimaryKeyConstraint("id"),
    )
    pending = op.create_table(
        "pending_chunk",
        text("run_id", 36),
        text("key", 64),
        text("group_id", 64, nullable=True),
        text("point_id", 36),
        sa.PrimaryKeyConstraint("run_id", "key"),
    )
    source = op.create_table(
        "upsert_source", text("run_id", 36), text("group_id", 64), sa.PrimaryKeyConstraint("run_id", "group_id")
    )
    filled = op.create_table(
        "filled_store",
        text("id", 36),
        text("workspace_id", 36),
        text("chatflow_id", 36),
        text("holding", 16),
        text("name"),
        text("collection"),
        text("records", nullable=True),
        text("loaded_digest", 64, nullable=True),
        workspace(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "chat_upload",
        text("id", 36),
        text("workspace_id", 36),
        text("chatflow_id", 36),
        text("chat_id"),
        text("collection"),
        sa.Column("chunks", sa.Integer(), nullable=False),
        workspace(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_upsert_run_upsert", "upsert_run", ["upsert_id"])
    op.create_index("ix_filled_store_chatflow", "filled_store", ["workspace_id", "chatflow_id"])
    op.create_index("ix_chat_upload_chatflow", "chat_upload", ["workspace_id", "chatflow_id"])
    return {"upsert_run": run, "pending_chunk": pending, "upsert_source": source, "filled_store": filled}


def _old_runs(connection: sa.Connection) -> dict[tuple[str, str, str], list[tuple[dict[str, Any], datetime]]]:
    """The rows of each run: what it is, what it has reserved, whether it was accepted."""
    runs: dict[tuple[str, str, str], list[tuple[dict[str, Any], datetime]]] = {}
    columns = RECORDS.c
    rows = connection.execute(
        sa.select(columns.workspace_id, columns.key, columns.updated_date).where(columns.namespace == RUNS)
    )
    for workspace_id, key, date in rows.all():
        values = json.loads(key)
        runs.setdefault((workspace_id, values["run"], values["node"]), []).append((values, date))
    return runs


def _move_run(
    connection: sa.Connection,
    tables: Mapping[str, sa.Table],
    workspace_id: str,
    run_id: str,
    node_id: str,
    rows: list[tuple[dict[str, Any], datetime]],
) -> None:
    begun = next(((values["begun"], date) for values, date in rows if "begun" in values), None)
    if begun is None:
        return
    about, date = begun
    accepted = next((values["accepted"] for values, _ in rows if "accepted" in values), None)
    identity = str(uuid.uuid5(NAMESPACE, f"{run_id}/{node_id}"))
    collection = {**about["collection"], "api_key": None}
    connection.execute(
        sa.insert(tables["upsert_run"]),
        {
            "id": identity,
            "workspace_id": workspace_id,
            "chatflow_id": about["chatflow_id"],
            "upsert_id": run_id,
            "node_id": node_id,
            "collection": json.dumps(collection),
            "records": about["records"],
            "cleanup": about["cleanup"],
            "fills_empty": about["fills_empty"],
            "holding": "named",
            "chat_id": None,
            "reserved": max(values.get("reserved", 0) for values, _ in rows),
            "begun_date": date,
            "accepted_date": datetime.fromisoformat(accepted).astimezone(UTC) if accepted else None,
        },
    )
    for key, point in _taken(connection, workspace_id, f"{about['chatflow_id']}/~pending/{run_id}/{node_id}"):
        group, _, rest = key.partition(":")
        chunk = {"run_id": identity, "key": rest, "group_id": group or None, "point_id": point}
        connection.execute(sa.insert(tables["pending_chunk"]), chunk)
    for group, _ in _taken(connection, workspace_id, f"{about['chatflow_id']}/~sources/{run_id}/{node_id}"):
        connection.execute(sa.insert(tables["upsert_source"]), {"run_id": identity, "group_id": group})


def _taken(connection: sa.Connection, workspace_id: str, namespace: str) -> list[tuple[str, str]]:
    """Keys and points of a namespace, which is empty afterwards."""
    mine = (RECORDS.c.workspace_id == workspace_id, RECORDS.c.namespace == namespace)
    found = connection.execute(sa.select(RECORDS.c.key, RECORDS.c.point_id).where(*mine)).all()
    connection.execute(sa.delete(RECORDS).where(*mine))
    return [(key, point) for key, point in found]


def _enter_store(connection: sa.Connection, table: sa.Table, workspace_id: str, chatflow_id: str, namespace: str) -> None:
    """In-memory and Faiss stores keep their records below their chatflow's id, whatever the canvas says."""
    name = namespace.removeprefix(f"{chatflow_id}/{chatflow_id}_")
    if name.startswith(f"memory_{chatflow_id}_"):
        holding = "own"
    elif name.startswith("faiss_") and _draws_faiss(connection, chatflow_id):
        holding = "own" if name.startswith(f"faiss_{chatflow_id}_") else "shared"
    else:
        return
    collection = {
        "workspace_id": workspace_id,
        "name": name,
        "embedding_model": "",
        "url": None,
        "api_key": None,
        "credential_id": None,
        "distance": "Cosine",
        "content_key": "content",
        "metadata_key": "metadata",
        "config": None,
        "batch_size": None,
    }
    named = json.dumps([workspace_id, chatflow_id, holding, None, name, namespace], separators=(",", ":"), ensure_ascii=False)
    values = {
        "id": str(uuid.uuid5(NAMESPACE, named)),
        "workspace_id": workspace_id,
        "chatflow_id": chatflow_id,
        "holding": holding,
        "name": name,
        "collection": json.dumps(collection),
        "records": namespace,
        "loaded_digest": None,
    }
    connection.execute(sa.insert(table), values)


def _draws_faiss(connection: sa.Connection, chatflow_id: str) -> bool:
    drawing = connection.execute(sa.select(CHATFLOWS.c.flow_data).where(CHATFLOWS.c.id == chatflow_id)).scalar()
    try:
        nodes = json.loads(drawing or "{}").get("nodes") or []
        return any(node["data"].get("name") == "faiss" for node in nodes)
    except (ValueError, AttributeError, KeyError, TypeError):
        return False


def downgrade() -> None:
    for table in ("chat_upload", "filled_store", "upsert_source", "pending_chunk", "upsert_run"):
        op.drop_table(table)
    with op.batch_alter_table("upsertion_record", schema=None) as batch_op:
        batch_op.drop_column("chat_id")
