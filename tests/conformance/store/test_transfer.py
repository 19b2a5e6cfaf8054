"""What every adapter of the port ``TransferStore`` does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tradewind_server.errors import TradewindError
from tradewind_server.store.repositories.transfer import PAGE
from tradewind_server.transfer.ports import TableRows

from .conftest import MINE, MOMENT, THEIRS, new_id


def tool(number: int = 0, **columns: Any) -> dict[str, Any]:
    row = {"id": new_id(), "name": f"tool {number}", "description": "", "color": "grey", "icon_src": None, "schema": None}
    return {**row, "func": None, "created_date": MOMENT, "updated_date": MOMENT, **columns}


async def all_rows(stores: Any, workspace: str, table: str, **where: Any) -> list[dict[str, Any]]:
    return [row async for page in stores.transfer.pages(workspace, table, where) for row in page]


async def test_rows_come_back_page_by_page_and_only_to_their_workspace(stores: Any) -> None:
    rows = sorted((tool(number) for number in range(PAGE * 2 + 3)), key=lambda row: str(row["id"]))
    await stores.transfer.add(MINE, [TableRows("tool", rows)])
    assert await all_rows(stores, MINE, "tool") == [{**row, "workspace_id": MINE} for row in rows]
    assert await all_rows(stores, MINE, "tool", name="tool 7") == [
        {**row, "workspace_id": MINE} for row in rows if row["name"] == "tool 7"
    ]
    assert await all_rows(stores, THEIRS, "tool") == []


async def test_pages_go_on_behind_a_key_of_two_columns(stores: Any) -> None:
    generations = sorted(new_id() for _ in range(2))
    chunk = {"store_id": new_id(), "loader_id": new_id(), "page_content": "x", "metadata": "{}", "point_id": new_id()}
    rows = [
        {"generation": generation, "number": number, "id": new_id(), **chunk}
        for generation in generations
        for number in range(PAGE + 1)
    ]
    await stores.transfer.add(MINE, [TableRows("document_store_chunk", rows)])
    found = await all_rows(stores, MINE, "document_store_chunk")
    assert [(row["generation"], row["number"]) for row in found] == [(row["generation"], row["number"]) for row in rows]


async def test_it_is_told_who_has_an_id(stores: Any) -> None:
    mine, theirs = tool(), tool()
    await asyncio.gather(
        stores.transfer.add(MINE, [TableRows("tool", [mine])]), stores.transfer.add(THEIRS, [TableRows("tool", [theirs])])
    )
    ids = [mine["id"], theirs["id"], *(new_id() for _ in range(2500))]
    assert await stores.transfer.owners("tool", "id", ids) == {mine["id"]: MINE, theirs["id"]: THEIRS}
    assert await stores.transfer.owners("tool", "id", []) == {}


async def test_all_rows_or_none(stores: Any) -> None:
    row = tool()
    await stores.transfer.add(MINE, [TableRows("tool", [row])])
    with pytest.raises((TradewindError, Exception)):
        await stores.transfer.add(MINE, [TableRows("tool", [tool(1)]), TableRows("tool", [row])])
    assert len(await all_rows(stores, MINE, "tool")) == 1


async def test_characters_that_no_database_takes_are_replaced(stores: Any) -> None:
    await stores.transfer.add(MINE, [TableRows("tool", [tool(description="a\x00b\ud800c")])])
    ((row),) = await all_rows(stores, MINE, "tool")
    assert row["description"] == "a\ufffdb\ufffdc"
