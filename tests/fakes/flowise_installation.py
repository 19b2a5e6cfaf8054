"""A small Flowise installation as it lies on disk: its SQLite file, its uploaded files and its passphrase."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PASSPHRASE = "a passphrase of the tests"
DATE = "2025-06-01 10:00:00"
TABLES = {
    "chat_flow": "id name flowData deployed isPublic apikeyid chatbotConfig apiConfig analytic category speechToText type "
    "followUpPrompts textToSpeech mcpServerConfig createdDate updatedDate workspaceId",
    "chat_message": "id role chatflowid content sourceDocuments usedTools fileAnnotations fileUploads createdDate chatType "
    "chatId memoryType sessionId leadEmail agentReasoning action artifacts followUpPrompts executionId",
    "chat_message_feedback": "id chatflowid chatId messageId rating content createdDate",
    "lead": "id chatflowid chatId name email phone createdDate",
    "tool": "id name description color iconSrc schema func createdDate updatedDate workspaceId",
    "variable": "id name value type createdDate updatedDate workspaceId",
    "assistant": "id details credential iconSrc type createdDate updatedDate workspaceId",
    "credential": "id name credentialName encryptedData createdDate updatedDate workspaceId",
    "apikey": "id apiKey apiSecret keyName permissions createdDate updatedDate workspaceId",
    "document_store": "id name description status loaders whereUsed vectorStoreConfig embeddingConfig recordManagerConfig "
    "createdDate updatedDate workspaceId",
    "document_store_file_chunk": "id docId storeId chunkNo pageContent metadata",
    "execution": "id executionData action state agentflowId sessionId isPublic createdDate updatedDate stoppedDate",
    "upsert_history": "id chatflowid result flowData date",
    "dataset": "id name",
}


def identity(number: int) -> str:
    return f"{number:08x}-aaaa-4bbb-8ccc-dddddddddddd"


FLOW, AGENTS, KEY, LOST_KEY, CREDENTIAL, QUESTION, ANSWER, STORE, LOADER, TOOL, ORGANISATION = map(identity, range(1, 12))
MAY_VIEW = '["chatflows:view"]'
KEY_TEXT = "a-key-that-callers-have"


def encrypted(fields: dict[str, str], passphrase: str = PASSPHRASE) -> str:
    """A credential as Flowise keeps it."""
    salt, bits, block = b"8 bytes!", b"", b""
    while len(bits) < 48:
        block = hashlib.md5(block + passphrase.encode() + salt, usedforsecurity=False).digest()
        bits += block
    padder = padding.PKCS7(128).padder()
    text = padder.update(json.dumps(fields).encode()) + padder.finalize()
    encryptor = Cipher(algorithms.AES(bits[:32]), modes.CBC(bits[32:48])).encryptor()
    return base64.b64encode(b"Salted__" + salt + encryptor.update(text) + encryptor.finalize()).decode()


def key_hash(text: str) -> str:
    return hashlib.scrypt(text.encode(), salt=b"salt", n=16384, r=8, p=1, dklen=64).hex() + ".salt"


def flow_data(*nodes: dict[str, Any]) -> str:
    return json.dumps({"nodes": [{"id": f"n_{number}", "data": node} for number, node in enumerate(nodes)], "edges": []})


def rows() -> dict[str, list[dict[str, Any]]]:
    """What is in it, by table. Columns that are not named are NULL."""
    model = {"name": "chatOpenAI", "label": "ChatOpenAI", "credential": CREDENTIAL, "inputs": {}}
    tool = {"name": "customTool", "label": "Tool", "inputs": {"selectedTool": TOOL}}
    loader = {"id": LOADER, "loaderId": "textFile", "loaderName": "Text File", "totalChunks": 1, "status": "SYNC"}
    loader["loaderConfig"] = {"txtFile": 'FILE-STORAGE::["menu.txt"]'}
    said = {"chatflowid": FLOW, "chatId": "c-1", "sessionId": "s-1", "chatType": "EXTERNAL"}
    return {
        "chat_flow": [
            {
                "id": FLOW,
                "name": "Keyed",
                "flowData": flow_data(model, tool),
                "apikeyid": KEY,
                "type": "CHATFLOW",
                "isPublic": 1,
            },
            {"id": AGENTS, "name": "Agents", "flowData": flow_data(), "type": "AGENTFLOW", "apikeyid": LOST_KEY},
            {"id": identity(90), "name": "Damaged", "flowData": "no JSON", "type": "CHATFLOW"},
        ],
        "chat_message": [
            {"id": QUESTION, "role": "userMessage", "content": "When?", "createdDate": DATE, **said},
            {"id": ANSWER, "role": "apiMessage", "content": "Now.", "createdDate": DATE, "sourceDocuments": "[]", **said},
            {"id": identity(91), "role": "userMessage", "content": "?", **said, "chatflowid": identity(99)},
        ],
        "chat_message_feedback": [
            {"id": identity(20), "chatflowid": FLOW, "chatId": "c-1", "messageId": ANSWER, "rating": "THUMBS_UP"}
        ],
        "lead": [{"id": identity(21), "chatflowid": FLOW, "chatId": "c-1", "name": "Ana"}],
        "tool": [{"id": TOOL, "name": "add", "description": "d", "color": "red", "schema": "[]", "func": "return 1"}],
        "variable": [
            {"id": identity(22), "name": "city", "value": "old", "type": "static", "updatedDate": "2024-01-01 00:00:00"},
            {"id": identity(23), "name": "city", "value": "new", "type": "static", "updatedDate": "2025-01-01 00:00:00"},
        ],
        "assistant": [{"id": identity(24), "details": '{"name": "Helper"}', "credential": identity(25), "type": "CUSTOM"}],
        "credential": [
            {
                "id": CREDENTIAL,
                "name": "mine",
                "credentialName": "openAIApi",
                "encryptedData": encrypted({"openAIApiKey": "sk-canary"}),
            },
            {
                "id": identity(26),
                "name": "other",
                "credentialName": "openAIApi",
                "encryptedData": encrypted({"openAIApiKey": "sk-2"}, "another passphrase"),
            },
        ],
        "apikey": [
            {
                "id": KEY,
                "apiKey": KEY_TEXT,
                "apiSecret": key_hash(KEY_TEXT),
                "keyName": "one",
                "permissions": '["chatflows:view"]',
            },
            {"id": LOST_KEY, "apiKey": "x", "apiSecret": key_hash("y"), "keyName": "lost", "permissions": "[]"},
        ],
        "document_store": [{"id": STORE, "name": "Docs", "status": "SYNC", "loaders": json.dumps([loader])}],
        "document_store_file_chunk": [
            {"id": identity(27), "docId": LOADER, "storeId": STORE, "chunkNo": 1, "pageContent": "Bread.", "metadata": "{}"}
        ],
        "execution": [
            {"id": identity(28), "executionData": "[]", "state": "INPROGRESS", "agentflowId": AGENTS, "sessionId": "s-1"}
        ],
        "upsert_history": [{"id": identity(29), "chatflowid": FLOW, "result": "{}", "flowData": "[]", "date": DATE}],
        "dataset": [{"id": "d", "name": "d"}],
    }


@dataclass(frozen=True, slots=True)
class Installation:
    """Where it lies."""

    database: Path
    storage: Path
    key_file: Path


def install(folder: Path) -> Installation:
    """Write one. Some tables of newer releases are missing, as in an old one."""
    installation = Installation(folder / "database.sqlite", folder / "storage", folder / "encryption.key")
    connection = sqlite3.connect(installation.database)
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns.split())})")
    for table, entries in rows().items():
        for entry in entries:
            names = ", ".join(entry)
            marks = ", ".join("?" for _ in entry)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(entry.values()))
    connection.commit()
    connection.close()
    for path in (
        f"{ORGANISATION}/{FLOW}/menu.txt",
        f"{ORGANISATION}/{FLOW}/c-1/photo.txt",
        f"{identity(98)}/{identity(97)}/x.txt",
    ):
        write(installation.storage / path)
    write(installation.storage / ORGANISATION / "docustore" / STORE / "menu.txt")
    (installation.storage / ORGANISATION / FLOW / "link.txt").symlink_to("/etc/hostname")
    installation.key_file.write_text(PASSPHRASE + "\n")
    return installation


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"The text of {path.name}.")
