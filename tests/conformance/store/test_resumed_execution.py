"""An agent flow that stopped for a person under an earlier schema goes on after the upgrade."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields

import pytest
from sqlalchemy import MetaData, Table
from tradewind_server.flows.agentflow.executions import Execution
from tradewind_server.flows.agentflow.flow_run import RunStores
from tradewind_server.store.executor.engine import make_engine
from tradewind_server.store.migrate import migrate
from tradewind_server.store.stores import Stores

from fakes.agentflow import WORKSPACE, AgentWorld, agent, reply, start

from .conftest import Server

BEFORE = ("0012", "0017")
"""Schemas before executions had owners, and before the newest."""


def store(url: str, execution: Execution, records: dict[str, str]) -> None:
    """The rows of an execution, in the columns that the schema has."""
    engine = make_engine(url, 1)
    schema = MetaData()
    try:
        with engine.begin() as connection:
            schema.reflect(connection)
            table: Table = schema.tables["execution"]
            values = {field.name: getattr(execution, field.name) for field in fields(Execution) if field.name in table.columns}
            connection.execute(table.insert(), values)
            for key, data in records.items():
                row = {"workspace_id": WORKSPACE, "execution_id": execution.id, "key": key, "data": data}
                connection.execute(schema.tables["checkpoint"].insert(), row)
    finally:
        engine.dispose()


@pytest.mark.parametrize("revision", BEFORE)
async def test_a_stopped_execution_goes_on_after_an_upgrade(
    server: Server, open_stores_on: Callable[[str], Stores], revision: str
) -> None:
    world = AgentWorld()
    person = agent("humanInputAgentflow", humanInputDescriptionType="fixed", humanInputDescription="Shall I?")
    wires = "startAgentflow_0 > humanInputAgentflow_0:0 > directReplyAgentflow_0"
    flow = world.draw(start(), person, reply("done: {{ question }}"), wires=[wires])
    stopped = await world.ask(flow, "q", chat_id="c")
    execution = world.execution(stopped.execution_id)
    assert execution.state == "STOPPED"
    url = server.url_of(False)
    migrate(url, revision)
    store(url, execution, world.executions.records[execution.id])
    migrate(url)
    stores = open_stores_on(url)
    world.agentflows._stores = RunStores(stores.executions, stores.checkpoints, world.leases)
    world.executions.rows.clear()
    result = await world.ask(flow, None, chat_id="c", human_input={"type": "proceed", "feedback": "yes"})
    row = await stores.executions.get(WORKSPACE, execution.id)
    assert row is not None and (row.state, row.epoch) == ("FINISHED", 2)
    steps = [step["nodeId"] for step in json.loads(row.execution_data)]
    assert steps == ["startAgentflow_0", "humanInputAgentflow_0", "directReplyAgentflow_0"]
    assert str(result.text).startswith("done: ")
