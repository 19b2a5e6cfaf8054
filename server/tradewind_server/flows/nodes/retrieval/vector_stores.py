"""Vector store nodes: Qdrant, and the others of the canvas, which are collections of this server's Qdrant here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.documents.ports import CHAT_KEY, DocumentSource
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.components import ChatModelHandle, EmbedderHandle, Records, VectorStore
from tradewind_server.flows.drawing import Node, parse_flow
from tradewind_server.flows.nodes.retrieval.metadata_filters import Untranslatable, qdrant_filter
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.vector_names import collection_fault, name_fault
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.header_values import key_fault

CATEGORY = "Vector Stores"
DEFAULT_TOP_K = 4
MOST_TOP_K = 1000
LONGEST_NAME = 120
WORKSPACE_BYTES = 38
"""What may stand before a collection's name: the id of a workspace and two underscores."""
DISTANCES = {name: name for name in ("Cosine", "Euclid", "Dot", "Manhattan")}
PG_DISTANCES = {"cosine": "Cosine", "euclidean": "Euclid", "innerProduct": "Dot"}
UPSERT_INPUTS = (Input("document", "nodes", "Document"), Input("embeddings", "node", "Embeddings"))
SEARCH_INPUTS = (Input("topK", "number"),)
RECORD_INPUT = (Input("recordManager", "node", "RecordManager"),)
SIMILAR = ("searchType", "fetchK", "lambda")
"""The canvas offers another ranking with these, but its server never read them: it always ranked by similarity."""
CHAT_FILES = (Input("fileUpload", "flag"),)


def store(inputs: NodeInputs, context: BuildContext, collection: CollectionSpec, **more: Any) -> VectorStore:
    """What all vector store nodes have in common."""
    return VectorStore(
        node_id=inputs.node.id,
        label=inputs.node.label,
        collection=replace(collection, standing_filter=standing_filter(collection, more.get("filters"))),
        embedder=inputs.node_of("embeddings", EmbedderHandle),
        indexes=context.indexes,
        sources=inputs.nodes_of("document", DocumentSource),  # type: ignore[type-abstract]
        top_k=inputs.integer("topK", 1, MOST_TOP_K) or DEFAULT_TOP_K,
        **{"records": inputs.optional_node("recordManager", Records), "chat_files": inputs.flag("fileUpload"), **more},
    )


def standing_filter(collection: CollectionSpec, filters: Mapping[str, Any] | None) -> str:
    """What searches of this node always ask for, so that a server can index it: its own filter, and the chat's key, which
    other chatflows on the same collection may filter by.
    """
    chat = {"key": f"{collection.metadata_key}.{CHAT_KEY}", "match": {"value": ""}}
    return json.dumps({"must": [filters, chat] if filters else [chat]})


def json_object(inputs: NodeInputs, name: str, what: str) -> Mapping[str, Any] | None:
    value = inputs.json(name)
    if value is not None and not isinstance(value, dict):
        raise inputs.wrong_input(name, what)
    return value or None


def build_qdrant(inputs: NodeInputs, context: BuildContext) -> VectorStore:
    name = inputs.text("qdrantCollection").strip()
    if not name:
        raise inputs.wrong_input("qdrantCollection", "the name of a collection")
    if "{{" in name:
        raise inputs.wrong_input("qdrantCollection", f"the name of a collection; the variable in {name} has no value")
    config = inputs.json("qdrantCollectionConfiguration")
    collection = CollectionSpec(
        workspace_id=context.workspace_id,
        name=name,
        embedding_model="",
        url=inputs.optional_text("qdrantServerUrl"),
        api_key=inputs.key("qdrantApiKey"),
        credential_id=inputs.node.credential,
        distance=inputs.choice("qdrantSimilarity", DISTANCES, "Cosine"),  # type: ignore[arg-type]
        content_key=inputs.text("contentPayloadKey", "content"),
        metadata_key=inputs.text("metadataPayloadKey", "metadata"),
        config=json.dumps(config) if config is not None else None,
        batch_size=inputs.integer("batchSize", 1, 10_000),
    )
    if collection.api_key and (fault := key_fault(collection.api_key)):
        raise inputs.wrong_input("qdrantApiKey", f"a key that can be sent: {fault}")
    if fault := collection_fault(collection):
        raise inputs.wrong_input("qdrantCollection", f"the name of a collection that a Qdrant server can take: {fault}")
    return store(inputs, context, collection, filters=json_object(inputs, "qdrantFilter", "a Qdrant filter, a JSON object"))


