"""``deploy/compose.yaml``: a composition by the specification, in which every name that is referred to exists."""

from __future__ import annotations

import copy
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml
from tradewind_server.observability.otel_settings import otel_settings
from tradewind_server.settings import Settings

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
TEXT = (DEPLOY / "compose.yaml").read_text()
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::-([^}]*))?\}")
LIFE = {"image", "restart", "deploy", "networks"}
OTHERS = re.compile(r"https?://([a-z-]+):(\d+)")


def plain(text: str, **environment: str) -> str:
    """The text with its variables in their places, as compose reads it: values of the environment, or defaults."""
    return VARIABLE.sub(lambda found: environment.get(found.group(1)) or found.group(2) or "", text)


def parse(text: str) -> dict[str, Any]:
    """Raises ``ValueError`` where the specification does not allow it."""
    compose_spec.PyCompose.from_yaml(plain(text))
    found: dict[str, Any] = yaml.safe_load(plain(text))
    return found


def secret_name(entry: Any) -> str:
    return entry if isinstance(entry, str) else entry["source"]


def missing(composition: dict[str, Any]) -> Iterator[str]:
    """Each name that a service refers to and that nothing defines."""
    services, top = composition["services"], {key: composition.get(key) or {} for key in ("volumes", "networks", "secrets")}
    for name, service in services.items():
        for other in service.get("depends_on", {}):
            if other not in services:
                yield f"{name} waits for the service {other}"
            elif set(services[other].get("profiles", ())) - set(service.get("profiles", ())):
                yield f"{name} waits for {other}, which only a profile starts"
            elif service["depends_on"][other]["condition"] == "service_healthy" and not is_watched(other, services[other]):
                yield f"{name} waits for the health of {other}, which has no check"
        for network in service.get("networks", ()):
            if network != "default" and network not in top["networks"]:
                yield f"{name} is in the network {network}"
        for entry in service.get("secrets", ()):
            if secret_name(entry) not in top["secrets"]:
                yield f"{name} reads the secret {secret_name(entry)}"
        for entry in service.get("volumes", ()):
            source = entry.split(":")[0]
            if not source.startswith(".") and source not in top["volumes"]:
                yield f"{name} mounts the volume {source}"
        mounted = {f"/run/secrets/{secret_name(entry)}" for entry in service.get("secrets", ())}
        words = [*map(str, (service.get("environment") or {}).values()), *map(str, service.get("command", ()))]
        for path in re.findall(r"/run/secrets/[\w-]+", " ".join(words)):
            if path not in mounted:
                yield f"{name} names the file {path}, which is no secret of it"
        for host in (found.group(1) for word in words for found in OTHERS.finditer(word)):
            if host not in services:
                yield f"{name} calls the host {host}"
            elif not set(service.get("networks", ["default"])) & set(services[host].get("networks", ["default"])):
                yield f"{name} calls {host}, and they share no network"
    read = {secret_name(entry) for service in services.values() for entry in service.get("secrets", ())}
    yield from (f"nobody reads the secret {name}" for name in set(top["secrets"]) - read)


def is_watched(name: str, service: dict[str, Any]) -> bool:
    """Whether compose learns of its health: by a check here, or by that of our own image."""
    return "healthcheck" in service or name == "tradewind"


def test_it_follows_the_specification_and_every_name_exists() -> None:
    composition = parse(TEXT)
    assert list(missing(composition)) == []
    assert {"tradewind", "postgres", "qdrant", "prometheus", "grafana", "models"} == set(composition["services"])
    assert [name for name, service in composition["services"].items() if service.get("profiles")] == ["models"]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("condition: service_healthy", "condition: service_fine"),
        ("read_only: true", "readonly: true"),
        ("stop_grace_period: 60s", "stop_grace_period: soon"),
        (':9090"]', ':http"]'),
    ],
)
def test_what_the_specification_does_not_know_is_refused(good: str, bad: str) -> None:
    assert good in TEXT
    with pytest.raises(ValueError, match=r"services\."):
        parse(TEXT.replace(good, bad, 1))


