"""The main job, end to end, on the embedded defaults: one document, one RAG chatflow, three ways to ask.

Starts the whole stack on free ports with a data directory of its own, and leaves nothing behind but the fetched models.
Run it with ``make demo``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import grpc
from rich.console import Console
from tradewind.v1 import prediction_pb2, prediction_pb2_grpc

HERE = Path(__file__).parent
DOCUMENT = HERE / "documents" / "harbour-handbook.pdf"
CHATFLOW = HERE / "flows" / "document-qa.json"
TRADEWIND = [sys.executable, "-m", "tradewind_server"]

# Each fact stands in the document and nowhere else: a model that never saw it cannot know it.
ENGLISH = ("At what time does the ferry Aurora leave Isla Brava?", "6:40")
SPANISH = ("¿Cuánto cuesta un billete sencillo del ferry Aurora?", ("nueve", "nine", "9"))
FOLLOW_UP = ("Who is the harbour master of Isla Brava?", "Solheim")

console = Console(highlight=False, soft_wrap=True)


class DemoFailed(Exception):
    """A step did not do what it promises; the message is the plain sentence to print."""


def say(text: str) -> None:
    console.print(text)


def step(number: int, title: str) -> None:
    console.print(f"\n[bold cyan]{number}. {title}[/]")


@contextlib.asynccontextmanager
async def running_stack(data_dir: Path, log: Path) -> AsyncIterator[dict[str, str]]:
    """`tradewind up` on free ports; yields the addresses it prints, and stops it again."""
    with log.open("wb") as log_file:
        process = await asyncio.create_subprocess_exec(
            *TRADEWIND, "up", "--json", "--data-dir", str(data_dir), "--rest-port", "0", "--grpc-port", "0",
            "--metrics-port", "0", stdout=asyncio.subprocess.PIPE, stderr=log_file, start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            async with asyncio.timeout(120):
                line = await process.stdout.readline()
            if not line:
                raise DemoFailed("The server did not start:\n" + last_lines(log))
            yield json.loads(line)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(40):
                    code = await process.wait()
            except TimeoutError:
                os.killpg(process.pid, signal.SIGKILL)
                raise DemoFailed("The server did not stop within 40 seconds of SIGTERM.") from None
        if code != 0:
            raise DemoFailed(f"The server ended with exit code {code}; its log is {log}.")


async def call(session: aiohttp.ClientSession, method: str, path: str, **kwargs: Any) -> Any:
    """One REST call; anything but 200 is a failed demo, told by the server's own sentence."""
    async with session.request(method, path, **kwargs) as response:
        body = await response.json(content_type=None)
        if response.status != 200:
            sentence = body.get("message") if isinstance(body, dict) else body
            raise DemoFailed(f"{method} {path} answered {response.status}: {sentence}")
        return body


def last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").strip().splitlines()[-5:])


def read_key(addresses: dict[str, str]) -> str:
    return Path(addresses["adminKeyFile"]).read_text().strip()


def expect(answer: str, facts: str | tuple[str, ...], question: str) -> None:
    facts = (facts,) if isinstance(facts, str) else facts
    if not any(fact.lower() in answer.lower() for fact in facts):
        raise DemoFailed(f"The answer to {question!r} does not hold the fact {facts[0]!r} of the document: {answer!r}")


async def ask_json(session: aiohttp.ClientSession, flow_id: str) -> str:
    question, fact = ENGLISH
    payload = {"question": question, "overrideConfig": {"returnSourceDocuments": True}}
    body = await call(session, "POST", f"/api/v1/prediction/{flow_id}", json=payload)
    say(f"   question: {question}\n   answer:   [green]{body['text'].strip()}[/]")
    expect(body["text"], fact, question)
    sources = body.get("sourceDocuments") or []
    if not any("06:40" in source["pageContent"] for source in sources):
        raise DemoFailed("The source documents of the answer do not hold the passage it came from.")
    for source in sources[:2]:
        meta = source["metadata"]
        page = meta.get("loc", {}).get("pageNumber", "?")
        say(f"   source:   page {page}: {' '.join(source['pageContent'].split())[:90]}…")
    return str(body["sessionId"])


async def ask_sse(session: aiohttp.ClientSession, flow_id: str, session_id: str) -> None:
    question, facts = SPANISH
    payload = {"question": question, "streaming": True, "overrideConfig": {"sessionId": session_id}}
    answer, events = "", []
    say(f"   question: {question}")
    async with session.post(f"/api/v1/prediction/{flow_id}", json=payload) as response:
        if response.status != 200 or not response.content_type == "text/event-stream":
            raise DemoFailed(f"The stream answered {response.status} {response.content_type}.")
        console.print("   answer:   ", end="")
        async for line in response.content:
            if not line.startswith(b"data:"):
                continue
            event = json.loads(line[5:])
            events.append(event["event"])
            if event["event"] == "token":
                answer += event["data"]
                console.print(event["data"], end="", style="green", markup=False)
            elif event["event"] == "error":
                raise DemoFailed(f"The stream broke off: {event['data']}")
    console.print()
    say(f"   events:   {' '.join(dict.fromkeys(events))}")
    if events[-1] != "end":
        raise DemoFailed("The stream did not close with its end event.")
    expect(answer, facts, question)


