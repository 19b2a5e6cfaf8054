"""Feedback, leads and variables: small rows that callers write and read, at 16 connections beside the echo ceiling."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import requests
from load import flows
from load.clients import get, post
from load.report import head, say

if TYPE_CHECKING:
    from load.bench import Bench

CONNECTIONS = 16
LOWEST_SHARE = 0.25
"""Of the echo ceiling. What is below has its reason in docs/operations.md."""


async def run(bench: Bench) -> None:
    """Each load is told as a share of the ceiling."""
    head("Feedback, leads and variables")
    ceiling = await bench.echo(CONNECTIONS)
    stack = bench.stack
    flow_id = stack.create_flow(flows.conversation())
    key = stack.admin_key
    messages = answered(stack.rest, flow_id)
    store_variables(stack.rest, stack.admin)
    loads = {
        "feedback: change": lambda connection, number: changed(
            messages[(connection + number * CONNECTIONS) % len(messages)], number
        ),
        "feedback: list of 1": lambda *_: get(f"/api/v1/feedback/{flow_id}?limit=1", key=key),
        "feedback: list of 20": lambda *_: get(f"/api/v1/feedback/{flow_id}?limit=20", key=key),
        "leads: create": lambda connection, number: post(
            "/api/v1/leads", {"chatflowid": flow_id, "chatId": str(uuid.uuid4()), "name": "Ana", "email": "ana@example.com"}
        ),
        "leads: list of 20": lambda *_: get(f"/api/v1/leads/{flow_id}?limit=20", key=key),
        "variables: list of 20": lambda *_: get("/api/v1/variables", key=key),
    }
    shares = {}
    for what, request in loads.items():
        shares[what] = await bench.rest(what, CONNECTIONS, request, ceiling=ceiling) / ceiling
    for what, share in shares.items():
        say(f"{what} to echo: {share:.2f}{'' if share >= LOWEST_SHARE else '  (see docs/operations.md)'}")


def store_variables(rest: str, headers: dict[str, str]) -> None:
    for number in range(20):
        fields = {"name": f"variable-{number}", "value": "Brava", "type": "static"}
        requests.post(f"{rest}/api/v1/variables", json=fields, headers=headers, timeout=30).raise_for_status()


def answered(rest: str, flow_id: str) -> list[str]:
    """Ids of feedback on twenty answers."""
    ids = []
    for number in range(20):
        question = {"question": "How is the weather?", "overrideConfig": {"sessionId": f"rated-{number}"}}
        answer = requests.post(f"{rest}/api/v1/prediction/{flow_id}", json=question, timeout=30).json()
        rating = {"messageId": answer["chatMessageId"], "rating": "THUMBS_UP"}
        stored = requests.post(f"{rest}/api/v1/feedback", json=rating, timeout=30)
        stored.raise_for_status()
        ids.append(stored.json()["id"])
    return ids


def changed(feedback_id: str, number: int) -> bytes:
    return post(f"/api/v1/feedback/{feedback_id}", {"content": f"Said {number}", "rating": "THUMBS_UP"}, verb="PUT")
