"""An export goes into a workspace and comes out equal in meaning; ids that are taken are new everywhere."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.notes import RegistryDrawings
from tradewind_server.transfer.exporter import WorkspaceExporter
from tradewind_server.transfer.families import EXPORT_LISTS, families
from tradewind_server.transfer.importer import WorkspaceImport, WorkspaceImporter

from fakes.transfer_store import TransferStoreInMemory

OURS, THEIRS = "w1", "w2"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
DATE = "2025-06-01T10:00:00.000Z"
DATES = {"createdDate": DATE, "updatedDate": DATE}
FAMILIES = families(builtin_registry())


def identity(number: int) -> str:
    return f"0000000{number}-1111-4222-8333-444444444444"


FLOW, OTHER_FLOW, TOOL, VARIABLE, STORE, LOADER, CHUNK, QUESTION, ANSWER = map(identity, range(9))
FEEDBACK, KEY, TEAM = "90000000-1111-4222-8333-444444444444", "a0000000-1111-4222-8333-444444444444", identity(9)
EXECUTION = "e0000000-1111-4222-8333-444444444444"
TEMPLATE = "f0000000-1111-4222-8333-444444444444"
ASSISTANT = "d0000000-1111-4222-8333-444444444444"


def drawing(*nodes: dict[str, Any]) -> str:
    return json.dumps({"nodes": [{"id": f"n_{number}", "data": node} for number, node in enumerate(nodes)], "edges": []})


def node(name: str, **inputs: str) -> dict[str, Any]:
    return {"name": name, "label": name, "inputs": inputs, "credential": "foreign-credential"}


def flow(flow_id: str, flow_data: str, **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("deployed", "isPublic", "apikeyid", "chatbotConfig", "apiConfig", "analytic", "category"))
    more = dict.fromkeys(("speechToText", "textToSpeech", "followUpPrompts", "mcpServerConfig"))
    return {"id": flow_id, "name": "Flow", "flowData": flow_data, **empty, **more, "type": "CHATFLOW", **DATES, **fields}


def message(message_id: str, role: str, **fields: Any) -> dict[str, Any]:
    names = ("executionId", "usedTools", "fileAnnotations", "agentReasoning", "reasonContent", "fileUploads", "artifacts")
    others = ("action", "memoryType", "leadEmail", "followUpPrompts", "usage", "editedDate", "sourceDocuments")
    more = dict.fromkeys((*names, *others))
    chat = {"chatType": "EXTERNAL", "chatId": "c-1", "sessionId": "s-1", "createdDate": DATE}
    return {"id": message_id, "role": role, "chatflowid": FLOW, "content": "Hello ü", **more, **chat, **fields}


def an_export() -> dict[str, Any]:
    first = drawing(node("customTool", selectedTool=TOOL), node("chatflowTool", selectedChatflow=OTHER_FLOW))
    loader = {
        "id": LOADER,
        "loaderId": "plainText",
        "loaderName": "Plain Text",
        "loaderConfig": {"text": "Bread."},
        "splitterId": "",
        "splitterName": "",
        "splitterConfig": {},
        "totalChunks": 1,
        "totalChars": 6,
        "status": "SYNC",
    }
    lists: dict[str, Any] = {name: [] for name in EXPORT_LISTS}
    lists.update(
        FileDefaultName="ExportData.json",
        ChatFlow=[flow(FLOW, first, chatbotConfig='{"botMessage": "a"}', isPublic=True), flow(OTHER_FLOW, drawing())],
        AgentFlow=[flow(TEAM, drawing(node("documentStore", selectedStore=STORE)), type="MULTIAGENT")],
        Tool=[{"id": TOOL, "name": "add", "description": "d", "color": "red", "iconSrc": None, "schema": "[]", "func": "1"}],
        AssistantCustom=[
            {
                "id": ASSISTANT,
                "details": json.dumps({"name": "Helper", "flowId": FLOW}),
                "credential": KEY,
                "iconSrc": None,
                "type": "CUSTOM",
                **DATES,
            }
        ],
        CustomTemplate=[
            {
                "id": TEMPLATE,
                "name": "Harbour bot",
                "flowData": drawing(node("customTool", selectedTool=TOOL)),
                "description": None,
                "badge": None,
                "framework": "Langchain",
                "usecases": '["Travel"]',
                "type": "Chatflow",
                **DATES,
            }
        ],
        Variable=[{"id": VARIABLE, "name": "city", "value": "Paris", "type": "static", **DATES}],
        DocumentStore=[
            {
                "id": STORE,
                "name": "Docs",
                "description": None,
                **DATES,
                "status": "SYNC",
                "loaders": json.dumps([loader]),
                "whereUsed": "[]",
                "vectorStoreConfig": '{"config": {"basePath": "x"}, "name": "faiss"}',
                "embeddingConfig": None,
                "recordManagerConfig": None,
            }
        ],
        DocumentStoreFileChunk=[
            {"id": CHUNK, "docId": LOADER, "chunkNo": 1, "storeId": STORE, "pageContent": "Bread.", "metadata": '{"a":1}'}
        ],
        Execution=[
            {
                "id": EXECUTION,
                "executionData": '[{"nodeId": "n_0"}]',
                "state": "FINISHED",
                "agentflowId": TEAM,
                "sessionId": "s-1",
                "isPublic": None,
                **DATES,
                "stoppedDate": None,
            }
        ],
        ChatMessage=[message(QUESTION, "userMessage"), message(ANSWER, "apiMessage", sourceDocuments='[{"pageContent":"x"}]')],
        ChatMessageFeedback=[
            {
                "id": FEEDBACK,
                "chatflowid": FLOW,
                "chatId": "c-1",
                "messageId": ANSWER,
                "rating": "THUMBS_UP",
                "content": None,
                "createdDate": DATE,
            }
        ],
    )
    lists["Tool"][0].update(DATES)
    return lists


@pytest.fixture
def store() -> TransferStoreInMemory:
    return TransferStoreInMemory()


Take = Callable[..., Any]


@pytest.fixture
def take(store: TransferStoreInMemory) -> Take:
    """Imports a file into a workspace."""

    async def run(data: Any, workspace_id: str = OURS, **options: Any) -> WorkspaceImport:
        importer = WorkspaceImporter(
            store,
            FAMILIES,
            drawings=RegistryDrawings(builtin_registry()),
            new_id=lambda: str(uuid.uuid4()),
            now=lambda: MOMENT,
        )
        return await importer.run(workspace_id, data, **options)

    return run


async def exported(store: TransferStoreInMemory, workspace_id: str = OURS, *, with_messages: bool = True) -> Any:
    exporter = WorkspaceExporter(store, FAMILIES)
    pieces = [piece async for piece in exporter.pieces(workspace_id, exporter.lists(with_messages=with_messages))]
    return json.loads(b"".join(pieces))


def in_meaning(data: Any) -> Any:
    """An export without what the order of keys in JSON texts changes."""
    if isinstance(data, str) and data[:1] in "{[":
        return json.loads(data)
    if isinstance(data, list):
        return [in_meaning(one) for one in data]
    return {name: in_meaning(one) for name, one in data.items()} if isinstance(data, dict) else data


async def test_what_was_exported_comes_back_equal(store: TransferStoreInMemory, take: Take) -> None:
    data = an_export()
    result = await take(data)
    assert result.counts == {name: len(data[name]) for name in EXPORT_LISTS if data[name]}
    assert result.new_ids == {}
    assert in_meaning(await exported(store)) == in_meaning(data)


async def test_without_messages_nothing_that_people_said_leaves(store: TransferStoreInMemory, take: Take) -> None:
    await take(an_export())
    data = await exported(store, with_messages=False)
    assert data["ChatMessage"] == data["ChatMessageFeedback"] == [] and len(data["ChatFlow"]) == 2


async def test_ids_that_are_taken_are_new_everywhere(store: TransferStoreInMemory, take: Take) -> None:
    data = an_export()
    await take(data, THEIRS)
    result = await take(data)
    old = (
        FLOW,
        OTHER_FLOW,
        TOOL,
        VARIABLE,
        STORE,
        LOADER,
        CHUNK,
        QUESTION,
        ANSWER,
        FEEDBACK,
        TEAM,
        ASSISTANT,
        EXECUTION,
        TEMPLATE,
    )
    assert result.new_ids.keys() == set(old)
    text = json.dumps(await exported(store))
    assert not [one for one in old if one in text]
    for old_id, new_id in result.new_ids.items():
        text = text.replace(new_id, old_id)
    assert in_meaning(json.loads(text)) == in_meaning(data)


async def test_the_same_workspace_takes_a_file_twice(store: TransferStoreInMemory, take: Take) -> None:
    await take(an_export())
    result = await take(an_export())
    assert result.counts["ChatFlow"] == 2 and "Variable" not in result.counts
    assert "The variable city is here already and keeps its value." in result.notes
    assert len(store.tables["chatflow"]) == len({row["id"] for row in store.tables["chatflow"]}) == 6


async def test_what_is_there_already_can_be_skipped(store: TransferStoreInMemory, take: Take) -> None:
    data = an_export()
    first = await take(data, THEIRS, when_taken="skip")
    for workspace_id in (OURS, THEIRS, OURS):
        result = await take(data, workspace_id, when_taken="skip")
        if workspace_id == THEIRS:
            assert result.counts == {} and result.present == first.counts
    assert result.counts == {} and result.present == first.counts
    data["ChatMessage"].append(message("b0000000-1111-4222-8333-444444444444", "userMessage"))
    assert (await take(data, when_taken="skip")).counts == {"ChatMessage": 1}
    new = store.tables["chat_message"][-1]
    assert new["chatflow_id"] in {row["id"] for row in store.tables["chatflow"] if row["workspace_id"] == OURS}


async def test_a_dry_run_stores_nothing(store: TransferStoreInMemory, take: Take) -> None:
    assert (await take(an_export(), dry=True)).counts["ChatFlow"] == 2
    assert store.tables == {}


async def test_a_chatflow_whose_key_is_not_here_stays_closed(store: TransferStoreInMemory, take: Take) -> None:
    store.tables["api_key"] = [{"id": KEY, "workspace_id": OURS}]
    other = "c0000000-1111-4222-8333-444444444444"
    flows = [flow(FLOW, drawing(), apikeyid=KEY), flow(OTHER_FLOW, drawing(), apikeyid=other, name="Closed")]
    result = await take({"ChatFlow": flows})
    assert {row["id"]: row["apikeyid"] for row in store.tables["chatflow"]} == {FLOW: KEY, OTHER_FLOW: other}
    assert [note for note in result.notes if "Closed" in note]
    await take({"ChatFlow": [flow(TEAM, drawing(), apikeyid=KEY)]}, THEIRS)
    assert store.tables["chatflow"][-1]["apikeyid"] not in (None, KEY)


async def test_each_chatflow_has_its_first_version(store: TransferStoreInMemory, take: Take) -> None:
    await take(an_export())
    versions = {row["chatflow_id"]: row for row in store.tables["chatflow_version"]}
    for row in store.tables["chatflow"]:
        assert (row["version_number"], versions[row["id"]]["number"]) == (1, 1)
        assert versions[row["id"]]["flow_data"] == row["flow_data"]


@pytest.mark.parametrize("data", [None, [], {}, "x", {"nodes": []}, {"ChatFlow": 7}])
async def test_what_is_no_export_is_refused(take: Take, data: Any) -> None:
    with pytest.raises(InvalidInput, match="no export"):
        await take(data)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ChatFlow": [flow(FLOW, drawing()), 7]}, "ChatFlow, entry 2: it is no object"),
        ({"ChatFlow": [flow(FLOW, "not JSON")]}, "ChatFlow, entry 1: "),
        ({"ChatFlow": [flow(FLOW, drawing()), flow(FLOW, drawing())]}, "ChatFlow, entry 2: its id"),
        ({"ChatMessage": [message(QUESTION, "robot")]}, "ChatMessage, entry 1: role"),
        ({"ChatMessage": [message(QUESTION, "userMessage", createdDate="soon")]}, "createdDate must be a date"),
        ({"Tool": [{"id": TOOL, "name": 7}]}, "Tool, entry 1: name"),
        ({"CustomTemplate": [{"id": TEMPLATE, "flowData": "{}"}]}, "CustomTemplate, entry 1: name"),
        ({"CustomTemplate": [{"id": TEMPLATE, "name": "x"}]}, "CustomTemplate, entry 1: flowData"),
        ({"DocumentStore": [{"id": STORE, "name": "x", "loaders": "7"}]}, "DocumentStore, entry 1: loaders"),
        ({"DocumentStoreFileChunk": [{"id": CHUNK, "docId": LOADER, "storeId": STORE, "chunkNo": "1"}]}, "chunkNo"),
    ],
)
async def test_one_bad_entry_and_nothing_is_stored(
    store: TransferStoreInMemory, take: Take, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        await take({**an_export(), **changes})
    assert store.tables == {}


async def test_what_is_left_out_is_counted(take: Take) -> None:
    data = an_export()
    data["Evaluation"] = [{}, {}]
    data |= {f"Other{number}": [1] for number in range(20)}
    data["ChatMessage"].append(message("b0000000-1111-4222-8333-444444444444", "userMessage", chatflowid=KEY))
    data["ChatMessageFeedback"][0]["messageId"] = KEY
    notes = (await take(data)).notes
    assert "The file's list Evaluation is not taken (2): this server does not keep such entries." in notes
    assert "1 more lists are not taken." in notes
    assert "Messages of chatflows that are not there were left out. (1)" in notes
    assert "Feedback of messages that are not there, or that have one already, was left out. (1)" in notes


async def test_ids_that_are_no_uuids_are_replaced_and_stay_joined(store: TransferStoreInMemory, take: Take) -> None:
    data = {"ChatFlow": [flow("flow-1", drawing())], "ChatMessage": [message("m-1", "userMessage", chatflowid="flow-1")]}
    await take(data)
    (row,), (said,) = store.tables["chatflow"], store.tables["chat_message"]
    assert said["chatflow_id"] == row["id"] != "flow-1" and uuid.UUID(row["id"])
