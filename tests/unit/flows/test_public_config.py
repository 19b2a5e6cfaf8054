"""What the widget may know of a chatflow, and nothing beyond it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.unsupported_nodes import PASSING_IMAGES
from tradewind_server.flows.public_config import public_chatbot_config, upload_flags

from fakes.admission import seen
from fakes.flow_engine import Engine, conversation, node, retrieval, wire

REGISTRY = builtin_registry()
NOTHING = {
    "isSpeechToTextEnabled": False,
    "isImageUploadAllowed": False,
    "isRAGFileUploadAllowed": False,
    "imgUploadSizeAndTypes": [],
    "fileUploadSizeAndTypes": [],
}
LOADER_PARAMS = [{"name": "pdfFile", "type": "file", "fileType": ".pdf"}, {"name": "usage", "type": "options"}]


def flags(engine: Engine, *nodes: Any, **columns: Any) -> dict[str, Any]:
    return upload_flags(seen(engine.chatflows.flows[engine.put(*nodes, **columns)]), REGISTRY, 1024)


def seeing(chain: str, category: str = "Chains", **inputs: Any) -> tuple[Any, ...]:
    return node("chatOpenAI", **{"allowImageUploads": True, **inputs}), node(
        chain, _category=category, model=wire("chatOpenAI")
    )


def test_a_plain_flow_takes_nothing(engine: Engine) -> None:
    assert flags(engine, *conversation()) == NOTHING


@pytest.mark.parametrize(
    "chain", sorted({*PASSING_IMAGES, "llmChain", "conversationChain", "reactAgentChat", "conversationalAgent", "toolAgent"})
)
def test_images_go_where_a_chain_hands_them_on(engine: Engine, chain: str) -> None:
    assert flags(engine, *seeing(chain)) == {
        **NOTHING,
        "isImageUploadAllowed": True,
        "imgUploadSizeAndTypes": [
            {"fileTypes": ["image/gif", "image/jpeg", "image/png", "image/webp", ""], "maxUploadSize": 5}
        ],
    }


def test_no_size_is_announced_that_a_request_cannot_have(engine: Engine) -> None:
    nodes = {one["id"]: one for one in (*retrieval(), *seeing("llmChain"))}
    nodes["qdrant_0"]["data"]["inputs"] |= {"fileUpload": True, "document": [wire("pdfFile")]}
    flow = engine.put(node("pdfFile", _inputParams=LOADER_PARAMS), *nodes.values())
    for most, file, image in ((1024, 500, 5), (50, 50, 5), (3, 3, 3)):
        found = upload_flags(seen(engine.chatflows.flows[flow]), REGISTRY, most)
        assert [one["maxUploadSize"] for one in found["fileUploadSizeAndTypes"]] == [file]
        assert [one["maxUploadSize"] for one in found["imgUploadSizeAndTypes"]] == [image]


@pytest.mark.parametrize(
    "nodes",
    [
        seeing("conversationalRetrievalQAChain"),
        seeing("conversationChain", allowImageUploads=False),
        seeing("conversationChain", allowImageUploads=""),
        seeing("conversationChain", allowImageUploads="yes"),
    ],
)
def test_images_go_nowhere_else(engine: Engine, nodes: tuple[Any, ...]) -> None:
    assert flags(engine, *nodes) == NOTHING


@pytest.mark.parametrize(
    ("upload", "wired", "allowed"), [(True, True, True), (False, True, False), ("", True, False), (True, False, False)]
)
def test_files_go_into_a_store_that_takes_them(engine: Engine, upload: Any, wired: bool, allowed: bool) -> None:
    nodes = {one["id"]: one for one in retrieval()}
    document = [wire("pdfFile"), wire("textFile")] if wired else []
    nodes["qdrant_0"]["data"]["inputs"] |= {"fileUpload": upload, "document": document}
    loaders = (
        node("pdfFile", _inputParams=LOADER_PARAMS),
        node("textFile", _inputParams=[{"name": "txtFile", "type": "file", "fileType": ".txt, .md"}]),
    )
    found = flags(engine, *loaders, *nodes.values())
    assert found["isRAGFileUploadAllowed"] is allowed
    types = [{"fileTypes": [".pdf"], "maxUploadSize": 500}, {"fileTypes": [".txt", ".md"], "maxUploadSize": 500}]
    assert found["fileUploadSizeAndTypes"] == (types if allowed else [])


@pytest.mark.parametrize(
    ("speech", "on"),
    [
        ({"openAIWhisper": {"status": True, "credentialId": "c"}}, True),
        ({"openAIWhisper": {"status": False}, "localAISTT": {"status": True}}, True),
        ({"none": {"status": True}}, False),
        ({"openAIWhisper": {"status": "true"}}, False),
        ("{", False),
        ([], False),
    ],
)
def test_speech_is_on_with_a_provider(engine: Engine, speech: Any, on: bool) -> None:
    assert flags(engine, *conversation(), speech_to_text=speech)["isSpeechToTextEnabled"] is on


def test_the_widgets_configuration_holds_its_look_and_its_flags_alone(engine: Engine) -> None:
    config = {
        "welcomeMessage": "Hello!",
        "starterPrompts": {"0": {"prompt": "What is X?"}},
        "leads": {"status": True},
        "allowedOrigins": ["https://a.example"],
        "allowedOriginsError": "Not from here",
        "postProcessing": {"enabled": True, "customFunction": "return 'sk-secret'"},
        "flowData": "mine",
    }
    flow = engine.put(
        *conversation(systemMessagePrompt="A secret prompt."),
        chatbot_config=config,
        text_to_speech={"openai": {"status": True, "credentialId": "cred-1"}},
        api_config={"overrideConfig": {"status": True}},
        follow_up_prompts={"status": True},
        apikeyid="key-1",
    )
    public = public_chatbot_config(seen(engine.chatflows.flows[flow]), REGISTRY, 50)
    assert public == {
        "welcomeMessage": "Hello!",
        "starterPrompts": {"0": {"prompt": "What is X?"}},
        "leads": {"status": True},
        "uploads": NOTHING,
        "isTTSEnabled": True,
    }
    assert not any(word in json.dumps(public) for word in ("secret", "cred-1", "key-1", "example"))


@pytest.mark.parametrize("config", ["", "{", "[]", {}])
def test_without_a_configuration_the_flags_stand_alone(engine: Engine, config: Any) -> None:
    public = public_chatbot_config(
        seen(engine.chatflows.flows[engine.put(*conversation(), chatbot_config=config)]), REGISTRY, 50
    )
    assert public == {"uploads": NOTHING, "isTTSEnabled": False}
