"""What a running stack tells of itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from harness.prometheus_files import metric_names

if TYPE_CHECKING:
    from harness.runner import World

PAGE = {"Origin": "https://console.example"}


def chain(world: World) -> str:
    model = {"basepath": world.endpoint.base_url, "modelName": "fake-chat", "temperature": 0.1}
    nodes = [
        {"id": "chatOpenAI_0", "name": "chatOpenAI", "category": "Chat Models", "inputs": model, "type": "ChatOpenAI"},
        {
            "id": "conversationChain_0",
            "name": "conversationChain",
            "category": "Chains",
            "type": "ConversationChain",
            "inputs": {"model": "{{chatOpenAI_0.data.instance}}", "memory": "{{bufferMemory_0.data.instance}}"},
        },
        {"id": "bufferMemory_0", "name": "bufferMemory", "category": "Memory", "type": "BufferMemory", "inputs": {}},
    ]
    drawing = {
        "nodes": [{"id": node["id"], "data": {**node, "label": node["name"], "baseClasses": [node["type"]]}} for node in nodes],
        "edges": [
            {"source": source, "target": "conversationChain_0", "id": source} for source in ("chatOpenAI_0", "bufferMemory_0")
        ],
    }
    return world.stack.create_flow(json.dumps(drawing))


@pytest.fixture(scope="module")
def answer(world: World) -> Any:
    flow = chain(world)
    body = {"question": "When does the ferry leave?"}
    streamed = requests.post(f"{world.stack.rest}/api/v1/prediction/{flow}", json={**body, "streaming": True}, timeout=30)
    assert streamed.ok
    return requests.post(f"{world.stack.rest}/api/v1/prediction/{flow}", json=body, headers=PAGE, timeout=30)


def test_an_answer_says_what_the_model_took_and_pages_may_read_it(answer: requests.Response) -> None:
    assert answer.ok, answer.text
    names = [part.partition(";")[0] for part in answer.headers["server-timing"].split(", ")]
    assert names == ["model", "own"]
    assert "server-timing" in answer.headers["access-control-expose-headers"]


def scrape(world: World) -> list[Any]:
    return list(text_string_to_metric_families(requests.get(world.stack.metrics, timeout=30).text))


def test_a_scrape_holds_the_parts_of_calls(world: World, answer: requests.Response) -> None:
    assert answer.ok
    found = {sample.name for family in scrape(world) for sample in family.samples}
    assert {
        "tradewind_flow_calls_total",
        "tradewind_flow_seconds_bucket",
        "tradewind_model_seconds_bucket",
        "tradewind_model_first_token_seconds_bucket",
        "tradewind_model_tokens_total",
        "tradewind_sql_seconds_bucket",
        "tradewind_event_loop_lag_seconds_bucket",
        "tradewind_queue_waiting",
        "tradewind_queue_running",
        "tradewind_cache_lookups_total",
        "tradewind_child_restarts_total",
        "tradewind_retrievals_total",
    } <= found


def test_dashboards_and_alerts_read_numbers_that_are_there(world: World) -> None:
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
    there = {family.name + ending for family in scrape(world) for ending in endings[family.type]}
    assert len(metric_names()) > 20
    assert metric_names() - there == set()