@dataclass(frozen=True, slots=True)
class ReplacedStore:
    """A vector store of the canvas that is a collection of this server's Qdrant here.

    ``names`` are the inputs that say which index, table or folder it was; all unset, it was one of the chatflow's own.
    """

    name: str
    label: str
    names: tuple[str, ...]
    inputs: tuple[Input, ...] = ()
    """Further inputs that are read."""
    elsewhere: tuple[str, ...] = ()
    """Inputs that say where the other store is and how it names things; without effect here."""
    filter: str | None = None
    """The input with a filter over metadata."""
    refused_inputs: tuple[str, ...] = ()
    """Inputs that would change what is found, in words that cannot be translated."""
    records: bool = False
    chat_files: bool = False
    distance: Callable[[NodeInputs], str] = lambda inputs: "Cosine"
    has_model: bool = False
    """Its node has a chat model too, which engines ask."""
    replaces: bool = False
    """An upsert replaces all that was there before (docs/contract.md §7.6)."""

    def node_type(self) -> NodeType:
        names = tuple(Input(name, asks=True) for name in self.names)
        more = (*(RECORD_INPUT if self.records else ()), *(CHAT_FILES if self.chat_files else ()))
        filters = (Input(self.filter, "json", asks=True),) if self.filter else ()
        refusals = tuple(Input(name) for name in self.refused_inputs)
        elsewhere = tuple(Input(name, has_no_effect=True) for name in self.elsewhere)
        note = f"keeps its chunks in this server's Qdrant: upsert them once, because what {self.label} holds is not read."
        models = (Input("model", "node", "BaseChatModel_LlamaIndex"),) if self.has_model else ()
        inputs = (*UPSERT_INPUTS, *models, *more, *names, *self.inputs, *filters, *refusals, *elsewhere, *SEARCH_INPUTS)
        return NodeType(self.name, self.label, CATEGORY, inputs, self.build, note)

    def build(self, inputs: NodeInputs, context: BuildContext) -> VectorStore:
        for name in self.refused_inputs:
            if inputs.is_set(name):
                raise inputs.wrong_input(name, "left empty: filters in this form cannot be applied in Qdrant")
        name = self.collection(inputs, context.chatflow_id)
        collection = CollectionSpec(context.workspace_id, name, "", distance=self.distance(inputs))  # type: ignore[arg-type]
        more: dict[str, Any] = {"filters": self.filters(inputs, collection.metadata_key)}
        if self.has_model:
            more["model"] = inputs.optional_node("model", ChatModelHandle)
        if name == self.own_name(inputs.node.id, context.chatflow_id):
            more["holding"] = "own"
        elif self.replaces:
            more["holding"] = "shared"
        if self.replaces:
            more["records"] = Records(context.chatflow_id, "full", from_drawing=False)
        return store(inputs, context, collection, **more)

    def collection(self, inputs: NodeInputs, chatflow_id: str) -> str:
        """A name from what the node calls its own; chatflows that share an index go on sharing it."""
        parts = [part for part in (inputs.optional_text(name) for name in self.names) if part]
        return speakable("_".join((self.name, *parts))) if parts else self.own_name(inputs.node.id, chatflow_id)

    def own_name(self, node_id: str, chatflow_id: str) -> str:
        return own_name(self.name, node_id, chatflow_id)

    def filters(self, inputs: NodeInputs, metadata_key: str) -> Mapping[str, Any] | None:
        if self.filter is None:
            return None
        conditions = json_object(inputs, self.filter, "a filter over metadata, a JSON object")
        try:
            return qdrant_filter(conditions, metadata_key) if conditions else None
        except Untranslatable as what:
            raise inputs.wrong_input(self.filter, f"a filter that Qdrant can apply; it has none for {what}") from None


def own_name(kind: str, node_id: str, chatflow_id: str) -> str:
    """The collection of one node of one chatflow. Node ids are whatever the drawing says."""
    name = f"{kind}_{chatflow_id}_{node_id}"
    return name if name_fault(name, before=WORKSPACE_BYTES) is None else speakable(name)


def speakable(name: str) -> str:
    """A name that may stand as a collection's; one that had to be changed ends in a hash of what it was."""
    clean = re.sub(r"[^A-Za-z0-9_.-]+", "-", name)
    if clean == name and len(name) <= LONGEST_NAME:
        return name
    return f"{clean[:LONGEST_NAME]}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def build_memory_vector_store(inputs: NodeInputs, context: BuildContext) -> VectorStore:
    """Chunks of a source replace its former ones; the store fills itself from its loaders at first use."""
    records = Records(context.chatflow_id, "incremental", from_drawing=False)
    collection = CollectionSpec(context.workspace_id, memory_name(inputs.node.id, context.chatflow_id), "")
    return store(inputs, context, collection, load_store=context.load_store, records=records, holding="own")


def memory_name(node_id: str, chatflow_id: str) -> str:
    return own_name("memory", node_id, chatflow_id)


def pg_distance(inputs: NodeInputs) -> str:
    return inputs.choice("distanceStrategy", PG_DISTANCES, "Cosine")


