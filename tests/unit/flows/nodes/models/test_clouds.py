"""The nodes of Bedrock and Vertex AI, and where the catalog finds their services and with what it signs."""

from __future__ import annotations

import json
from contextlib import aclosing
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason
from tradewind_server.flows.components import ChatModelHandle, EmbedderHandle
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs
from tradewind_server.flows.ports import ChatModelSpec, EmbedderSpec, Message
from tradewind_server.models.bedrock.chat import BedrockChatModel
from tradewind_server.models.bedrock.embeddings import BedrockEmbedder
from tradewind_server.models.catalog import ModelCatalog
from tradewind_server.models.google.chat import GoogleChatModel
from tradewind_server.models.google.vertex_embeddings import VertexEmbedder
from tradewind_server.settings import Settings

from fakes.bedrock_endpoint import FakeBedrock
from fakes.flow_engine import WORKSPACE, FakeCredentials

NOTHING = cast(Any, None)
AWS = {"awsKey": "AKID", "awsSecret": "very-secret", "awsSession": "lent"}


def spec(name: str, **inputs: Any) -> ChatModelSpec:
    node = Node(f"{name}_0", name, "Model", "Chat Models", inputs, credential="mine")
    made = builtin_registry().type_of(node).build(
        NodeInputs(node, inputs), BuildContext("w", "c", NOTHING, NOTHING, NOTHING)
    )  # fmt: skip
    assert isinstance(made, ChatModelHandle)
    return made.spec


def account() -> str:
    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return json.dumps({"client_email": "x@y", "private_key": key.decode(), "project_id": "my-project"}, indent=2)


def catalog(*opened: str, **secret: str) -> ModelCatalog:
    credentials = FakeCredentials()
    credentials.hold("mine", **secret)
    return ModelCatalog(Settings(_env_file=None, outbound_allow=list(opened)), cast(Any, credentials), None)


def test_what_the_canvas_says_of_a_model_at_bedrock() -> None:
    made = spec(
        "awsChatBedrock", region="eu-west-1", model="anthropic.claude-v1:0", max_tokens_to_sample="200", temperature="0.7"
    )
    assert (made.provider, made.model, dict(made.parameters)) == (
        "bedrock", "anthropic.claude-v1:0", {"temperature": 0.7, "max_tokens": 200}
    )  # fmt: skip
    assert dict(made.credential_fields) == {"region": "eu-west-1"}
    assert spec("awsChatBedrock", customModel="arn:aws:bedrock:x:1:imported-model/m").model.endswith("imported-model/m")
    assert spec("awsChatBedrock", useGlobalEndpoint=True, model="anthropic.m").model == "global.anthropic.m"
    assert dict(spec("awsChatBedrock", latencyOptimized=True).extras) == {"latency": "optimized"}


def test_what_the_canvas_says_of_a_model_at_vertex() -> None:
    made = spec(
        "chatGoogleVertexAI", region="europe-west1", modelName="gemini-2.5-pro", thinkingBudget="9", thinkingLevel="LOW"
    )
    assert (made.provider, made.model, dict(made.extras)) == ("vertex", "gemini-2.5-pro", {"thinkingLevel": "low"})
    assert spec("chatGoogleVertexAI", modelName="x", customModelName="gemini-mine").model == "gemini-mine"


@pytest.mark.parametrize(
    ("name", "inputs", "wrong"),
    [
        ("awsChatBedrock", {"region": "evil.example/x?"}, "region"),
        ("awsChatBedrock", {"region": "us-east-1.evil"}, "region"),
        ("awsChatBedrock", {"model": "a b"}, "model"),
        ("chatGoogleVertexAI", {"region": "evil.example/"}, "region"),
        ("chatGoogleVertexAI", {"modelName": "claude-opus"}, "modelName"),
        ("chatGoogleVertexAI", {"thinkingLevel": "huge"}, "thinkingLevel"),
    ],
)
def test_wrong_inputs_are_named(name: str, inputs: dict[str, Any], wrong: str) -> None:
    with pytest.raises(InvalidInput, match=f"The input {wrong} "):
        spec(name, **inputs)


@pytest.mark.parametrize("region", ["us-central1", "europe-west12", "asia-southeast1", "northamerica-northeast1", "global"])
def test_regions_of_google(region: str) -> None:
    assert dict(spec("chatGoogleVertexAI", region=region).credential_fields) == {"region": region}


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-2", "us-gov-west-1", "ap-southeast-3", "mx-central-1"])
def test_regions_of_aws(region: str) -> None:
    assert dict(spec("awsChatBedrock", region=region).credential_fields) == {"region": region}


