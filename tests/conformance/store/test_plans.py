"""With 100,000 messages stored, every statement of a call still finds its rows by an index, on either database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event, text
from tradewind_server.chats.ports import Feedback, FeedbackFilter, MessageFilter, PageRequest, Position
from tradewind_server.ingest.ports import RecordEntry, namespace_of
from tradewind_server.store.executor.database import Database
from tradewind_server.store.stores import Stores

from .conftest import MINE, MOMENT, new_id

MESSAGES = 100_000
FLOWS = 50
SESSIONS = 40
FLOW = "00000000-0000-4000-9000-000000000007"
DATES = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', '2025-01-01', '+' || i || ' seconds')",
    "postgresql": "timestamptz '2025-01-01 00:00:00Z' + i * interval '1 second'",
}
FILL = """
INSERT INTO chat_message
  (id, workspace_id, chatflow_id, role, content, chat_type, chat_id, session_id, memory_type, created_date)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)
SELECT '00000000-0000-4000-8000-' || substr(CAST(1000000000000 + i AS VARCHAR), 2), :workspace,
       '00000000-0000-4000-9000-' || substr(CAST(1000000000000 + i % :flows AS VARCHAR), 2),
       CASE WHEN i / :flows % 2 = 0 THEN 'userMessage' ELSE 'apiMessage' END, 'what was said', 'EXTERNAL',
       'chat-' || CAST(i / :flows / 2 % :sessions AS VARCHAR),
       'session-' || CAST(i / :flows / 2 % :sessions AS VARCHAR), '', {date}
FROM n
"""
ANSWER = f"00000000-0000-4000-8000-{FLOWS + 7:012}"


async def fill(database: Database) -> None:
    kind = database.engine.dialect.name

    def work(connection: Connection) -> None:
        values = {"last": MESSAGES - 1, "flows": FLOWS, "sessions": SESSIONS, "workspace": MINE}
        connection.execute(text(FILL.format(date=DATES[kind])), values)
        if kind == "postgresql":
            connection.execute(text("ANALYZE"))

    await database.write(work)
    assert (
        await database.read(lambda connection: connection.execute(text("SELECT count(*) FROM chat_message")).scalar())
        == MESSAGES
    )


class Statements:
    """What the stores say to the database, and how the database would go about it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._said: list[tuple[str, Any]] = []
        event.listen(database.engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "DELETE", "UPDATE")) and not many:
            self._said.append((statement, parameters))

    def _hear_the_driver(self, connection: Connection) -> None:
        """Histories are asked of SQLite's driver, past the engine's events."""
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            driver.set_trace_callback(lambda statement: statement.startswith("SELECT") and self._said.append((statement, ())))

    async def plans(self, call: Callable[[], Awaitable[Any]]) -> dict[str, str]:
        """Each statement of a call, with its plan."""
        await self._database.lookup(self._hear_the_driver)
        self._said.clear()
        await call()
        said = list(self._said)
        assert said, "nothing was heard of this call"
        prefix = "EXPLAIN QUERY PLAN " if self._database.engine.dialect.name == "sqlite" else "EXPLAIN "

        def work(connection: Connection) -> dict[str, str]:
            return {
                statement: "\n".join(str(row[-1]) for row in connection.exec_driver_sql(prefix + statement, parameters))
                for statement, parameters in said
            }

        return await self._database.read(work)


WHOLE_TABLE = re.compile(
    r"SCAN (chat_message|earlier|latest|upsertion_record)"
    r"|Seq Scan on (chat_message |upsertion_record)"
    r"|SEARCH (chat_message|earlier|latest|upsertion_record) USING .*\(workspace_id=\?\)"
)
"""How a plan says that it walks through all messages or records, or through all of a workspace's."""