@pytest.mark.parametrize(
    ("service", "key", "value", "sentence"),
    [
        ("tradewind", "depends_on", {"postgre": {"condition": "service_healthy"}}, "waits for the service postgre"),
        ("tradewind", "depends_on", {"models": {"condition": "service_healthy"}}, "which only a profile starts"),
        ("tradewind", "networks", ["dat"], "is in the network dat"),
        ("postgres", "secrets", [], "/run/secrets/postgres-password, which is no secret of it"),
        ("qdrant", "secrets", ["qdrant-confg"], "reads the secret qdrant-confg"),
        ("qdrant", "volumes", ["qdrant:/qdrant/storage"], "mounts the volume qdrant"),
        ("qdrant", "networks", ["default"], "share no network"),
        ("tradewind", "environment", {"TRADEWIND_QDRANT_URL": "http://quadrant:6334"}, "calls the host quadrant"),
    ],
)
def test_a_name_that_does_not_exist_is_found(service: str, key: str, value: Any, sentence: str) -> None:
    composition = copy.deepcopy(parse(TEXT))
    composition["services"][service][key] = value
    if key == "networks" and value == ["default"]:
        composition["services"]["tradewind"]["networks"] = ["data"]
    assert [one for one in missing(composition) if sentence in one]


def test_the_server_gets_settings_that_it_reads_and_the_name_under_which_it_is_scraped() -> None:
    server = parse(TEXT)["services"]["tradewind"]
    assert {name for name in server["environment"] if not name.startswith("OTEL_")} <= Settings.names()
    assert not otel_settings({name: value or "" for name, value in server["environment"].items()}).is_on, "empty is off"
    assert not [
        name for name in server["environment"] if name in {one for names in Settings.secret_names().values() for one in names}
    ]
    assert server["environment"]["TRADEWIND_METRICS_HOSTS"] == "tradewind"
    seconds = int(server["stop_grace_period"].removesuffix("s"))
    assert seconds >= Settings.model_fields["drain_timeout"].default + 25


def test_ports_and_the_address_are_chosen_by_the_environment() -> None:
    text = plain(TEXT, TRADEWIND_PORT="8080", GRAFANA_PORT="8081", PROMETHEUS_PORT="8082", TRADEWIND_ADDRESS="[::]")
    compose_spec.PyCompose.from_yaml(text)
    services = yaml.safe_load(text)["services"]
    ports = [services[name]["ports"] for name in ("tradewind", "grafana", "prometheus")]
    assert ports == [["[::]:8080:3000"], ["127.0.0.1:8081:3000"], ["127.0.0.1:8082:9090"]]


def test_every_service_has_limits_and_comes_back() -> None:
    for name, service in parse(TEXT)["services"].items():
        limits = service["deploy"]["resources"]["limits"]
        assert limits["cpus"] and limits["memory"], name
        assert service["restart"] == "unless-stopped"
        assert "no-new-privileges:true" in service["security_opt"]
        assert not [port for port in service.get("ports", ()) if not port.startswith("127.0.0.1:")], "open to the world"


def test_the_secrets_are_made_once_and_are_those_of_the_composition(tmp_path: Path) -> None:
    def make() -> dict[str, str]:
        subprocess.run([DEPLOY / "make-secrets.sh", tmp_path / "secrets"], check=True, capture_output=True, timeout=60)
        return {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    first = make()
    named = {name: secret["file"] for name, secret in parse(TEXT)["secrets"].items()}
    assert named == {name: f"./secrets/{name}" for name in first}
    assert make() == first
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert first["postgres-password"] in first["database-url"]
    assert yaml.safe_load(first["qdrant-config"]) == {"service": {"api_key": first["qdrant-api-key"]}}
    assert len({len(first[name]) for name in ("admin-key", "secret-key", "grafana-password")} | {64}) == 1


def test_files_that_are_mounted_are_there() -> None:
    for name, service in parse(TEXT)["services"].items():
        for entry in service.get("volumes", ()):
            source = entry.split(":")[0]
            if source.startswith("."):
                assert (DEPLOY / source).exists(), f"{name}: {source}"


def test_what_prometheus_and_grafana_ask_is_in_the_composition() -> None:
    services = parse(TEXT)["services"]
    prometheus = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    mounted = {entry.split(":")[1] for entry in services["prometheus"]["volumes"]}
    assert set(prometheus["rule_files"]) <= mounted
    for job in prometheus["scrape_configs"]:
        for target in (target for group in job["static_configs"] for target in group["targets"]):
            assert target == f"tradewind:{Settings.model_fields['metrics_port'].default}"
    (source,) = yaml.safe_load((DEPLOY / "grafana/provisioning/datasources/prometheus.yml").read_text())["datasources"]
    found = OTHERS.fullmatch(source["url"])
    assert found and found.group(1) in services
    (provider,) = yaml.safe_load((DEPLOY / "grafana/provisioning/dashboards/tradewind.yml").read_text())["providers"]
    assert provider["options"]["path"] in {entry.split(":")[1] for entry in services["grafana"]["volumes"]}
