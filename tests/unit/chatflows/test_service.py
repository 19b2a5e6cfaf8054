"""Stored chatflows: what may be saved, and chatflows as files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.notes import RegistryDrawings

from fakes.flow_engine import MOMENT, WORKSPACE, FakeChatflows, FakeVariables, conversation, drawing, node, wire

DRAWING = drawing(*conversation())
MISSING = "11111111-2222-4333-8444-555555555555"


class FakeCredentials:
    """Knows one credential."""

    async def reveal(self, workspace_id: str, name_or_id: str) -> Any:
        return ("credential", {}) if name_or_id == "mine" else None


class FakeBlobs:
    def __init__(self) -> None:
        self.deleted: list[tuple[str, str]] = []

    async def delete_owner(self, workspace_id: str, owner: str) -> None:
        self.deleted.append((workspace_id, owner))


class Shelf:
    """The service over doubles."""

    def __init__(self) -> None:
        self.flows, self.variables, self.blobs = FakeChatflows(), FakeVariables(), FakeBlobs()
        self._ids = 0
        self.service = ChatflowService(
            chatflows=self.flows,
            credentials=FakeCredentials(),  # type: ignore[arg-type]
            variables=self.variables,
            drawings=RegistryDrawings(builtin_registry()),
            new_id=self._new_id,
            now=lambda: MOMENT,
            blobs=self.blobs,  # type: ignore[arg-type]
        )

    def _new_id(self) -> str:
        self._ids += 1
        return f"00000000-0000-4000-a000-{self._ids:012}"

    async def put(self, **fields: Any) -> Any:
        return await self.service.create(WORKSPACE, {"flow_data": DRAWING, **fields})


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


async def test_a_chatflow_is_kept_byte_for_byte(shelf: Shelf) -> None:
    text = DRAWING.replace('{"nodes"', '{ "nodes"')
    stored = await shelf.put(flow_data=text, name="Mine", api_config='{ "a":1}', deployed=True, unknown="x", id="mine")
    assert (stored.flow_data, stored.api_config, stored.name) == (text, '{ "a":1}', "Mine")
    assert (stored.type, stored.deployed, stored.version, stored.created_date) == ("CHATFLOW", True, 1, MOMENT)
    assert stored.id == "00000000-0000-4000-a000-000000000001"
    assert await shelf.service.get(WORKSPACE, stored.id) == stored


async def test_only_what_is_given_changes(shelf: Shelf) -> None:
    stored = await shelf.put(name="Before", category="a;b")
    changed = await shelf.service.update(WORKSPACE, stored.id, {"name": "After", "workspace_id": "other", "category": None})
    assert (changed.name, changed.category, changed.flow_data, changed.version) == ("After", None, DRAWING, 2)
    assert changed.workspace_id == WORKSPACE


async def test_missing_and_foreign_look_the_same(shelf: Shelf) -> None:
    foreign = await shelf.service.create("other workspace", {"flow_data": DRAWING})
    for flow_id in (MISSING, foreign.id):
        for call in (
            shelf.service.get(WORKSPACE, flow_id),
            shelf.service.update(WORKSPACE, flow_id, {"name": "x"}),
            shelf.service.delete(WORKSPACE, flow_id),
            shelf.service.export_file(WORKSPACE, [flow_id]),
        ):
            with pytest.raises(NotFound, match=f"Chatflow {flow_id} not found") as error:
                await call
            assert error.value.reason is Reason.CHATFLOW_NOT_FOUND
    assert shelf.blobs.deleted == []


async def test_files_go_with_their_chatflow(shelf: Shelf) -> None:
    stored = await shelf.put()
    assert await shelf.service.delete(WORKSPACE, stored.id) == 1
    assert shelf.blobs.deleted == [(WORKSPACE, stored.id)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"flow_data": None}, "flowData is missing"),
        ({"flow_data": "{"}, "not JSON"),
        ({"flow_data": '{"edges": []}'}, "list of nodes"),
        ({"name": " "}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"type": "OTHER"}, "Invalid Chatflow Type"),
        ({"type": 7}, "Invalid Chatflow Type"),
        ({"api_config": "{"}, "apiConfig must be JSON"),
        ({"chatbot_config": {"a": 1}}, "chatbotConfig must be JSON"),
        ({"follow_up_prompts": "7"}, "followUpPrompts must be JSON"),
        ({"category": 7}, "category must be a string"),
        ({"category": "x" * 256}, "category must have at most 255 characters"),
        ({"apikeyid": "key"}, "apikeyid must be the id"),
    ],
)
async def test_what_cannot_be_stored_is_refused_with_its_field(shelf: Shelf, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as error:
        await shelf.put(**fields)
    assert error.value.reason is Reason.INVALID_CHATFLOW
    assert shelf.flows.flows == {}


async def test_an_empty_key_is_none(shelf: Shelf) -> None:
    assert (await shelf.put(apikeyid="")).apikeyid is None
    assert (await shelf.put(apikeyid=MISSING)).apikeyid == MISSING


async def test_lists_are_of_one_type_on_demand(shelf: Shelf) -> None:
    await shelf.put()
    await shelf.put(type="AGENTFLOW")
    flows, total = await shelf.service.list(WORKSPACE, "AGENTFLOW")
    assert ([flow.type for flow in flows], total) == (["AGENTFLOW"], 1)
    with pytest.raises(InvalidInput):
        await shelf.service.list(WORKSPACE, "OTHER")


async def test_a_file_of_any_form_is_imported(shelf: Shelf) -> None:
    data = json.loads(DRAWING)
    whole = {"flowData": DRAWING, "name": "Whole", "type": "CHATFLOW", "apikeyid": "key of elsewhere", "deployed": 1}
    export = {"ChatFlow": [whole], "AgentFlow": [], "AgentFlowV2": [{"flowData": data, "name": "Parsed"}], "Tool": [{}]}
    for file, name, names in (
        (data, "By name", ["By name"]),
        (data, None, ["Untitled"]),
        (whole, "ignored", ["Whole"]),
        ([whole, data], None, ["Whole", "Untitled"]),
        (export, None, ["Whole", "Parsed"]),
    ):
        imported = await shelf.service.import_file(WORKSPACE, file, name)
        assert [flow.name for flow, _ in imported.chatflows] == names
        assert all(flow.apikeyid is None for flow, _ in imported.chatflows)


@pytest.mark.parametrize("file", [7, "x", [], {}, {"ChatFlow": []}, {"a": 1}, [{"name": "x"}], [{"nodes": 1}], ["x"]])
async def test_a_file_that_holds_none_stores_nothing(shelf: Shelf, file: Any) -> None:
    with pytest.raises(InvalidInput):
        await shelf.service.import_file(WORKSPACE, file)
    good = json.loads(DRAWING)
    if isinstance(file, list) and file:
        with pytest.raises(InvalidInput):
            await shelf.service.import_file(WORKSPACE, [good, *file])
    assert shelf.flows.flows == {}


async def test_an_export_is_imported_as_it_was(shelf: Shelf) -> None:
    config = {"chatbot_config": '{"a": 1}', "api_config": "{}", "speech_to_text": '{"none": {}}', "is_public": True}
    stored = await shelf.put(name="Mine", apikeyid=MISSING, **config)
    exported = json.loads(json.dumps(await shelf.service.export_file(WORKSPACE, [])))
    ((imported, _),) = (await shelf.service.import_file(WORKSPACE, exported)).chatflows
    assert imported.id != stored.id
    assert imported.apikeyid is None
    for name in ("name", "type", "flow_data", *config):
        assert getattr(imported, name) == getattr(stored, name)


async def test_variables_of_an_export_are_stored(shelf: Shelf) -> None:
    shelf.variables.set(kept="here", changed="before")
    variables = [
        {"id": "x", "name": "city", "value": "Paris", "type": "static"},
        {"name": "changed", "value": "after", "type": "static"},
        {"name": "kept", "value": "", "type": "static"},
        {"name": "home", "value": "/root", "type": "runtime"},
        {"name": "blank", "type": "unheard of"},
    ]
    await shelf.service.import_file(WORKSPACE, {"ChatFlow": [json.loads(DRAWING)], "Variable": variables})
    assert await shelf.variables.values(WORKSPACE) == {"city": "Paris", "changed": "after", "kept": "here", "home": "/root"}
    assert shelf.variables.stored[WORKSPACE]["home"].type == "runtime"
    assert shelf.variables.stored[WORKSPACE]["blank"].type == "static"


@pytest.mark.parametrize("variable", [7, {}, {"name": ""}, {"name": 7}, {"name": "x" * 300}])
async def test_a_variable_without_a_name_stores_nothing(shelf: Shelf, variable: Any) -> None:
    with pytest.raises(InvalidInput):
        await shelf.service.import_file(WORKSPACE, {"ChatFlow": [json.loads(DRAWING)], "Variable": [variable]})
    assert shelf.flows.flows == {} and shelf.variables.stored == {}


async def test_an_export_without_chatflows_gives_its_variables(shelf: Shelf) -> None:
    file = {"Variable": [{"name": "city", "value": "Paris"}], "Tool": [{"name": "t"}], "ChatFlow": [], "FileDefaultName": "x"}
    imported = await shelf.service.import_file(WORKSPACE, file)
    assert (imported.chatflows, imported.variables) == ([], ["city"])
    assert imported.left_out == ["The file's tools are not taken: an import stores chatflows and variables."]
    assert await shelf.variables.values(WORKSPACE) == {"city": "Paris"}


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ({"Tool": [{"name": "t"}], "CustomTemplate": [{}]}, "holds only tools and templates, which are not taken"),
        ({"Variable": [], "Tool": []}, "holds no chatflow"),
        ({"ChatFlow": [json.loads(DRAWING), {"name": "Torn", "flowData": "{"}]}, "Chatflow 2 of the file, Torn: "),
    ],
)
async def test_what_keeps_a_file_out_is_named(shelf: Shelf, file: Any, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        await shelf.service.import_file(WORKSPACE, file)
    assert shelf.flows.flows == {}


async def test_a_drawing_that_lost_a_node_is_imported_and_says_so(shelf: Shelf) -> None:
    file = json.loads(drawing(*conversation(memory=wire("bufferMemory", 7))))
    ((flow, found),) = (await shelf.service.import_file(WORKSPACE, file)).chatflows
    assert flow.id in shelf.flows.flows
    assert found == [
        "Will not run: the input memory of the node Conversation Chain (conversationChain_0) refers to bufferMemory_7, which "
        "is not in the chatflow; wire it again.",
        "A wire of the drawing leads to bufferMemory_7, which is not in it: the wire counts for nothing.",
    ]


async def notes(shelf: Shelf, *nodes: Mapping[str, Any], **columns: Any) -> list[str]:
    stored = await shelf.put(flow_data=drawing(*nodes), **columns)
    return await shelf.service.notes(WORKSPACE, stored)


async def test_a_flow_that_runs_as_it_is_gets_no_notes(shelf: Shelf) -> None:
    shelf.variables.set(city="Paris")
    assert await notes(shelf, *conversation(systemMessagePrompt="{{$vars.city}} {{$flow.chatId}}")) == []
    _, memory, chain = conversation()
    assert await notes(shelf, node("chatOpenAI", _credential="mine"), memory, chain) == []
    analytic = '{"langSmith": {"status": true, "credentialId": "mine"}}'
    assert await notes(shelf, *conversation(), analytic=analytic) == []


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (node("nobodyKnows"), "is of the type nobodyKnows, which does not run here: no node type of that name is known"),
        (node("zapierNLA"), "is of the type zapierNLA, which does not run here: canvases of today"),
        (node("customRetriever"), "JavaScript"),
        (node("chatOpenAI", 5, _credential="foreign"), "configured endpoint or the embedded model answers instead"),
        (node("bufferMemory", 5, _credential="foreign"), "tradewind credentials set foreign"),
        (node("RedisBackedChatMemory", _credential="foreign"), "what is stored in Redis is not read"),
        (node("textFile", txtFile='FILE-STORAGE::["a.txt"]'), 'names the file ["a.txt"]; upload it again'),
        (node("chatPromptTemplate", messageHistoryCode="return []"), "JavaScript, which is never run here"),
        (node("promptTemplate", template="{{$vars.town}}"), "reads the variable town, which has no value here"),
    ],
)
async def test_what_is_different_is_said_with_its_node(shelf: Shelf, one: dict[str, Any], told: str) -> None:
    (note,) = await notes(shelf, one, *conversation())
    assert told in note
    assert f"({one['id']})" in note


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"chatbot_config": '{"postProcessing": {"enabled": true, "customFunction": "return 1"}}'}, "JavaScript"),
        (
            {"analytic": '{"lunary": {"status": true}, "langSmith": {"status": false}}'},
            "reports to lunary; this server does not",
        ),
        (
            {"analytic": '{"langFuse": {"status": true, "credentialId": "far"}}'},
            "reports to langFuse with a credential that is not here: nothing is reported until `tradewind credentials set far`",
        ),
        ({"follow_up_prompts": '{"status": true, "selectedProvider": "unheardOf", "unheardOf": {}}'}, "unheardOf"),
    ],
)
async def test_what_is_different_about_the_flow_is_said(shelf: Shelf, columns: dict[str, Any], told: str) -> None:
    (note,) = await notes(shelf, *conversation(), **columns)
    assert told in note


async def test_notes_come_with_an_import(shelf: Shelf) -> None:
    memory = node("mem0")
    chain = node("conversationChain", model=wire("chatOpenAI"), memory=wire("mem0"))
    file = json.loads(drawing(node("chatOpenAI"), memory, chain))
    ((_, found),) = (await shelf.service.import_file(WORKSPACE, file)).chatflows
    assert found == ["Mem0 (mem0_0) keeps its messages in this server's database; what is stored in Mem0 is not read."]


async def test_a_change_is_told_by_the_millisecond(shelf: Shelf) -> None:
    stored = await shelf.put()
    later = stored.updated_date + timedelta(milliseconds=1)
    assert not await shelf.service.has_changed(WORKSPACE, stored.id, stored.updated_date)
    assert not await shelf.service.has_changed(WORKSPACE, stored.id, stored.updated_date + timedelta(microseconds=1))
    assert await shelf.service.has_changed(WORKSPACE, stored.id, later)


async def test_problems_and_inputs_are_those_of_the_callers_own(shelf: Shelf) -> None:
    stored = await shelf.put()
    assert await shelf.service.problems(WORKSPACE, stored.id) == (stored, [])
    assert await shelf.service.inputs(WORKSPACE, stored.id) == []
    for call in (shelf.service.problems, shelf.service.inputs):
        with pytest.raises(NotFound):
            await call("other workspace", stored.id)


@pytest.mark.parametrize(
    ("url", "named"), [("http://localhost:6333", "localhost"), ("https://x.cloud.example:6333", ""), ("{{$vars.where}}", "")]
)
async def test_a_vector_store_inside_a_private_network_is_told(shelf: Shelf, url: str, named: str) -> None:
    store = node("qdrant", qdrantServerUrl=url, qdrantCollection="docs")
    told = [note for note in await notes(shelf, store, *conversation()) if "names the server" in note]
    assert len(told) == bool(named)
    assert all(named in note and "TRADEWIND_OUTBOUND_ALLOW" in note for note in told)