SERVER = ("host", "port", "ssl", "additionalConfig")
REPLACED_STORES = (
    ReplacedStore("faiss", "Faiss", ("basePath",), replaces=True),
    ReplacedStore(
        "chroma", "Chroma", ("collectionName",), filter="chromaMetadataFilter", elsewhere=("chromaURL",), records=True
    ),
    ReplacedStore(
        "pinecone",
        "Pinecone",
        ("pineconeIndex", "pineconeNamespace"),
        filter="pineconeMetadataFilter",
        elsewhere=("pineconeTextKey", *SIMILAR),
        records=True,
        chat_files=True,
    ),
    ReplacedStore(
        "postgres",
        "Postgres",
        ("database", "tableName"),
        (Input("distanceStrategy", "choice"),),
        filter="pgMetadataFilter",
        elsewhere=(*SERVER, "batchSize", "contentColumnName"),
        records=True,
        chat_files=True,
        distance=pg_distance,
    ),
    ReplacedStore(
        "supabase",
        "Supabase",
        ("tableName",),
        filter="supabaseMetadataFilter",
        refused_inputs=("supabaseRPCFilter",),
        elsewhere=("supabaseProjUrl", "queryName", *SIMILAR),
        records=True,
    ),
    ReplacedStore(
        "milvus",
        "Milvus",
        ("milvusCollection", "milvusPartition"),
        refused_inputs=("milvusFilter",),
        elsewhere=("milvusServerUrl", "milvusTextField"),
        chat_files=True,
    ),
    ReplacedStore(
        "weaviate",
        "Weaviate",
        ("weaviateIndex",),
        refused_inputs=("weaviateFilter",),
        elsewhere=("weaviateScheme", "weaviateHost", "weaviateTextKey", "weaviateMetadataKeys", "alpha", *SIMILAR),
        records=True,
    ),
    ReplacedStore("upstash", "Upstash Vector", (), refused_inputs=("upstashMetadataFilter",), records=True, chat_files=True),
    ReplacedStore("elasticsearch", "Elasticsearch", ("indexName",), elsewhere=("similarity",), records=True),
    ReplacedStore("singlestore", "SingleStore", ("database", "tableName"), elsewhere=SERVER),
    ReplacedStore("redis", "Redis", ("indexName",), elsewhere=("replaceIndex", "contentKey", "metadataKey", "vectorKey")),
    ReplacedStore(
        "pineconeLlamaIndex",
        "Pinecone",
        ("pineconeIndex", "pineconeNamespace"),
        filter="pineconeMetadataFilter",
        has_model=True,
    ),
    ReplacedStore("simpleStoreLlamaIndex", "SimpleStore", ("basePath",), has_model=True),
    ReplacedStore("openSearch", "OpenSearch", ("indexName",)),
    ReplacedStore(
        "mongoDBAtlas",
        "MongoDB Atlas",
        ("databaseName", "collectionName", "indexName"),
        filter="mongoMetadataFilter",
        elsewhere=("textKey", "embeddingKey", *SIMILAR),
    ),
)
REPLACED_BY_NAME = {one.name: one for one in REPLACED_STORES}
QDRANT_INPUTS = (
    *UPSERT_INPUTS,
    *RECORD_INPUT,
    Input("qdrantServerUrl", is_guarded=True),
    Input("qdrantApiKey", "secret"),
    Input("qdrantCollection", asks=True),
    *CHAT_FILES,
    Input("qdrantVectorDimension", "number", has_no_effect=True),
    Input("contentPayloadKey"),
    Input("metadataPayloadKey"),
    Input("batchSize", "number"),
    Input("qdrantSimilarity", "choice"),
    Input("qdrantCollectionConfiguration", "json"),
    *SEARCH_INPUTS,
    Input("qdrantFilter", "json", asks=True),
)
NODES = (
    NodeType("qdrant", "Qdrant", CATEGORY, QDRANT_INPUTS, build_qdrant),
    NodeType(
        "memoryVectorStore",
        "In-Memory Vector Store",
        CATEGORY,
        (*UPSERT_INPUTS, *SEARCH_INPUTS),
        build_memory_vector_store,
        loads_at_prediction=True,
        in_document_stores="accepted",
    ),
    *(one.node_type() for one in REPLACED_STORES),
)


def may_name(node: Node, chatflow_id: str, collection: str) -> bool:
    """Whether a drawn node may mean this collection of our own Qdrant. A name with a token in it may be any."""
    inputs = NodeInputs(node, node.inputs)
    if node.name == "memoryVectorStore":
        return memory_name(node.id, chatflow_id) == collection
    replacement = REPLACED_BY_NAME.get(node.name)
    names = replacement.names if replacement else ("qdrantCollection",) if node.name == "qdrant" else ()
    if any("{{" in str(node.inputs.get(name)) for name in names):
        return replacement is None or collection.startswith(f"{replacement.name}_")
    try:
        if replacement is not None:
            return replacement.collection(inputs, chatflow_id) == collection
        return bool(names) and inputs.text("qdrantCollection").strip() == collection
    except InvalidInput:  # No text: such a node is never built.
        return False


def typed_keys(chatflow: Chatflow) -> dict[str, str]:
    """The keys that nodes of a drawing name for Qdrant servers, by address: themselves and not by a credential."""
    keys = {}
    for node in parse_flow(chatflow.flow_data).nodes.values():
        url, key = (str(node.inputs.get(name) or "").strip() for name in ("qdrantServerUrl", "qdrantApiKey"))
        if url and key and "{{" not in key:
            keys[url] = key
    return keys
