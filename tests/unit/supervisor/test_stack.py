"""What the stack decides before any process runs: ports, locks, settings of its children."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.settings import Settings
from tradewind_server.supervisor.ports import free_port, holder, is_free
from tradewind_server.supervisor.preconditions import StartError
from tradewind_server.supervisor.rundir import LONGEST_SOCKET_PATH, make_run_dir
from tradewind_server.supervisor.stack import Stack, lock_data_dir, settings_env, tracing_settings, with_ports


def settings(tmp_path: Path, **values: Any) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "data", **values)


def test_zero_takes_a_free_port(tmp_path: Path) -> None:
    chosen = with_ports(settings(tmp_path, rest_port=0, grpc_port=0, metrics_port=0), with_envoy=True)
    ports = {chosen.rest_port, chosen.grpc_port, chosen.metrics_port}
    assert len(ports) == 3
    assert 0 not in ports


def test_a_taken_port_is_a_sentence_that_names_its_holder(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=rf"Port {port} on 127\.0\.0\.1 is taken by .*{os.getpid()}.*--rest-port"):
            with_ports(settings(tmp_path, rest_port=port, grpc_port=0, metrics_port=0), with_envoy=True)
        assert with_ports(settings(tmp_path, rest_port=port, grpc_port=0, metrics_port=0), with_envoy=False)


@pytest.mark.parametrize(
    ("host", "words"), [("nohost.invalid", "is no address, and no name"), ("192.0.2.1", "is no address of this machine")]
)
def test_an_address_that_is_not_this_machines_is_a_sentence(host: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StartError, match=rf"^TRADEWIND_REST_HOST is {host}, which {words}.*0\.0\.0\.0.*\.$"):
        with_ports(settings(tmp_path, rest_host=host, rest_port=0), with_envoy=True)


def test_a_port_of_the_privileged_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tradewind_server.supervisor.stack.needs_rights", lambda host, port: port == 443)
    with pytest.raises(StartError, match=r"^Port 443 on 127\.0\.0\.1 needs rights .*--rest-port\.$"):
        with_ports(settings(tmp_path, rest_port=443, grpc_port=0, metrics_port=0), with_envoy=True)


def test_nobody_holds_a_free_port() -> None:
    port = free_port("127.0.0.1")
    assert is_free("127.0.0.1", port)
    assert holder(port) is None


def test_one_stack_for_each_data_directory(tmp_path: Path) -> None:
    first = lock_data_dir(settings(tmp_path))
    with pytest.raises(StartError, match=r"in use by another server.*--data-dir"):
        lock_data_dir(settings(tmp_path))
    first.close()
    lock_data_dir(settings(tmp_path)).close()


def test_children_read_the_settings_their_parent_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(
        tmp_path, rest_port=4000, require_key=True, cors_origins="https://a.example, *", admin_key="tw_x", local_models=False
    )
    for name in list(os.environ):
        if name.startswith("TRADEWIND_"):
            monkeypatch.delenv(name)
    for name, value in settings_env(given).items():
        monkeypatch.setenv(name, value)
    assert Settings(_env_file=None) == given


def test_sockets_fit_into_their_length_and_are_for_this_user_only() -> None:
    run_dir = make_run_dir()
    try:
        assert run_dir.path.stat().st_mode & 0o777 == 0o700
        longest = max(len(f"{run_dir.qdrant_socket}:6334"), len(str(run_dir.worker_socket(63))))
        assert longest <= LONGEST_SOCKET_PATH
    finally:
        run_dir.remove()
    assert not run_dir.path.exists()


def test_a_long_runtime_directory_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    run_dir = make_run_dir()
    assert long not in run_dir.path.parents
    run_dir.remove()


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"local_models": False}, {"worker", "qdrant"}),
        ({"openai_base_url": "http://x/v1"}, {"worker", "qdrant", "speech model", "voice"}),
        ({}, {"worker", "qdrant", "chat model", "embedding model", "speech model", "voice"}),
        ({"local_models": False, "qdrant_url": "http://q:6334", "workers": 2}, {"worker"}),
    ],
)
def test_which_processes_there_are(tmp_path: Path, values: dict[str, Any], names: set[str]) -> None:
    run_dir = make_run_dir()
    try:
        stack = Stack(settings(tmp_path, **values), run_dir, with_envoy=False)
        assert {child.spec.name for child in stack.children} == names
        assert len(stack.workers) == values.get("workers", 1)
        essential = {child.spec.name for child in stack.children if child.spec.essential}
        assert essential == {"worker"}
    finally:
        run_dir.remove()


def test_a_wrong_setting_of_traces_is_a_sentence() -> None:
    with pytest.raises(StartError, match="OTEL_TRACES_SAMPLER=sometimes is unknown"):
        tracing_settings({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector", "OTEL_TRACES_SAMPLER": "sometimes"})
    assert not tracing_settings({}).is_on


def test_traces_without_the_sdk_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tradewind_server.supervisor.stack.find_spec", lambda name: None)
    with pytest.raises(StartError, match=r"tradewind\[otel\]"):
        tracing_settings({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector"})
