"""Versions of chatflows in the relational store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, exists, func, insert, select, update

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.versions import (
    LIVE,
    MOST_LABELS,
    VERSION_COLUMNS,
    ChatflowVersion,
    LabelOutcome,
    VersionSummary,
    number_of,
)
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, table_of
from tradewind_server.store.tables import ChatflowLabelRow, ChatflowRow, ChatflowVersionRow

MOST_VERSIONS = 50
"""Former versions without a label that are kept of each chatflow."""
VERSIONS, LABELS, CHATFLOWS = table_of(ChatflowVersionRow), table_of(ChatflowLabelRow), table_of(ChatflowRow)
HAS_LABEL = exists().where(LABELS.c.chatflow_id == VERSIONS.c.chatflow_id, LABELS.c.number == VERSIONS.c.number)


class VersionWriter:
    """Keeps the state of a chatflow as a version, inside the transaction of its save."""

    def __init__(self, most: int) -> None:
        self._most = most

    def add(self, connection: Connection, chatflow: Chatflow) -> None:
        """Keep the present state under its number, and remove the oldest versions without a label beyond the bound."""
        texts = {name: getattr(chatflow, name) for name in VERSION_COLUMNS}
        values = {
            **texts,
            "chatflow_id": chatflow.id,
            "number": chatflow.version_number,
            "workspace_id": chatflow.workspace_id,
            "date": chatflow.updated_date,
        }
        connection.execute(insert(VERSIONS), values)
        if chatflow.version_number <= self._most + 1:
            return
        former = (VERSIONS.c.chatflow_id == chatflow.id, VERSIONS.c.number < chatflow.version_number, ~HAS_LABEL)
        oldest = select(VERSIONS.c.number).where(*former).order_by(VERSIONS.c.number.desc()).offset(self._most)
        numbers = list(connection.execute(oldest).scalars())
        if numbers:
            connection.execute(delete(VERSIONS).where(VERSIONS.c.chatflow_id == chatflow.id, VERSIONS.c.number.in_(numbers)))


class SqlChatflowVersions(Repository):
    """The port ``ChatflowVersions`` over SQL."""

    def __init__(self, database: Database, max_list: int = 1000) -> None:
        super().__init__(database, ChatflowVersionRow)
        self._max_list = max_list

    async def by_name(self, chatflow_id: str, name: str) -> ChatflowVersion | None:
        return await self._database.lookup(lambda connection: _version(connection, chatflow_id, name))

    async def get(self, workspace_id: str, chatflow_id: str, name: str) -> ChatflowVersion | None:
        mine = self._mine(workspace_id)
        return await self._database.read(lambda connection: _version(connection, chatflow_id, name, mine))

    async def list(
        self, workspace_id: str, chatflow_id: str, offset: int = 0, limit: int | None = None
    ) -> tuple[Sequence[VersionSummary], int]:
        columns = VERSIONS.c
        conditions = (self._mine(workspace_id), columns.chatflow_id == chatflow_id)
        count = select(func.count()).select_from(VERSIONS).where(*conditions)
        page = (
            select(columns.number, columns.date, func.length(columns.flow_data).label("size"))
            .where(*conditions)
            .order_by(columns.number.desc())
            .offset(offset)
            .limit(min(limit or self._max_list, self._max_list))
        )

        def work(connection: Connection) -> tuple[Sequence[VersionSummary], int]:
            labels = _labels(connection, chatflow_id)
            rows = connection.execute(page).mappings()
            summaries = [VersionSummary(**row, labels=labels.get(row["number"], ())) for row in rows]
            return summaries, int(connection.execute(count).scalar_one())

        return await self._database.read(work)

    async def label(self, workspace_id: str, chatflow_id: str, number: int, label: str) -> LabelOutcome:
        values = {"chatflow_id": chatflow_id, "label": label, "workspace_id": workspace_id, "number": number}
        version = select(VERSIONS.c.number).where(*self._one(workspace_id, chatflow_id, number)).with_for_update()
        others = select(func.count()).where(LABELS.c.chatflow_id == chatflow_id, LABELS.c.label != label)
        insertion = self._database.dialect.insert(LABELS).values(values)
        statement = insertion.on_conflict_do_update(index_elements=["chatflow_id", "label"], set_={"number": number})

        def work(connection: Connection) -> LabelOutcome:
            if connection.execute(version).first() is None:
                return "unknown version"
            if connection.execute(others).scalar_one() >= MOST_LABELS:
                return "too many labels"
            connection.execute(statement)
            _count_change(connection, chatflow_id, label)
            return "labelled"

        return await self._database.write(work)

    async def unlabel(self, workspace_id: str, chatflow_id: str, number: int, label: str) -> bool:
        columns = LABELS.c
        statement = delete(LABELS).where(
            columns.workspace_id == workspace_id,
            columns.chatflow_id == chatflow_id,
            columns.label == label,
            columns.number == number,
        )

        def work(connection: Connection) -> bool:
            if not connection.execute(statement).rowcount:
                return False
            _count_change(connection, chatflow_id, label)
            return True

        return await self._database.write(work)

    async def delete(self, workspace_id: str, chatflow_id: str, number: int) -> bool:
        newest = exists().where(CHATFLOWS.c.id == chatflow_id, CHATFLOWS.c.version_number == number)
        statement = delete(VERSIONS).where(*self._one(workspace_id, chatflow_id, number), ~HAS_LABEL, ~newest)
        return await self._database.write(lambda connection: connection.execute(statement).rowcount > 0)

    def _one(self, workspace_id: str, chatflow_id: str, number: int) -> Sequence[ColumnElement[bool]]:
        return (self._mine(workspace_id), VERSIONS.c.chatflow_id == chatflow_id, VERSIONS.c.number == number)


def _count_change(connection: Connection, chatflow_id: str, label: str) -> None:
    """Another version answers from now on: what is made of the chatflow is made anew."""
    if label == LIVE:
        connection.execute(update(CHATFLOWS).where(CHATFLOWS.c.id == chatflow_id).values(version=CHATFLOWS.c.version + 1))


def _version(connection: Connection, chatflow_id: str, name: str, *conditions: ColumnElement[bool]) -> ChatflowVersion | None:
    number, statement = number_of(name), select(VERSIONS)
    if number is None:
        same = and_(LABELS.c.chatflow_id == VERSIONS.c.chatflow_id, LABELS.c.number == VERSIONS.c.number)
        statement = statement.join(LABELS, and_(same, LABELS.c.label == name))
    else:
        statement = statement.where(VERSIONS.c.number == number)
    row = connection.execute(statement.where(VERSIONS.c.chatflow_id == chatflow_id, *conditions)).mappings().first()
    if row is None:
        return None
    return _entity(row, _labels(connection, chatflow_id).get(row["number"], ()))


def _entity(row: RowMapping, labels: Sequence[str]) -> ChatflowVersion:
    texts: Mapping[str, Any] = {name: row[name] for name in VERSION_COLUMNS}
    return ChatflowVersion(number=row["number"], date=row["date"], labels=labels, **texts)


def _labels(connection: Connection, chatflow_id: str) -> Mapping[int, Sequence[str]]:
    """The labels of a chatflow by version, each version's in order."""
    statement = select(LABELS.c.number, LABELS.c.label).where(LABELS.c.chatflow_id == chatflow_id).order_by(LABELS.c.label)
    labels: dict[int, list[str]] = {}
    for number, label in connection.execute(statement):
        labels.setdefault(number, []).append(label)
    return {number: tuple(names) for number, names in labels.items()}
