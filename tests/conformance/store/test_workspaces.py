"""What every adapter of the port ``Workspaces`` does."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel
from tradewind_server.access.ports import Credential
from tradewind_server.access.workspaces import Workspace
from tradewind_server.chatflows.variables import Variable
from tradewind_server.store.repositories.workspaces import CLOSED, FILE_OWNERS
from tradewind_server.store.tables import FilledStoreRow

from .conftest import MINE, MOMENT, THEIRS, new_id
from .test_access import key
from .test_chatflows import chatflow


def workspace(name: str = "Harbour") -> Workspace:
    return Workspace(new_id(), name, MOMENT)


async def fill(stores: Any, workspace_id: str) -> str:
    """Something of many kinds; the id of the chatflow."""
    flow = chatflow(workspace_id=workspace_id, is_public=True)
    await stores.chatflows.create(flow)
    number = sum(workspace_id.encode()) % 200
    await stores.api_keys.add(key(1, workspace_id, digest=bytes([number]) * 32))
    await stores.credentials.create(Credential(new_id(), workspace_id, "n", "p", MOMENT, MOMENT), {"k": "v"})
    await stores.variables.create(workspace_id, Variable(new_id(), "n", "v", "static", MOMENT, MOMENT))
    return flow.id


async def rows_of(stores: Any, workspace_id: str) -> dict[str, int]:
    tables = [table for table in SQLModel.metadata.sorted_tables if "workspace_id" in table.c]

    def count(connection: Any) -> dict[str, int]:
        counts = {}
        for table in tables:
            statement = select(func.count()).select_from(table).where(table.c.workspace_id == workspace_id)
            counts[table.name] = connection.execute(statement).scalar_one()
        return {name: number for name, number in counts.items() if number}

    return await stores.database.read(count)


async def leave_vectors(stores: Any, workspace_id: str, chatflow_id: str) -> Any:
    table = SQLModel.metadata.tables[FilledStoreRow.__tablename__]
    row = {"id": new_id(), "workspace_id": workspace_id, "chatflow_id": chatflow_id, "holding": "own", "name": "c"}
    collection = json.dumps({"workspace_id": workspace_id, "name": "c", "embedding_model": "m"})
    values = {**row, "collection": collection, "records": None, "loaded_digest": None}
    await stores.database.write(lambda connection: connection.execute(table.insert(), values) and None)

    async def forget() -> None:
        await stores.database.write(lambda connection: connection.execute(table.delete()) and None)

    return forget


async def test_workspaces_are_created_once_and_listed_by_name(stores: Any) -> None:
    made = [workspace(name) for name in ("b", "a 🏢")]
    for one in made:
        assert await stores.workspaces.create(one)
        assert await stores.workspaces.create(replace(one, id=new_id())) is False
        assert await stores.workspaces.get(one.id) == one == await stores.workspaces.by_name(one.name)
    rows, total = await stores.workspaces.list()
    assert [row.name for row in rows if row in made] == ["a 🏢", "b"] and total == len(rows)
    assert await stores.workspaces.list(1, 1) == ([rows[1]], total)
    assert await stores.workspaces.get(new_id()) is None
    assert await stores.workspaces.by_name("c") is None


async def test_one_that_holds_something_is_left_as_it_is_unless_told(stores: Any) -> None:
    made = workspace()
    await stores.workspaces.create(made)
    flow = await fill(stores, made.id)
    contents = await stores.workspaces.begin_deletion(made.id, MOMENT, only_empty=True)
    assert contents == {"api key": 1, "chatflow": 1, "credential": 1, "variable": 1}
    assert await stores.workspaces.get(made.id) == made and await stores.workspaces.in_deletion() == []
    stored = await stores.chatflows.get(made.id, flow)
    assert stored.apikeyid is None and stored.is_public


async def test_a_deletion_closes_at_once_and_then_removes_everything_of_that_workspace(stores: Any, open_on: Any) -> None:
    made = workspace()
    await stores.workspaces.create(made)
    flow = await fill(stores, made.id)
    await fill(stores, MINE)
    mine = await rows_of(stores, MINE)
    assert await stores.workspaces.begin_deletion(made.id, MOMENT, only_empty=False) == {}
    stored = await stores.chatflows.get(made.id, flow)
    assert stored.apikeyid == CLOSED and stored.is_public is False
    assert await stores.api_keys.list(made.id) == []
    assert await stores.workspaces.get(made.id) is None and await stores.workspaces.by_name(made.name) is None
    assert await stores.workspaces.create(replace(made, id=new_id()))  # The name is free again.
    # The process ends; another one goes on.
    later = open_on().workspaces
    assert await later.in_deletion() == [made.id]
    assert await later.file_owners(made.id) == [flow]
    for _ in range(2):
        await later.remove_rows(made.id)
        assert await rows_of(stores, made.id) == {}
    assert await later.end_deletion(made.id)
    assert await later.in_deletion() == []
    assert await rows_of(stores, MINE) == mine
    assert await later.end_deletion(MINE) in (True, False) and (await later.get(MINE)) is not None


async def test_what_says_which_vectors_are_left_stays_until_they_are_gone(stores: Any) -> None:
    made = workspace()
    await stores.workspaces.create(made)
    flow = await fill(stores, made.id)
    forget = await leave_vectors(stores, made.id, flow)
    await stores.workspaces.begin_deletion(made.id, MOMENT, only_empty=False)
    await stores.workspaces.remove_rows(made.id)
    assert await rows_of(stores, made.id) == {"filled_store": 1}
    assert [store.chatflow_id for store in (await stores.filled_stores.orphans(10))[0]] == [flow]
    assert await stores.workspaces.end_deletion(made.id) is False
    assert await stores.workspaces.in_deletion() == [made.id]
    await forget()
    assert await stores.workspaces.end_deletion(made.id) is True


async def test_an_empty_one_goes_and_a_second_deletion_finds_nothing(stores: Any) -> None:
    assert await stores.workspaces.begin_deletion(THEIRS, MOMENT, only_empty=True) == {}
    assert await stores.workspaces.end_deletion(THEIRS)
    assert await stores.workspaces.in_deletion() == []


def test_every_table_that_keeps_files_is_known() -> None:
    assert {"chatflow", "document_store"} <= FILE_OWNERS
