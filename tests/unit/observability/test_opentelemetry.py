"""Spans on their way to a collector that listens in this process, and to one that does not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from tradewind_server.errors import NotFound, Reason
from tradewind_server.observability.opentelemetry import ExportFaults, Tracer, open_tracer
from tradewind_server.observability.otel_settings import CONTENTS, otel_settings
from tradewind_server.observability.spans import SPAN, current_trace_parent, note_output
from tradewind_server.observability.steps import FlowFacts, FlowStep, ModelStep, VectorStep, node_step, tool_step

from fakes.otlp_collector import Collector, running_collector, running_http_collector

TRACE_ID, PARENT_ID = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SAMPLED, UNSAMPLED = f"00-{TRACE_ID}-{PARENT_ID}-01", f"00-{TRACE_ID}-{PARENT_ID}-00"


class Used:
    prompt_tokens, completion_tokens = 7, 2


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with running_collector() as collector:
        yield collector


@pytest.fixture
def opened(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes tracers for the collector, closed at the end."""
    collector.spans.clear()
    faults = logging.getLogger("opentelemetry")
    handlers, propagates = list(faults.handlers), faults.propagate
    tracers: list[Tracer] = []

    def open_one(**variables: str) -> Tracer:
        environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, "OTEL_TRACES_SAMPLER": "always_on"}
        environment |= {"OTEL_EXPORTER_OTLP_TIMEOUT": "1", **variables}
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        tracer = open_tracer(otel_settings(environment), "1.0")
        assert tracer is not None
        tracers.append(tracer)
        return tracer

    yield open_one
    for tracer in tracers:
        tracer._provider.shutdown()
    faults.handlers[:], faults.propagate = handlers, propagates


def ask(tracer: Tracer, headers: dict[str, str] | None = None) -> None:
    """A call with an answer in which a node searches, calls a model and a tool."""
    call = tracer.begin_call("Predict", headers or {}, {"rpc_method": "Predict", "request_id": "r-1"})
    assert call is not None
    token = SPAN.set(call)
    try:
        with FlowStep(FlowFacts("f1", "CHATFLOW", "Ferries", "s1", "When?")), node_step("Agent", "agent_0", "toolAgent"):
            with (
                VectorStep("Query", "ferries"),
                ModelStep("chat", "openai", "gpt", [{"role": "user", "content": "When?"}]) as step,
            ):
                step.usage = Used()
                step.output = "At nine."
            with tool_step("clock", {"zone": "UTC"}):
                note_output("9:00, sk-1234567890abcdef")
            note_output("At nine.")
    finally:
        SPAN.reset(token)
    call.end()
    tracer.close()


def test_the_tree_of_a_call_and_the_names_of_its_attributes(opened: Any, collector: Collector) -> None:
    ask(opened())
    spans = {span.name: span for span in collector.wait(lambda spans: len(spans) >= 6)}
    parents = {
        span.name: next((one.name for one in spans.values() if one.span_id == span.parent_id), "") for span in spans.values()
    }
    assert parents == {
        "Predict": "",
        "invoke_agent Ferries": "Predict",
        "Agent": "invoke_agent Ferries",
        "qdrant Query": "Agent",
        "chat gpt": "Agent",
        "execute_tool clock": "Agent",
    }
    assert spans["chat gpt"].attributes == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt",
        "gen_ai.usage.input_tokens": 7,
        "gen_ai.usage.output_tokens": 2,
    }
    assert spans["execute_tool clock"].attributes["gen_ai.tool.name"] == "clock"
    assert spans["Agent"].attributes == {"tradewind.node.id": "agent_0", "tradewind.node.type": "toolAgent"}
    assert spans["Predict"].service == "tradewind"


@pytest.mark.parametrize("protocol", ["grpc", "http/protobuf"])
def test_odd_texts_and_numbers_go_along_in_batches_that_are_packed(opened: Any, collector: Collector, protocol: str) -> None:
    """Half a character, as JSON may hold it, and a number that no message can hold; names of flows are anything."""
    with running_http_collector() as receiver:
        there = receiver if protocol != "grpc" else collector
        tracer = opened(
            OTEL_EXPORTER_OTLP_ENDPOINT=there.address,
            OTEL_EXPORTER_OTLP_PROTOCOL=protocol,
            OTEL_EXPORTER_OTLP_COMPRESSION="gzip",
            **{CONTENTS: "true"},
        )
        call = tracer.begin_call("Fähre \ud83d", {}, {"model": "\ud800x", "input_tokens": 1 << 70, "output_tokens": -3})
        call.input = "\ud800"
        call.end()
        tracer.close()
        [span] = there.wait(lambda spans: bool(spans))
    assert span.name == "Fähre ?"
    assert span.attributes["gen_ai.request.model"] == "?x"
    assert span.attributes["gen_ai.usage.input_tokens"] == str(1 << 70)
    assert span.attributes["gen_ai.usage.output_tokens"] == -3


