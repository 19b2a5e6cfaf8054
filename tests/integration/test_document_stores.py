"""A document store with a PDF, a table and a web page on a running stack: the chunks in the database are those in Qdrant after
each step, also where the worker is killed in the middle of one.
"""

from __future__ import annotations

import base64
import http.server
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
import requests

from harness.processes import find
from harness.stack import RunningStack

PATIENCE = 60.0
EMBEDDING = {"name": "openAIEmbeddings", "config": {"modelName": "instant", "dimensions": 8}}
SPLITTER = {"name": "characterTextSplitter", "config": {"separator": "\n", "chunkSize": 40, "chunkOverlap": 0}}
TABLE = "name,price\nbread,2\ncake,9\n"
LONG = "\n".join(f"The loaf number {number} is baked at noon." for number in range(3000))
DELAYS = (0.05, 0.4)
"""Seconds between the begin of a call and the death of the worker."""


def pdf(text: str) -> bytes:
    """A file of one page."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return bytes(out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())


class Page(http.server.BaseHTTPRequestHandler):
    """A page that changes."""

    text = "<html><body><p>The shop opens at seven.</p></body></html>"

    def do_GET(self) -> None:
        body = Page.text.encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""


@contextmanager
def web_page() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/shop.html"
    finally:
        server.shutdown()


class Store:
    """One store of a running stack, over REST."""

    def __init__(self, stack: RunningStack, name: str) -> None:
        self.stack = stack
        fields = {
            "name": name,
            "embeddingConfig": EMBEDDING,
            "vectorStoreConfig": {"name": "qdrant", "config": {"qdrantCollection": name}},
        }
        self.id = self.post("store", fields)["id"]

    def post(self, path: str, body: Any, method: str = "POST") -> Any:
        answer = requests.request(
            method, f"{self.stack.rest}/api/v1/document-store/{path}", json=body, headers=self.stack.admin, timeout=120
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def upsert(self, **fields: Any) -> Any:
        return self.post(f"upsert/{self.id}", fields)

    def chunks(self) -> list[str]:
        """The texts of all chunks in the database."""
        texts, page = [], 1
        while rows := self.post(f"chunks/{self.id}/all/{page}", None, "GET")["chunks"]:
            texts += [row["pageContent"] for row in rows]
            page += 1
        shown = self.post(f"store/{self.id}", None, "GET")
        assert shown["totalChunks"] == len(texts)
        return sorted(texts)

    def vectors(self, most: int = 1000) -> list[dict[str, Any]]:
        """All that is in the collection, up to ``most``."""
        body = {"storeId": self.id, "query": "anything", "inputs": {"topK": most}}
        docs: list[dict[str, Any]] = self.post("vectorstore/query", body)["docs"]
        return docs

    def agrees(self) -> bool:
        docs = self.vectors()
        known = all(one["chunkNo"] > 0 for one in docs)
        return known and sorted(one["pageContent"] for one in docs) == self.chunks()

    def open_runs(self) -> int:
        database = sqlite3.connect(self.stack.data_dir / "tradewind.db")
        try:
            return int(database.execute("SELECT count(*) FROM upsert_run").fetchone()[0])
        finally:
            database.close()

    def status(self) -> str:
        return str(self.post(f"store/{self.id}", None, "GET")["status"])


@pytest.fixture(scope="module")
def stack(breakable: RunningStack) -> RunningStack:
    return breakable


def test_three_loaders_and_what_becomes_of_their_chunks(stack: RunningStack) -> None:
    Page.text = "<html><body><p>The shop opens at seven.</p></body></html>"
    store = Store(stack, "shop")
    with web_page() as url:
        file = "data:application/pdf;base64," + base64.b64encode(pdf("Rye is on Monday.")).decode() + ",filename:week.pdf"
        week = store.upsert(loader={"name": "pdfFile", "config": {"pdfFile": file}})
        prices = requests.post(
            f"{store.stack.rest}/api/v1/document-store/upsert/{store.id}",
            data={"loader": '{"name":"csvFile"}', "metadata": '{"source":"prices"}'},
            files={"files": ("prices.csv", TABLE.encode())},
            headers=store.stack.admin,
            timeout=60,
        ).json()
        page = store.upsert(loader={"name": "cheerioWebScraper", "config": {"url": url}}, metadata={"source": "page"})
        assert [one["numAdded"] for one in (week, prices, page)] == [1, 2, 1]
        assert len(store.vectors()) == 4 and store.agrees() and store.status() == "UPSERTED"
        row = store.post(f"chunks/{store.id}/{prices['docId']}/1", None, "GET")["chunks"][0]
        path = f"chunks/{store.id}/{prices['docId']}/{row['id']}"
        store.post(path, {"pageContent": "name: rolls\nprice: 3"}, "PUT")
        assert "name: rolls\nprice: 3" in store.chunks() and len(store.vectors()) == 4 and store.agrees()
        Page.text = "<html><body><p>The shop is closed.</p></body></html>"
        (again,) = store.post(f"refresh/{store.id}", {"items": [{"docId": page["docId"]}]})
        assert again["docId"] == page["docId"] and [one["pageContent"] for one in again["addedDocs"]] == ["The shop is closed."]
        assert len(store.vectors()) == 4 and store.agrees()
        gone = store.post(f"documents/delete/{store.id}", {"source": "prices"})
        assert gone == {"deletedChunks": 2, "deletedLoaders": [prices["docId"]]}
        assert len(store.vectors()) == 2 and store.agrees()
        store.post(f"loader/{store.id}/{week['docId']}", None, "DELETE")
        assert [one["pageContent"] for one in store.vectors()] == ["The shop is closed."] and store.agrees()


Change = Callable[[Store, Any], Any]


def replace(store: Store, loader: str) -> None:
    text = "\n".join(f"The cake number {number} is eaten at night." for number in range(400))
    store.upsert(docId=loader, replaceExisting=True, loader={"config": {"text": text}})


def delete(store: Store, loader: str) -> None:
    store.post(f"documents/delete/{store.id}", {"source": "long"})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("change", [replace, delete])
def test_a_killed_worker_leaves_the_former_state_or_the_new_one(stack: RunningStack, change: Change) -> None:
    store = Store(stack, f"shop-{change.__name__}")
    for delay in DELAYS:
        text = "\n".join(LONG.split("\n")[:300])
        loader = store.upsert(
            loader={"name": "plainText", "config": {"text": text}}, splitter=SPLITTER, metadata={"source": "long"}
        )["docId"]
        former = store.chunks()
        (worker,) = find(store.stack.process.pid, "tradewind_server.worker")
        call = threading.Thread(target=attempt, args=[partial(change, store, loader)])
        call.start()
        time.sleep(delay)
        os.kill(worker, signal.SIGKILL)
        call.join(PATIENCE)
        store.stack.wait_ready(PATIENCE)
        end = time.monotonic() + PATIENCE
        while store.open_runs() or store.status() == "UPSERTING":
            assert time.monotonic() < end
            time.sleep(0.3)
        assert store.agrees(), f"after {delay} seconds"
        if store.chunks() == former:
            change(store, loader)
            assert store.chunks() != former and store.agrees()
        store.post(f"documents/delete/{store.id}", {"source": "long"})
        assert store.chunks() == [] and store.vectors() == []


def attempt(work: Callable[[], Any]) -> None:
    """A call that may fail: its worker is killed."""
    try:
        work()
    except (AssertionError, requests.RequestException):
        return