async def test_no_call_walks_through_all_messages(stores: Stores) -> None:
    await fill(stores.database)
    messages = stores.chat_messages
    for number in range(50):
        answer = f"00000000-0000-4000-8000-{FLOWS * (2 * number + 1) + 7:012}"
        await stores.feedbacks.add(MINE, Feedback(new_id(), FLOW, "c", answer, "THUMBS_UP", None, MOMENT))
    flow = MessageFilter(FLOW)
    session, chat = replace(flow, session_id="session-5"), replace(flow, chat_id="chat-5")
    behind = Position(MOMENT + timedelta(hours=6), ANSWER)
    calls: dict[str, Callable[[], Awaitable[Any]]] = {
        "history": lambda: messages.history(MINE, FLOW, "session-5", 20),
        "list": lambda: messages.list(MINE, flow, PageRequest(1000), with_feedback=True),
        "list, newest first": lambda: messages.list(MINE, flow, PageRequest(10, descending=True)),
        "list, a later page": lambda: messages.list(MINE, flow, PageRequest(10, after=behind)),
        "list by session": lambda: messages.list(MINE, session, PageRequest(10)),
        "list by session, a later page": lambda: messages.list(MINE, session, PageRequest(10, True, behind)),
        "list by chat": lambda: messages.list(MINE, chat, PageRequest(10)),
        "list by id": lambda: messages.list(MINE, replace(flow, message_id=ANSWER), PageRequest(10)),
        "list by date": lambda: messages.list(MINE, replace(flow, start_date=MOMENT, end_date=MOMENT), PageRequest(10)),
        "list by rating": lambda: messages.list(MINE, replace(flow, ratings=("THUMBS_UP",)), PageRequest(10)),
        "feedback": lambda: stores.feedbacks.list(MINE, FeedbackFilter(FLOW), PageRequest(10)),
        "feedback, a later page": lambda: stores.feedbacks.list(MINE, FeedbackFilter(FLOW), PageRequest(10, after=behind)),
        "place of a message": lambda: stores.feedbacks.message_place(ANSWER),
        "figures": lambda: stores.chatflow_counts.stats(MINE, flow, 10),
        "figures by rating": lambda: stores.chatflow_counts.stats(MINE, replace(flow, ratings=("THUMBS_UP",)), 10),
        "sessions": lambda: messages.sessions(MINE, flow, PageRequest(10)),
        "list of sessions": lambda: messages.list_of_sessions(MINE, flow, PageRequest(2), PageRequest(10), with_feedback=True),
        "edit": lambda: stores.message_edits.edit(MINE, FLOW, ANSWER, "new", MOMENT),
        "branch": lambda: stores.message_edits.branch(MINE, FLOW, ANSWER, new_id(), new_id(), 1000),
        "delete by session": lambda: messages.delete(MINE, session),
        "delete by chat": lambda: messages.delete(MINE, replace(flow, chat_id="chat-6")),
        "delete by rating": lambda: messages.delete(MINE, replace(flow, ratings=("THUMBS_UP",))),
        "delete a flow's messages": lambda: messages.delete(MINE, flow),
        "delete a flow": lambda: stores.chatflows.delete(MINE, FLOW),
    }
    statements = Statements(stores.database)
    plans = {name: await statements.plans(call) for name, call in calls.items()}
    walks = {name: plan for name, of in plans.items() for plan in of.values() if WHOLE_TABLE.search(plan)}
    assert walks == {}


async def test_no_call_walks_through_all_records(stores: Stores) -> None:
    records = stores.records
    for number in range(20):
        entries = [RecordEntry(f"key-{one}", f"group-{one % 50}", "p") for one in range(1000)]
        await records.put(MINE, namespace_of(new_id() if number else FLOW, "docs"), entries, MOMENT)
    if stores.database.engine.dialect.name == "postgresql":
        await stores.database.write(lambda connection: connection.execute(text("ANALYZE")) and None)
    space, later = namespace_of(FLOW, "docs"), MOMENT + timedelta(seconds=1)
    statements = Statements(stores.database)
    calls: dict[str, Callable[[], Awaitable[Any]]] = {
        "lookup": lambda: records.lookup(MINE, space, ["key-1", "key-2"]),
        "stale": lambda: records.stale(MINE, space, later, None, 100),
        "stale by group": lambda: records.stale(MINE, space, later, ["group-1"], 100),
        "nothing stale": lambda: records.stale(MINE, space, MOMENT, None, 100),
        "remove": lambda: records.remove(MINE, space, ["key-1", "key-2"]),
    }
    walks = {
        name: plan
        for name, call in calls.items()
        for plan in (await statements.plans(call)).values()
        if WHOLE_TABLE.search(plan)
    }
    assert walks == {}
