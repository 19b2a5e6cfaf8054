"""What the gate does beside REST: gRPC with reflection and health, gRPC-Web, CORS, pages for HEAD."""

from __future__ import annotations

import base64
import struct
from typing import Any

import grpc
import pytest
import requests
from google.protobuf import descriptor_pool, message_factory
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub

from harness.doors import error_faults
from harness.flows import drawing, stored_fields
from harness.runner import World

PREDICT = "/tradewind.v1.PredictionService/Predict"
UNKNOWN = "11111111-2222-4333-8444-555555555555"
PAGE = "https://shop.example"


@pytest.fixture(scope="module")
def flow(world: World) -> str:
    return world.stack.create_flow(drawing("conversation"))


def frame(message: bytes) -> bytes:
    return struct.pack(">BI", 0, len(message)) + message


def frames(data: bytes) -> tuple[list[bytes], dict[str, str]]:
    """Messages and trailers of a gRPC-Web body."""
    messages, trailers = [], {}
    while data:
        flag, length = struct.unpack(">BI", data[:5])
        part, data = data[5 : 5 + length], data[5 + length :]
        if flag & 0x80:
            trailers.update(line.split(":", 1) for line in part.decode().strip().split("\r\n"))
        else:
            messages.append(part)
    return messages, {name.strip(): value.strip() for name, value in trailers.items()}


class TestGrpc:
    def test_a_stub_call(self, world: World, flow: str) -> None:
        with grpc.insecure_channel(world.stack.grpc_gate) as channel:
            answer = PredictionServiceStub(channel).Predict(pb.PredictRequest(chatflow_id=flow, question="hi"), timeout=60)
        assert answer.text.startswith("Reply ")

    def test_a_call_without_the_gate(self, world: World, flow: str) -> None:
        with grpc.insecure_channel(world.stack.grpc) as channel:
            answer = PredictionServiceStub(channel).Predict(pb.PredictRequest(chatflow_id=flow, question="hi"), timeout=60)
        assert answer.text.startswith("Reply ")

    def test_a_call_with_nothing_but_reflection(self, world: World, flow: str) -> None:
        """As tools such as grpcurl do it: the messages are built from what the server tells."""
        with grpc.insecure_channel(world.stack.grpc_gate) as channel:
            database = ProtoReflectionDescriptorDatabase(channel)
            assert "tradewind.v1.ChatMessageService" in database.get_services()
            pool = descriptor_pool.DescriptorPool(database)
            method = pool.FindServiceByName("tradewind.v1.PredictionService").methods_by_name["Predict"]
            request: Any = message_factory.GetMessageClass(method.input_type)(chatflow_id=flow, question="hi")
            answer_class = message_factory.GetMessageClass(method.output_type)
            call = channel.unary_unary(PREDICT, lambda message: message.SerializeToString(), answer_class.FromString)
            assert call(request, timeout=60).text.startswith("Reply ")

    def test_health_of_the_server_and_of_each_service(self, world: World) -> None:
        with grpc.insecure_channel(world.stack.grpc_gate) as channel:
            stub = health_pb2_grpc.HealthStub(channel)
            for service in ("", "tradewind.v1.PredictionService"):
                answer = stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=60)
                assert answer.status == health_pb2.HealthCheckResponse.SERVING

    def test_the_callers_deadline_counts(self, world: World) -> None:
        slow = world.stack.create_flow(drawing("conversation", {"nodes": {"chatOpenAI_0": {"modelName": "hang"}}}))
        with grpc.insecure_channel(world.stack.grpc_gate) as channel, pytest.raises(grpc.RpcError) as raised:
            PredictionServiceStub(channel).Predict(pb.PredictRequest(chatflow_id=slow, question="hi"), timeout=0.5)
        assert raised.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED

    def test_an_unknown_method_is_unimplemented(self, world: World) -> None:
        with grpc.insecure_channel(world.stack.grpc_gate) as channel, pytest.raises(grpc.RpcError) as raised:
            channel.unary_unary("/tradewind.v1.PredictionService/Nothing")(b"", timeout=60)
        assert raised.value.code() is grpc.StatusCode.UNIMPLEMENTED


class TestGrpcWeb:
    @pytest.mark.parametrize("text", [False, True], ids=["binary", "text"])
    def test_an_answer(self, world: World, flow: str, text: bool) -> None:
        kind = "application/grpc-web-text" if text else "application/grpc-web+proto"
        body = frame(pb.PredictRequest(chatflow_id=flow, question="hi").SerializeToString())
        response = requests.post(
            world.stack.rest + PREDICT,
            data=base64.b64encode(body) if text else body,
            headers={"Content-Type": kind, "Accept": kind, "X-Grpc-Web": "1", "Origin": "https://console.example"},
            timeout=60,
        )
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == "https://console.example"
        content = response.content
        if text:  # Each piece is encoded on its own, so padding may stand in the middle.
            content = b"".join(base64.b64decode(piece + b"=") for piece in content.replace(b"==", b"=").split(b"=") if piece)
        [message], trailers = frames(content)
        assert pb.PredictResponse.FromString(message).text.startswith("Reply ")
        assert trailers["grpc-status"] == "0"

    def test_an_error(self, world: World) -> None:
        body = frame(pb.PredictRequest(chatflow_id=UNKNOWN, question="hi").SerializeToString())
        headers = {"Content-Type": "application/grpc-web+proto", "X-Grpc-Web": "1"}
        response = requests.post(world.stack.rest + PREDICT, data=body, headers=headers, timeout=60)
        told = {**response.headers, **frames(response.content)[1]}
        assert (told["grpc-status"], told["x-error-reason"]) == ("5", "CHATFLOW_NOT_FOUND")

    def test_a_stream(self, world: World, flow: str) -> None:
        response = requests.post(
            world.stack.rest + "/tradewind.v1.PredictionService/StreamPredict",
            data=frame(pb.StreamPredictRequest(chatflow_id=flow, question="hi").SerializeToString()),
            headers={"Content-Type": "application/grpc-web+proto", "X-Grpc-Web": "1"},
            timeout=60,
        )
        messages, trailers = frames(response.content)
        events = [pb.StreamPredictResponse.FromString(one).WhichOneof("event") for one in messages]
        assert (events[0], events[-1], trailers["grpc-status"]) == ("start", "end", "0")


