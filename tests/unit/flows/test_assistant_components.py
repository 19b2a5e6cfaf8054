"""What assistants are made of, and the instruction that a model writes for one."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.assistant_components import LONGEST_TASK, AssistantComponents, KnowledgeStore
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext

from fakes.flow_engine import FakeIndexes, FakeMessages, FakeModels

MODEL = {"name": "chatOpenAI", "inputs": {"modelName": "m", "basepath": "http://model.example/v1"}, "credential": "cred"}


@pytest.fixture
def models() -> FakeModels:
    return FakeModels()


@pytest.fixture
def components(models: FakeModels) -> AssistantComponents:
    def context_of(workspace_id: str) -> BuildContext:
        return BuildContext(workspace_id, "", models, FakeIndexes(), FakeMessages())  # type: ignore[arg-type]

    async def knowledge(workspace_id: str) -> list[KnowledgeStore]:
        return [KnowledgeStore("s", f"Handbook of {workspace_id}", "Fares")]

    return AssistantComponents(builtin_registry(), context_of, knowledge)


def test_chat_models_and_tools_that_stand_alone(components: AssistantComponents) -> None:
    chat_models = {one.name: one.category for one in components.chat_models()}
    assert set(chat_models.values()) == {"Chat Models"}
    assert {"chatOpenAI", "chatOllama", "chatAnthropic"} <= set(chat_models)
    tools = {one.name for one in components.tools()}
    assert "calculator" in tools
    assert "retrieverTool" not in tools and "chainTool" not in tools, "they need another node"


async def test_document_stores_are_those_of_the_workspace(components: AssistantComponents) -> None:
    assert [one.name for one in await components.document_stores("w")] == ["Handbook of w"]


async def test_the_model_is_asked_for_the_task_alone(components: AssistantComponents, models: FakeModels) -> None:
    assert await components.write_instruction("w", "Answers travellers", MODEL) == "Answer of m."
    (call,) = models.by_name["m"].calls
    assert [role for role, _ in call.texts] == ["system", "user"]
    assert call.texts[1][1] == "Answers travellers"
    assert (models.specs[0].credential_id, models.specs[0].base_url) == ("cred", "http://model.example/v1")


@pytest.mark.parametrize("task", [None, "", "  ", 7, "x" * (LONGEST_TASK + 1)])
async def test_a_task_is_a_text_of_some_length(components: AssistantComponents, task: Any) -> None:
    with pytest.raises(InvalidInput, match="task"):
        await components.write_instruction("w", task, MODEL)


@pytest.mark.parametrize("chat_model", [None, 7, {}, {"name": 7}, {"name": "chatOpenAI", "inputs": [1]}])
async def test_a_model_is_a_node(components: AssistantComponents, chat_model: Any) -> None:
    with pytest.raises(InvalidInput, match="selectedChatModel"):
        await components.write_instruction("w", "x", chat_model)


@pytest.mark.parametrize("name", ["calculator", "chatNothing"])
async def test_what_is_no_chat_model_is_refused_by_name(components: AssistantComponents, name: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await components.write_instruction("w", "x", {"name": name})
    assert raised.value.reason is Reason.NODE_NOT_SUPPORTED
    assert name in raised.value.message
