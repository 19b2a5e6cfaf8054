"""Credentials in the relational store: encrypted with Fernet (AES-128-CBC and HMAC-SHA256) under the server's secret key."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, Row, Select, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from tradewind_server.access.ports import Credential, CredentialUse
from tradewind_server.errors import InternalError, Reason
from tradewind_server.store.executor.database import Database
from tradewind_server.store.repositories.repository import Repository, table_of
from tradewind_server.store.tables import ChatflowRow, CredentialRow

NAMING_COLUMNS = ("flow_data", "speech_to_text", "text_to_speech", "follow_up_prompts")
NAMING_FIELDS = ("credential", "credentialId", "FLOWISE_CREDENTIAL_ID")


class SqlCredentials(Repository):
    """The port ``Credentials`` over SQL. ``key`` is a Fernet key (:mod:`tradewind_server.store.secret_key`)."""

    def __init__(self, database: Database, key: bytes, now: Callable[[], datetime], max_list: int = 1000) -> None:
        super().__init__(database, CredentialRow)
        self._max_list = max_list
        self._chatflows = table_of(ChatflowRow)
        self._create = self._insert_unless_present()
        self._cipher = Fernet(key)
        self._now = now
        self._set = self._insert_or_update(("workspace_id", "name"), ("provider", "secret", "updated_date"))

    async def set(self, workspace_id: str, name: str, provider: str, secret: Mapping[str, str]) -> Credential:
        ciphertext = self._encrypt(secret)
        now = self._now()
        identity = {"id": str(uuid.uuid4()), "workspace_id": workspace_id, "created_date": now}
        values = {"provider": provider, "secret": ciphertext, "updated_date": now}
        query = self._one(workspace_id, name)

        def work(connection: Connection) -> Credential:
            row = connection.execute(query).first()
            if row:
                connection.execute(update(self._table).where(self._table.c.id == row.id).values(**values))
            else:  # Another server may be setting the same name at this moment.
                connection.execute(self._set, {**identity, "name": name, **values})
            return _credential(connection.execute(query).one())

        return await self._database.write(work)

    async def get(self, workspace_id: str, credential_id: str) -> Credential | None:
        statement = select(self._table).where(self._mine(workspace_id), self._table.c.id == credential_id)
        row = await self._database.read(lambda connection: connection.execute(statement).first())
        return _credential(row) if row else None

    async def create(self, credential: Credential, secret: Mapping[str, str]) -> bool:
        values = {**asdict(credential), "secret": self._encrypt(secret)}
        return await self._database.write(lambda connection: connection.execute(self._create, values).rowcount > 0)

    async def replace(self, credential: Credential, secret: Mapping[str, str] | None) -> bool:
        values = {name: getattr(credential, name) for name in ("name", "provider", "updated_date")}
        if secret is not None:
            values["secret"] = self._encrypt(secret)
        statement = (
            update(self._table).where(self._mine(credential.workspace_id), self._table.c.id == credential.id).values(**values)
        )
        try:
            return await self._database.write(lambda connection: connection.execute(statement).rowcount > 0)
        except IntegrityError:  # The name is another credential's.
            return False

    async def uses(self, credential: Credential) -> Sequence[CredentialUse]:
        columns = self._chatflows.c
        texts = [columns[name] for name in NAMING_COLUMNS]
        condition = or_(*(text.contains(part, autoescape=True) for text in texts for part in _naming_parts(credential)))
        statement = (
            select(columns.id, columns.name)
            .where(columns.workspace_id == credential.workspace_id, condition)
            .order_by(columns.name, columns.id)
            .limit(self._max_list)
        )
        return await self._database.read(lambda connection: [CredentialUse(*row) for row in connection.execute(statement)])

    def _encrypt(self, secret: Mapping[str, str]) -> bytes:
        return self._cipher.encrypt(orjson.dumps(dict(secret)))

    async def list(self, workspace_id: str) -> list[Credential]:
        statement = select(self._table).where(self._mine(workspace_id)).order_by(self._table.c.name).limit(1000)
        return await self._database.read(lambda connection: [_credential(row) for row in connection.execute(statement)])

    async def delete(self, workspace_id: str, name_or_id: str) -> int:
        statement = delete(self._table).where(*self._by_name_or_id(workspace_id, name_or_id))
        return await self._database.write(lambda connection: int(connection.execute(statement).rowcount))

    async def reveal(self, workspace_id: str, name_or_id: str) -> tuple[Credential, dict[str, str]] | None:
        statement = self._one(workspace_id, name_or_id)
        row = await self._database.lookup(lambda connection: connection.execute(statement).first())
        if row is None:
            return None
        try:
            secret = orjson.loads(self._cipher.decrypt(bytes(row.secret)))
        except InvalidToken:
            raise InternalError(
                Reason.INTERNAL,
                f"The credential {row.name} was stored under another secret key; set it again, or restore secret.key or "
                "TRADEWIND_SECRET_KEY.",
            ) from None
        return _credential(row), secret

    def _one(self, workspace_id: str, name_or_id: str) -> Select[Any]:
        """The credential of that id; else the one of that name."""
        by_id_first = self._table.c.id != name_or_id
        return select(self._table).where(*self._by_name_or_id(workspace_id, name_or_id)).order_by(by_id_first).limit(1)

    def _by_name_or_id(self, workspace_id: str, name_or_id: str) -> tuple[Any, ...]:
        either = or_(self._table.c.id == name_or_id, self._table.c.name == name_or_id)
        return self._mine(workspace_id), either


def _naming_parts(credential: Credential) -> Iterator[str]:
    """What stands in JSON that names the credential: its id anywhere, or its name in a field that takes credentials."""
    yield f'"{credential.id}"'
    names = {json.dumps(credential.name), json.dumps(credential.name, ensure_ascii=False)}
    for field in NAMING_FIELDS:
        for name in sorted(names):
            yield f'"{field}":{name}'
            yield f'"{field}": {name}'


def _credential(row: Row[Any]) -> Credential:
    values = row._mapping
    names = ("id", "workspace_id", "name", "provider", "created_date", "updated_date")
    return Credential(**{name: values[name] for name in names})