async def test_the_address_of_bedrock_is_that_of_the_region_or_the_nodes_own() -> None:
    async with aclosing(catalog(**AWS)) as models:
        made = await models.resolve(WORKSPACE, spec("awsChatBedrock", region="eu-west-1"))
        assert made.base_url == "https://bedrock-runtime.eu-west-1.amazonaws.com"
        assert "very-secret" not in repr(made) and dict(made.secrets)["awsSession"] == "lent"
        own = await models.resolve(WORKSPACE, spec("awsChatBedrock", endpointHost="vpce-1.example.com"))
        assert own.base_url == "https://vpce-1.example.com"
        assert isinstance(await models.chat_model(WORKSPACE, spec("awsChatBedrock")), BedrockChatModel)


async def test_a_request_is_signed_with_the_credentials_keys() -> None:
    async with FakeBedrock("AKID") as fake, aclosing(catalog("127.0.0.1", **AWS)) as models:
        made = spec("awsChatBedrock", region="eu-west-1", endpointHost=f"http://127.0.0.1:{fake.port}", model="m")
        reply = await (await models.chat_model(WORKSPACE, made)).complete([Message("user", "hi")])
    assert reply.text and "/eu-west-1/bedrock/aws4_request" in fake.requests[0].headers["authorization"]
    assert "very-secret" not in str(fake.requests[0].headers)


async def test_the_guard_lets_no_private_host_through() -> None:
    async with FakeBedrock() as fake, aclosing(catalog(**AWS)) as models:
        made = spec("awsChatBedrock", endpointHost=f"http://127.0.0.1:{fake.port}")
        with pytest.raises(InvalidInput) as error:
            await (await models.chat_model(WORKSPACE, made)).complete([Message("user", "hi")])
        assert error.value.reason is Reason.OUTBOUND_REFUSED and not fake.requests


async def test_roles_are_refused_by_name() -> None:
    async with aclosing(catalog(**AWS, roleArn="arn:aws:iam::1:role/x")) as models:
        with pytest.raises(FailedPrecondition, match="names a role"):
            await models.resolve(WORKSPACE, spec("awsChatBedrock"))


@pytest.mark.parametrize(
    ("region", "project", "url"),
    [
        (
            "",
            "",
            "https://us-central1-aiplatform.googleapis.com/v1/projects/my-project/locations/us-central1/publishers/google",
        ),
        ("global", "p2", "https://aiplatform.googleapis.com/v1/projects/p2/locations/global/publishers/google"),
    ],
)
async def test_the_address_of_vertex_is_that_of_region_and_project(region: str, project: str, url: str) -> None:
    secret = {"googleApplicationCredential": account(), **({"projectID": project} if project else {})}
    async with aclosing(catalog(**secret)) as models:
        made = await models.resolve(WORKSPACE, spec("chatGoogleVertexAI", region=region))
        assert made.base_url == url and "PRIVATE KEY" not in repr(made)
        assert isinstance(await models.chat_model(WORKSPACE, spec("chatGoogleVertexAI", region=region)), GoogleChatModel)


@pytest.mark.parametrize(
    "secret",
    [
        {"googleApplicationCredential": "{}"},
        {"googleApplicationCredential": '{"project_id": "x/../y", "client_email": "a", "private_key": "b"}'},
    ],
)
async def test_a_credential_without_an_account_is_said(secret: dict[str, str]) -> None:
    async with aclosing(catalog(**secret)) as models:
        with pytest.raises(FailedPrecondition, match="service account"):
            await models.chat_model(WORKSPACE, spec("chatGoogleVertexAI"))


def embeddings(name: str, **inputs: Any) -> EmbedderSpec:
    node = Node(f"{name}_0", name, "Embeddings", "Embeddings", inputs, credential="mine")
    made = builtin_registry().type_of(node).build(NodeInputs(node, inputs), BuildContext("w", "c", NOTHING, NOTHING, NOTHING))
    assert isinstance(made, EmbedderHandle)
    return made.spec


async def test_embeddings_of_both_clouds_find_their_services() -> None:
    async with aclosing(catalog(**AWS)) as models:
        made = embeddings("AWSBedrockEmbeddings", region="eu-west-1", model="amazon.titan-embed-text-v2:0")
        found = await models.resolve(WORKSPACE, made)
        assert found.base_url == "https://bedrock-runtime.eu-west-1.amazonaws.com"
        assert isinstance(await models.embedder(WORKSPACE, made), BedrockEmbedder)
    async with aclosing(catalog(googleApplicationCredential=account())) as models:
        assert isinstance(await models.embedder(WORKSPACE, embeddings("googlevertexaiEmbeddings")), VertexEmbedder)


@pytest.mark.parametrize("name", ["AWSBedrockEmbeddings", "googlevertexaiEmbeddings"])
def test_a_region_of_embeddings_is_checked_too(name: str) -> None:
    with pytest.raises(InvalidInput, match="The input region "):
        embeddings(name, region="evil.example/")
