"""Vector store nodes: the collection each means, what it filters by, and what it does with files of a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import EmbedderHandle, Records, Turn, VectorStore
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.retrieval.vector_stores import REPLACED_STORES
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs
from tradewind_server.flows.ports import EmbedderSpec
from tradewind_server.flows.vector_names import name_fault
from tradewind_server.flows.vector_ports import CollectionSpec, ScoredChunk

TURN = Turn("w", "flow-1", "chat-1", "session-1", "question")
GIVEN: dict[str, dict[str, Any]] = {
    "faiss": {"basePath": "/data/menu"},
    "chroma": {"collectionName": "menu"},
    "pinecone": {"pineconeIndex": "menu", "pineconeNamespace": "bread"},
    "pineconeLlamaIndex": {"pineconeIndex": "menu", "pineconeNamespace": "bread"},
    "simpleStoreLlamaIndex": {"basePath": "/data/menu"},
    "postgres": {"database": "shop", "tableName": "menu"},
    "supabase": {"tableName": "menu"},
    "milvus": {"milvusCollection": "menu"},
    "weaviate": {"weaviateIndex": "Menu"},
    "upstash": {},
    "elasticsearch": {"indexName": "menu"},
    "singlestore": {"database": "shop", "tableName": "menu"},
    "redis": {"indexName": "menu"},
    "openSearch": {"indexName": "menu"},
    "mongoDBAtlas": {"databaseName": "shop", "collectionName": "menu", "indexName": "vectors"},
}


@dataclass
class World:
    """Models and collections that remember what they were asked."""

    model_name: str = "small"
    specs: list[CollectionSpec] = field(default_factory=list)
    searches: list[tuple[int, Any]] = field(default_factory=list)

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> World:
        return self

    async def embed_query(self, text: str) -> Sequence[float]:
        return [1.0]

    def index(self, spec: CollectionSpec) -> World:
        self.specs.append(spec)
        return self

    async def search(self, vector: Any, limit: int, filters: Mapping[str, Any] | None = None) -> list[ScoredChunk]:
        self.searches.append((limit, filters))
        return [ScoredChunk("id-1", 0.5, "text", {"source": "a"})]


def build(name: str, world: World | None = None, *, node_id: str | None = None, **inputs: Any) -> VectorStore:
    world = world or World()
    node = Node(node_id or f"{name}_0", name, "My Store", "Vector Stores", inputs, credential=inputs.pop("credential", None))
    context = BuildContext("w", "flow-1", cast(Any, world), cast(Any, world), cast(Any, None))
    components = {
        "embeddings_0": EmbedderHandle(cast(Any, world), "w", EmbedderSpec("openai", "small")),
        "records_0": Records("flow-1", "full"),
    }
    inputs = {"embeddings": "{{embeddings_0.data.instance}}", **inputs}
    built = builtin_registry().type_of(node).build(NodeInputs(node, inputs, components), context)
    assert isinstance(built, VectorStore)
    return built


def test_all_options_of_qdrant() -> None:
    store = build(
        "qdrant",
        credential="cred-1",
        qdrantServerUrl="http://q:6333",
        qdrantCollection=" menu ",
        qdrantSimilarity="Dot",
        contentPayloadKey="text",
        metadataPayloadKey="about",
        batchSize="50",
        qdrantCollectionConfiguration='{"on_disk_payload": true}',
        qdrantVectorDimension=1536,
        topK="7",
        qdrantFilter='{"must": [{"key": "about.kind", "match": {"value": "menu"}}]}',
        recordManager="{{records_0.data.instance}}",
    )
    assert store.collection == CollectionSpec(
        "w",
        "menu",
        "",
        url="http://q:6333",
        credential_id="cred-1",
        distance="Dot",
        content_key="text",
        metadata_key="about",
        config='{"on_disk_payload": true}',
        batch_size=50,
    )
    assert store.top_k == 7
    assert store.filters == {"must": [{"key": "about.kind", "match": {"value": "menu"}}]}
    assert store.records == Records("flow-1", "full")


def test_unset_options_of_qdrant() -> None:
    store = build("qdrant", qdrantCollection="menu", qdrantServerUrl="", topK="", qdrantFilter="", batchSize=None)
    assert store.collection == CollectionSpec("w", "menu", "")
    assert (store.top_k, store.filters, store.records, store.chat_files) == (4, None, None, False)


@pytest.mark.parametrize(
    "inputs", [{"qdrantCollection": ""}, {"qdrantSimilarity": "L9"}, {"qdrantFilter": "[1]"}, {"topK": 0}, {"batchSize": 0}]
)
def test_options_that_cannot_work_are_named(inputs: dict[str, Any]) -> None:
    (name,) = inputs
    with pytest.raises(InvalidInput, match=f"{name} of the node My Store") as caught:
        build("qdrant", **{"qdrantCollection": "menu", **inputs})
    assert caught.value.reason == Reason.NODE_INPUT_INVALID


def test_a_variable_without_a_value_is_no_name() -> None:
    with pytest.raises(InvalidInput, match=r"qdrantCollection.*\$vars\.none"):
        build("qdrant", qdrantCollection="shop-{{$vars.none}}")


@pytest.mark.parametrize("name", ["qdrant", *GIVEN])
def test_filters_and_names_may_hold_tokens(name: str) -> None:
    inputs = builtin_registry().type_of(Node("x", name, "X", "Vector Stores", {})).inputs
    for one in inputs:
        if one.name.lower().endswith("filter") and one.kind == "json":
            assert one.asks, one.name
        if one.name in GIVEN.get(name, {"qdrantCollection": ""}):
            assert one.asks, one.name


@pytest.mark.parametrize("name", [".", "..", "a/b", "a\x00b", "漢" * 86])
def test_a_name_that_would_harm_a_server_names_its_node(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"qdrantCollection of the node My Store \(qdrant_0\)") as caught:
        build("qdrant", qdrantCollection=name)
    assert caught.value.reason == Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize("value", [".", "..", "../../x", "a\x00b", "漢" * 300])
def test_indexes_of_other_stores_never_become_harmful_names(name: str, value: str) -> None:
    store = build(name, **dict.fromkeys(GIVEN[name], value))
    assert name_fault(store.collection.name, before=38) is None


@pytest.mark.parametrize("node_id", [".", "../x", "漢" * 85, "n" * 255])
@pytest.mark.parametrize("name", ["memoryVectorStore", "upstash"])
def test_node_ids_never_become_harmful_names(name: str, node_id: str) -> None:
    store = build(name, node_id=node_id)
    assert name_fault(store.collection.name, before=38) is None
    assert store.collection.name != build(name, node_id=node_id + "x").collection.name


async def test_what_is_found() -> None:
    world = World()
    (chunk,) = await build("qdrant", world, qdrantCollection="menu", topK=2).retrieve("q")
    assert (chunk.content, chunk.metadata, chunk.id) == ("text", {"source": "a"}, "id-1")
    assert world.searches == [(2, None)]


async def test_filters_of_node_and_caller_both_hold() -> None:
    world = World()
    mine, more = {"must": [{"key": "a", "match": {"value": "x"}}]}, {"must_not": []}
    await build("qdrant", world, qdrantCollection="menu", qdrantFilter=mine).retrieve("q", more, TURN)
    await build("qdrant", world, qdrantCollection="menu").retrieve("q", {"must": [1]})
    assert world.searches == [(4, {"must": [mine, more]}), (4, {"must": [1]})]


async def test_files_of_a_chat_are_found_by_that_chat_only() -> None:
    world = World()
    store = build("qdrant", world, qdrantCollection="menu", fileUpload=True, metadataPayloadKey="about")
    assert store.chat_files
    await store.retrieve("q", turn=TURN)
    await store.retrieve("q")
    untagged = {"is_empty": {"key": "about.flowise_chatId"}}
    mine = {"key": "about.flowise_chatId", "match": {"value": "chat-1"}}
    assert world.searches == [(4, {"should": [untagged, mine]}), (4, {"should": [untagged]})]


def test_every_replaced_store_is_tried_here() -> None:
    assert {one.name for one in REPLACED_STORES} == set(GIVEN)


@pytest.mark.parametrize(("name", "inputs"), GIVEN.items())
def test_other_stores_are_collections_of_this_server(name: str, inputs: dict[str, Any]) -> None:
    store = build(name, credential="cred-1", **inputs)
    assert store.collection.url is None
    assert store.collection.credential_id is None
    assert store.collection.name.startswith(f"{name}_")
    assert "/" not in store.collection.name
    assert "this server's Qdrant" in builtin_registry().type_of(Node("x", name, "X", "Vector Stores", {})).note


@pytest.mark.parametrize(("name", "inputs"), [(n, i) for n, i in GIVEN.items() if i])
def test_flows_that_share_an_index_go_on_sharing_it(name: str, inputs: dict[str, Any]) -> None:
    first = build(name, **inputs).collection
    assert build(name, **inputs, topK=9).collection == first
    for changed in inputs:
        assert build(name, **{**inputs, changed: "other"}).collection.name != first.name


def test_names_are_made_speakable_without_meeting() -> None:
    names = {build("faiss", basePath=path).collection.name for path in ("/data/a", "/data-a", "/data a", "data/a", "x" * 500)}
    assert len(names) == 5
    assert all(len(name) < 150 for name in names)


def test_a_store_without_a_name_of_its_own_belongs_to_its_flow() -> None:
    assert build("upstash").collection.name == "upstash_flow-1_upstash_0"


@pytest.mark.parametrize(
    ("name", "input_name"),
    [
        ("chroma", "chromaMetadataFilter"),
        ("pinecone", "pineconeMetadataFilter"),
        ("postgres", "pgMetadataFilter"),
        ("supabase", "supabaseMetadataFilter"),
        ("mongoDBAtlas", "mongoMetadataFilter"),
    ],
)
def test_their_filters_are_translated_or_refused_by_name(name: str, input_name: str) -> None:
    store = build(name, **GIVEN[name], **{input_name: '{"kind": {"$in": ["menu"]}}'})
    assert store.filters == {"must": [{"should": [{"key": "metadata.kind", "match": {"value": "menu"}}]}]}
    with pytest.raises(InvalidInput, match=rf"{input_name}.*\$regex"):
        build(name, **GIVEN[name], **{input_name: {"kind": {"$regex": "m"}}})


@pytest.mark.parametrize(
    ("name", "input_name"),
    [
        ("milvus", "milvusFilter"),
        ("weaviate", "weaviateFilter"),
        ("upstash", "upstashMetadataFilter"),
        ("supabase", "supabaseRPCFilter"),
    ],
)
def test_filters_in_other_words_are_refused(name: str, input_name: str) -> None:
    with pytest.raises(InvalidInput, match=input_name):
        build(name, **GIVEN[name], **{input_name: "kind == 'menu'"})


@pytest.mark.parametrize(
    ("strategy", "distance"), [("", "Cosine"), ("cosine", "Cosine"), ("euclidean", "Euclid"), ("innerProduct", "Dot")]
)
def test_distances_of_postgres(strategy: str, distance: str) -> None:
    assert build("postgres", **GIVEN["postgres"], distanceStrategy=strategy).collection.distance == distance


def test_what_replaces_by_itself() -> None:
    assert build("faiss", basePath="a").records == Records("flow-1", "full", from_drawing=False)
    assert build("memoryVectorStore").records == Records("flow-1", "incremental", from_drawing=False)
