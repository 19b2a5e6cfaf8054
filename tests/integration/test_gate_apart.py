"""``tradewind gate``: Envoy by itself in front of workers that it finds by name."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from fakes.otlp_collector import Collector, running_http_collector
from harness.runner import World

STOP_SECONDS = 60


@pytest.mark.timeout(400)
def test_a_gate_apart_serves_rest_in_front_of_grpc_traces_over_http_and_drains(world: World, tmp_path: Path) -> None:
    with running_http_collector() as collector:
        serve_through_gate(world, tmp_path, collector)
    assert list(tmp_path.iterdir()) == [], "a gate has no data"


def serve_through_gate(world: World, tmp_path: Path, collector: Collector) -> None:
    argv = [sys.executable, "-m", "tradewind_server", "gate", "--upstream", world.stack.grpc, "--rest-port", "0", "--json"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRADEWIND_")}
    clean |= {
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20of-the-collector",
        "OTEL_TRACES_SAMPLER": "always_on",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    with subprocess.Popen(argv, stdout=subprocess.PIPE, env=clean, cwd=tmp_path) as process:
        try:
            assert process.stdout is not None
            addresses = json.loads(process.stdout.readline())
            assert (addresses["grpc"], addresses["metrics"], addresses["adminKeyFile"]) == ("", "", "")
            url = addresses["rest"]
            assert requests.get(f"{url}/api/v1/ping", timeout=30).text == "pong"
            assert requests.get(f"{url}/readyz", timeout=30).status_code == 200
            assert requests.get(f"{url}/api/v1/chatflows", timeout=30).status_code == 401
            found = requests.get(f"{url}/api/v1/chatflows", headers=world.stack.admin, timeout=30)
            assert found.status_code == 200 and isinstance(found.json(), list)
            spans = collector.wait(lambda spans: any(span.attributes.get("http.status_code") == "401" for span in spans))
            assert {span.service for span in spans} == {"tradewind-gate"}
            assert collector.metadata[0]["authorization"] == "Bearer of-the-collector"
            process.send_signal(signal.SIGTERM)
            assert process.wait(STOP_SECONDS) == 0
        finally:
            process.kill()