def test_a_traceparent_that_is_none_begins_a_trace(opened: Any) -> None:
    tracer = opened()
    for header in (f"ff-{TRACE_ID}-{PARENT_ID}-01", f"00-{'0' * 32}-{PARENT_ID}-01", f"00-{TRACE_ID}-{'0' * 16}-01", "00", 7):
        call = tracer.begin_call("Predict", {"traceparent": header}, {})
        assert call is not None and call.trace_id != TRACE_ID and len(call.trace_id) == 32
    later = tracer.begin_call("Predict", {"traceparent": f"01-{TRACE_ID}-{PARENT_ID}-01-more", "tracestate": "a=b"}, {})
    assert later is not None and later.trace_id == TRACE_ID and later.handle.get_span_context().trace_state.get("a") == "b"


def test_spans_leave_over_http_where_the_protocol_says_so(opened: Any) -> None:
    with running_http_collector() as receiver:
        ask(
            opened(
                OTEL_EXPORTER_OTLP_ENDPOINT=receiver.address,
                OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf",
                OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20of-the-collector",
            )
        )
        spans = {span.name: span for span in receiver.wait(lambda spans: len(spans) >= 6)}
    assert spans["chat gpt"].attributes["gen_ai.usage.input_tokens"] == 7
    assert spans["chat gpt"].parent_id == spans["Agent"].span_id
    assert receiver.metadata[0]["authorization"] == "Bearer of-the-collector"


def test_contents_are_written_only_where_asked_for_and_without_keys(opened: Any, collector: Collector) -> None:
    ask(opened(**{CONTENTS: "true"}))
    spans = {span.name: span for span in collector.wait(lambda spans: len(spans) >= 6)}
    assert spans["chat gpt"].attributes["gen_ai.output.messages"] == "At nine."
    assert "When?" in spans["chat gpt"].attributes["gen_ai.input.messages"]
    assert spans["execute_tool clock"].attributes["gen_ai.tool.call.arguments"] == '{"zone":"UTC"}'
    assert spans["execute_tool clock"].attributes["gen_ai.tool.call.result"] == "9:00, ***"


def test_a_callers_trace_goes_on(opened: Any, collector: Collector) -> None:
    ask(opened(OTEL_TRACES_SAMPLER="parentbased_always_off"), {"traceparent": SAMPLED})
    spans = {span.name: span for span in collector.wait(lambda spans: len(spans) >= 6)}
    assert {span.trace_id for span in spans.values()} == {TRACE_ID}
    assert spans["Predict"].parent_id == PARENT_ID


def test_a_span_can_be_gone_on_from_elsewhere(opened: Any, collector: Collector) -> None:
    """As by another worker that takes a run over: what is kept of the call is its ``traceparent``."""
    tracer = opened()
    call = tracer.begin_call("Predict", {}, {})
    token = SPAN.set(call)
    try:
        later = tracer.begin_call("take over", {"traceparent": current_trace_parent()}, {})
    finally:
        SPAN.reset(token)
    assert current_trace_parent() == ""
    call.end()
    later.end()
    tracer.close()
    spans = {span.name: span for span in collector.wait(lambda spans: len(spans) >= 2)}
    assert spans["take over"].parent_id == spans["Predict"].span_id
    assert spans["take over"].trace_id == spans["Predict"].trace_id


@pytest.mark.parametrize("headers", [{}, {"traceparent": UNSAMPLED}, {"traceparent": "nonsense"}])
def test_a_call_that_is_not_sampled_has_no_span(opened: Any, headers: dict[str, str]) -> None:
    tracer = opened(OTEL_TRACES_SAMPLER="parentbased_always_off")
    assert tracer.begin_call("Predict", headers, {}) is None


def test_a_failure_is_told_by_its_reason(opened: Any, collector: Collector) -> None:
    tracer = opened()
    call = tracer.begin_call("Predict", {}, {})
    token = SPAN.set(call)
    try:
        with pytest.raises(NotFound), VectorStep("Query"):
            raise NotFound(Reason.CHATFLOW_NOT_FOUND, "It is not here.")
    finally:
        SPAN.reset(token)
    tracer.close()
    [span] = [one for one in collector.wait(lambda spans: bool(spans)) if one.name == "qdrant Query"]
    assert span.is_error and span.attributes["error.type"] == "CHATFLOW_NOT_FOUND"


def test_a_collector_that_is_away_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    handler = ExportFaults("127.0.0.1:1")
    record = logging.LogRecord("opentelemetry.exporter", logging.ERROR, "", 0, "Failed to export", (), None)
    with caplog.at_level(logging.WARNING, logger="tradewind.traces"):
        for _ in range(5):
            handler.emit(record)
    assert [line.message for line in caplog.records] == [
        "Traces do not reach 127.0.0.1:1; they are dropped until it takes them. Calls go on as they are."
    ]


@pytest.mark.parametrize("protocol", ["grpc", "http/protobuf"])
def test_spans_for_a_collector_that_is_away_wait_in_a_bounded_queue(opened: Any, protocol: str) -> None:
    """No call waits for one: a span that ends while the queue is full is dropped."""
    tracer = opened(
        OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1",
        OTEL_EXPORTER_OTLP_PROTOCOL=protocol,
        OTEL_BSP_MAX_QUEUE_SIZE="16",
        OTEL_BSP_MAX_EXPORT_BATCH_SIZE="8",
    )
    for _ in range(200):
        span = tracer.begin_call("Predict", {}, {})
        span.end()
    processor = tracer._provider._active_span_processor._span_processors[0]
    assert len(processor._batch_processor._queue) <= 16