class TestCors:
    def preflight(self, world: World, path: str, origin: str, method: str = "POST") -> requests.Response:
        headers = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type"}
        return requests.options(world.stack.rest + path, headers=headers, timeout=60)

    def test_any_page_may_ask_an_open_flow(self, world: World, flow: str) -> None:
        for path in (f"/api/v1/prediction/{flow}", f"/api/v1/vector/upsert/{flow}"):
            answer = self.preflight(world, path, PAGE)
            assert answer.status_code in (200, 204), path
            assert answer.headers["access-control-allow-origin"] in (PAGE, "*")
            assert "POST" in answer.headers["access-control-allow-methods"]
            assert "content-type" in answer.headers["access-control-allow-headers"]
        for path in (f"/api/v1/chatflows-streaming/{flow}", f"/api/v1/public-chatbotConfig/{flow}"):
            assert self.preflight(world, path, PAGE, "GET").headers["access-control-allow-origin"] in (PAGE, "*"), path
        assert self.preflight(world, f"/api/v1/chatmessage/abort/{flow}/c-1", PAGE, "PUT").ok

    def test_answers_and_errors_carry_the_origin_so_that_pages_can_read_them(self, world: World, flow: str) -> None:
        for one in (flow, UNKNOWN):
            url = f"{world.stack.rest}/api/v1/prediction/{one}"
            answer = requests.post(url, json={"question": "hi"}, headers={"Origin": PAGE}, timeout=60)
            assert answer.headers["access-control-allow-origin"] in (PAGE, "*")

    def test_only_listed_pages_may_use_the_rest(self, world: World) -> None:
        path = "/api/v1/chatflows"
        assert "access-control-allow-origin" not in self.preflight(world, path, PAGE, "GET").headers
        assert "access-control-allow-origin" not in self.preflight(world, path, "null", "GET").headers
        listed = self.preflight(world, path, "https://console.example", "GET")
        assert listed.headers["access-control-allow-origin"] == "https://console.example"
        assert "authorization" in listed.headers["access-control-allow-headers"].lower()
        answer = requests.get(world.stack.rest + path, headers={**world.stack.admin, "Origin": PAGE}, timeout=60)
        assert "access-control-allow-origin" not in answer.headers

    def test_a_flows_own_list_is_kept_whatever_the_gate_allows(self, world: World) -> None:
        fields = stored_fields({"chatbotConfig": {"allowedOrigins": ["https://good.example"]}})
        flow = world.stack.create_flow(drawing("conversation"), **fields)
        for origin, status in ((PAGE, 403), ("https://good.example", 200), ("null", 403)):
            url = f"{world.stack.rest}/api/v1/prediction/{flow}"
            answer = requests.post(url, json={"question": "hi"}, headers={"Origin": origin}, timeout=60)
            assert answer.status_code == status, origin


class TestPages:
    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.json", "/docs", "/api/v1/ping"])
    def test_head_answers_as_get_does_but_without_a_body(self, world: World, path: str) -> None:
        head, get = (requests.request(method, world.stack.rest + path, timeout=60) for method in ("HEAD", "GET"))
        assert (head.status_code, head.headers["content-type"]) == (get.status_code, get.headers["content-type"])
        assert head.content == b"" and get.content
        assert not any(name.lower().startswith("grpc-") for name in get.headers)

    def test_metrics_are_prometheus_text(self, world: World, flow: str) -> None:
        requests.post(f"{world.stack.rest}/api/v1/prediction/{flow}", json={"question": "hi"}, timeout=60)
        page = requests.get(f"{world.stack.metrics.rstrip('/').removesuffix('/metrics')}/metrics", timeout=60)
        assert page.ok and "PredictionService/Predict" in page.text

    def test_every_error_of_the_gate_has_the_one_shape(self, world: World, flow: str) -> None:
        many = {f"x-long-{index}": "v" * 900 for index in range(80)}
        for answer in (
            requests.get(world.stack.rest + "/nothing", timeout=60),
            requests.get(world.stack.rest + "/api/v1/chatflows", headers=many, timeout=60),
            requests.post(f"{world.stack.rest}/api/v1/prediction/{flow}", data=b"{", timeout=60),
            requests.patch(f"{world.stack.rest}/api/v1/prediction/{flow}", timeout=60),
            requests.get(world.stack.rest + "/api/v1/%E0%A4%A", timeout=60),
        ):
            assert answer.status_code >= 400
            faults = list(error_faults(answer.status_code, answer.json(), answer.headers))
            assert faults == []
