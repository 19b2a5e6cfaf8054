"""Queries to a document store: what answers without a chatflow or a chat model."""

from __future__ import annotations

from typing import Any

import requests
from load.clients import post
from load.upserts import text_of

from harness.stack import RunningStack

EMBEDDING = {"name": "openAIEmbeddings", "config": {"modelName": "instant"}}
VECTORS = {"name": "qdrant", "config": {"qdrantCollection": "bench-store", "topK": 4}}
SPLITTER = {"name": "recursiveCharacterTextSplitter", "config": {"chunkSize": 1000, "chunkOverlap": 200}}
CHARACTERS = 100_000


def filled_store(stack: RunningStack) -> str:
    """A store with one long text; its id."""
    base = f"{stack.rest}/api/v1/document-store"
    fields = {"name": "bench", "embeddingConfig": EMBEDDING, "vectorStoreConfig": VECTORS}
    store_id: str = requests.post(f"{base}/store", json=fields, headers=stack.admin, timeout=30).json()["id"]
    loader = {"name": "plainText", "config": {"text": text_of(CHARACTERS)}}
    body = {"loader": loader, "splitter": SPLITTER}
    requests.post(f"{base}/upsert/{store_id}", json=body, headers=stack.admin, timeout=300).raise_for_status()
    return store_id


def query(store_id: str, key: str) -> Any:
    """Makes the request of a connection."""

    def request(connection: int, number: int) -> bytes:
        body = {"storeId": store_id, "query": f"How is the weather {number}?"}
        return post("/api/v1/document-store/vectorstore/query", body, key=key)

    return request
