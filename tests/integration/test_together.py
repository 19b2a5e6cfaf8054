"""Upserts that run at the same time: of one name, of one content, and beside other calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from harness.flows import drawing
from harness.runner import World

AT_ONCE = 6


def together(calls: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result(60) for one in [pool.submit(call) for call in calls]]


def flow_of(world: World, name: str, collection: str) -> str:
    edits = {"nodes": {"qdrant_0": {"qdrantCollection": collection, "topK": 100}}}
    return world.stack.create_flow(json.dumps(drawing(name, edits)))


def fill(world: World, flow: str, name: str, text: str) -> Callable[[], dict[str, Any]]:
    def call() -> dict[str, Any]:
        url = f"{world.stack.rest}/api/v1/vector/upsert/{flow}"
        answer = requests.post(url, files={"files": (name, text)}, timeout=60)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    return call


def stored(world: World, flow: str) -> list[str]:
    body = {"question": "words?"}
    answer = requests.post(f"{world.stack.rest}/api/v1/prediction/{flow}", json=body, timeout=60).json()
    return sorted(one["pageContent"] for one in answer["sourceDocuments"])


def test_files_of_one_name_at_once_do_not_mix(world: World) -> None:
    flow = flow_of(world, "rag", "together-names")
    texts = [f"The words of caller {number}." for number in range(AT_ONCE)]
    results = together([fill(world, flow, "same.txt", text) for text in texts])
    assert [[one["pageContent"] for one in result["addedDocs"]] for result in results] == [[text] for text in texts]
    assert stored(world, flow) == sorted(texts)


def test_one_file_sent_by_several_at_once_is_there_once(world: World) -> None:
    flow = flow_of(world, "record-manager", "together-records")
    results = together([fill(world, flow, "same.txt", "The same words.") for _ in range(AT_ONCE)])
    assert sum(result["numAdded"] for result in results) == 1
    assert sum(result["numSkipped"] for result in results) == AT_ONCE - 1
    assert stored(world, flow) == ["The same words."]


def test_versions_of_one_source_at_once_leave_one_of_them(world: World) -> None:
    flow = flow_of(world, "record-manager", "together-versions")
    texts = [f"Version {number} of the words." for number in range(AT_ONCE)]
    together([fill(world, flow, "same.txt", text) for text in texts])
    left = stored(world, flow)
    assert len(left) == 1 and left[0] in texts


def test_a_long_upsert_holds_up_no_other_call(world: World) -> None:
    flow = flow_of(world, "rag", "together-long")
    text = "\n\n".join(f"Paragraph {number} about the tide, the wind and the pier." for number in range(6_000))
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(fill(world, flow, "long.txt", text))
        asked = 0
        while not long.done():
            assert requests.get(f"{world.stack.rest}/api/v1/ping", timeout=60).text == "pong"
            asked += 1
        assert long.result()["numAdded"] >= 3_000 and asked > 5