async def ask_grpc(target: str, flow_id: str, session_id: str) -> None:
    question, fact = FOLLOW_UP
    async with grpc.aio.insecure_channel(target) as channel:
        stub = prediction_pb2_grpc.PredictionServiceStub(channel)
        request = prediction_pb2.PredictRequest(chatflow_id=flow_id, question=question, session_id=session_id)
        reply = await stub.Predict(request, timeout=300)
    say(f"   question: {question}\n   answer:   [green]{reply.text.strip()}[/]")
    expect(reply.text, fact, question)


async def run_steps(addresses: dict[str, str], admin: dict[str, str]) -> None:
    timeout = aiohttp.ClientTimeout(total=600)
    async with aiohttp.ClientSession(addresses["rest"], timeout=timeout) as session:
        step(3, "Import a RAG chatflow, as the canvas exports it")
        flow = await call(
            session, "POST", "/api/v1/chatflows", headers=admin,
            json={"name": "Harbour handbook", "type": "CHATFLOW", "flowData": CHATFLOW.read_text()},
        )  # fmt: skip
        flow_id = flow["id"]
        say(f"   chatflow {flow_id}")

        step(4, f"Upload {DOCUMENT.name} over REST multipart")
        form = aiohttp.FormData()
        form.add_field("files", DOCUMENT.read_bytes(), filename=DOCUMENT.name, content_type="application/pdf")
        result = await call(session, "POST", f"/api/v1/vector/upsert/{flow_id}", data=form)
        say(f"   {result['numAdded']} chunks embedded and written")
        if not result["numAdded"]:
            raise DemoFailed("The upsert added no chunk.")

        step(5, "Ask over REST, JSON")
        session_id = await ask_json(session, flow_id)
        step(6, "Ask over REST, streamed (SSE), in Spanish")
        await ask_sse(session, flow_id, session_id)
        step(7, "Ask over gRPC")
        await ask_grpc(addresses["grpc"], flow_id, session_id)

        step(8, "List and delete the chat messages")
        path = f"/api/v1/chatmessage/{flow_id}"
        rows = await call(session, "GET", path, headers=admin, params={"sessionId": session_id, "sort": "ASC"})
        for row in rows:
            say(f"   {row['createdDate']}  {row['role']:<12} {' '.join(row['content'].split())[:70]}")
        if len(rows) != 6:
            raise DemoFailed(f"Three turns were asked, so six messages should be stored; there are {len(rows)}.")
        deleted = await call(session, "DELETE", path, headers=admin, params={"sessionId": session_id})
        left = await call(session, "GET", path, headers=admin)
        say(f"   {deleted['affected']} deleted, {len(left)} left")
        if left:
            raise DemoFailed("Messages were left after the deletion.")


async def demo() -> None:
    began = time.monotonic()
    step(1, "Fetch the embedded models (once; later runs find them)")
    if subprocess.run([*TRADEWIND, "models", "pull"], check=False).returncode:  # noqa: ASYNC221 (nothing else runs yet)
        raise DemoFailed("The embedded models could not be fetched.")
    fetched = time.monotonic()
    work = Path(tempfile.mkdtemp(prefix="tradewind-demo-"))
    try:
        step(2, "Start the whole stack: Envoy, gRPC server, Qdrant engine, two models")
        async with running_stack(work / "data", work / "server.log") as addresses:
            say(f"   REST {addresses['rest']}   gRPC {addresses['grpc']}")
            await run_steps(addresses, {"Authorization": f"Bearer {read_key(addresses)}"})
    except BaseException:
        say(f"[dim]The server's log was kept: {work / 'server.log'}[/]")
        raise
    shutil.rmtree(work)
    ended = time.monotonic()
    say(f"\n[bold green]All done[/] in {ended - began:.0f} s ({fetched - began:.0f} s of them for the models).")


def main() -> int:
    try:
        asyncio.run(demo())
    except DemoFailed as failure:
        console.print(f"\n[bold red]The demo failed.[/] {failure}")
        return 1
    except (aiohttp.ClientError, grpc.aio.AioRpcError, TimeoutError, OSError) as failure:
        console.print(f"\n[bold red]The demo failed.[/] A call did not get through: {failure}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
