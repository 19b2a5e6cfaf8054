"""Every setting, once: typed, frozen, documented. ``docs/settings.md`` and ``.env.example`` are generated from here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path
from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from tradewind_server.header_values import key_fault, pasted_key
from tradewind_server.secret_files import FILE_SUFFIX, SecretFiles

PREFIX = "TRADEWIND_"
DATABASE_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://", "sqlite:///")


def _names(*names: str) -> AliasChoices:
    """Environment names of one setting, ours first; bare common names serve when ours is unset."""
    return AliasChoices(*names)


class Settings(BaseSettings):
    """The configuration of one server. Read from the environment and ``.env``; command-line options win over both."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, populate_by_name=True, env_ignore_empty=True
    )

    # Where things live
    data_dir: Path = Field(Path("data"), description="SQLite file, embedded Qdrant, uploads, generated secret key (mode 0600).")
    model_dir: Path = Field(
        default_factory=lambda: user_cache_path("tradewind") / "models",
        description="Where embedded models are kept once fetched.",
    )
    database_url: str | None = Field(
        None,
        validation_alias=_names("TRADEWIND_DATABASE_URL", "DATABASE_URL"),
        description="postgresql://… for production; SQLite in the data directory when unset.",
    )
    database_pool_size: int = Field(4, ge=1, le=64, description="Database reader threads of one worker.")
    secret_key: SecretStr | None = Field(
        None, description="Encrypts stored credentials; made at first start in <data dir>/secret.key when unset."
    )

    # Doors
    rest_host: str = Field("127.0.0.1", description="Address of the Envoy listener (REST, gRPC, gRPC-Web).")
    rest_port: int = Field(3000, ge=0, le=65535, description="Port of the Envoy listener; 0 takes a free one.")
    grpc_host: str = Field("127.0.0.1", description="Address of the gRPC port without Envoy.")
    grpc_port: int = Field(50051, ge=0, le=65535, description="gRPC port without Envoy; 0 takes a free one.")
    metrics_port: int = Field(9464, ge=0, le=65535, description="Prometheus text at /metrics; 0 takes a free one.")
    metrics_host: str = Field("127.0.0.1", description="Address of the metrics page; whoever reaches it may read it.")
    metrics_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Host names besides localhost under which the metrics page answers: a comma list. IP addresses always do.",
    )
    workers: int = Field(1, ge=1, le=64, description="gRPC worker processes.")
    max_body_mb: int = Field(
        50, ge=1, le=1024, description="Largest form, upload or import in MiB, unpacked; larger ones get 413."
    )
    max_json_mb: int = Field(8, ge=1, le=1024, description="Largest JSON body in MiB, unpacked; larger ones get 413.")
    max_connections: int = Field(4000, ge=16, description="Most connections to Envoy at once; more are closed.")
    gate_threads: int = Field(2, ge=1, le=64, description="Threads of Envoy.")
    gate_heap_mb: int = Field(
        1024, ge=128, description="Memory in MiB at which Envoy sheds load: the largest requests, then new ones with 503."
    )
    tls_cert: Path | None = Field(None, description="PEM certificate chain of the Envoy listener.")
    tls_key: Path | None = Field(None, description="PEM private key of the Envoy listener.")
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        validation_alias=_names("TRADEWIND_CORS_ORIGINS", "CORS_ORIGINS"),
        description="Origins that may call from a browser: a comma list, or *.",
    )
    request_timeout: float = Field(300.0, gt=0, description="Longest a call may run without streaming, in seconds.")
    long_request_timeout: float = Field(
        3600.0, gt=0, description="Longest an upsert without progress reports may run, in seconds."
    )
    max_concurrent_calls: int = Field(1000, ge=1, description="Calls one worker runs at once; more get 503.")
    worker_silence_timeout: float = Field(
        30.0, ge=1, description="Seconds after which a worker whose event loop answers no ping is replaced."
    )
    max_calls_per_address: int | None = Field(
        None,
        ge=1,
        description="Calls without a valid key that one address (IPv6: one /64) has at once in a worker; more get 429. "
        "A quarter of TRADEWIND_MAX_CONCURRENT_CALLS when unset.",
    )
    max_calls_per_key: int | None = Field(
        None,
        ge=1,
        description="Calls that the holders of one API key have at once in a worker; more get 429. Half of "
        "TRADEWIND_MAX_CONCURRENT_CALLS when unset.",
    )
    max_streams_per_connection: int = Field(
        100, ge=1, le=100_000, description="Calls one HTTP/2 connection carries at once; a client keeps more waiting."
    )
    trusted_hops: int = Field(0, ge=0, le=16, description="Proxies in front of the server whose X-Forwarded-For is believed.")
    first_message_timeout: float = Field(
        10.0, gt=0, description="Seconds within which a call sends its first message, or the next bytes of a body."
    )
    min_body_rate: int = Field(
        16_384, ge=1, description="Bytes a second that a body has to bring after those seconds; slower ones are refused."
    )
    drain_timeout: float = Field(30.0, ge=0, description="Seconds open calls get to finish at shutdown.")

    # Who may call
    admin_key: SecretStr | None = Field(
        None, description="First API key, all permissions; made at first start in <data dir>/admin.key when unset."
    )
    username: str | None = Field(
        None,
        validation_alias=_names("TRADEWIND_USERNAME", "FLOWISE_USERNAME"),
        description="HTTP Basic user name of the admin.",
    )
    password: SecretStr | None = Field(
        None,
        validation_alias=_names("TRADEWIND_PASSWORD", "FLOWISE_PASSWORD"),
        description="HTTP Basic password of the admin.",
    )
    require_key: bool = Field(False, description="Also ask for a key on flows that have none of their own.")

    # Chatflows
    runtime_variables: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Names of this environment that runtime variables of chatflows may read: a comma list. Settings of the "
        "server and keys of providers are never read.",
    )

    # Models
    openai_base_url: str | None = Field(
        None,
        validation_alias=_names("TRADEWIND_OPENAI_BASE_URL", "OPENAI_BASE_URL"),
        description="OpenAI-compatible endpoint for nodes without base path and credential.",
    )
    openai_api_key: SecretStr | None = Field(
        None, validation_alias=_names("TRADEWIND_OPENAI_API_KEY", "OPENAI_API_KEY"), description="Key of that endpoint."
    )
    openai_model: str | None = Field(
        None,
        description="Model name asked of the configured endpoint instead of the node's own; unset keeps the node's.",
    )
    local_models: bool = Field(True, description="Run the embedded models when no endpoint is configured.")
    chat_model: str = Field("qwen2.5-0.5b", description="Embedded chat model: qwen2.5-0.5b, qwen2.5-1.5b or smollm2-135m.")
    embedding_model: str = Field("multilingual-e5-small", description="Embedded embedding model.")
    speech_base_url: str | None = Field(
        None,
        description="OpenAI-compatible transcription endpoint for chatflows without a credential here; "
        "TRADEWIND_OPENAI_BASE_URL when unset, and the embedded speech model when that is unset too.",
    )
    speech_api_key: SecretStr | None = Field(None, description="Key of that endpoint.")
    speech_model: str = Field("whisper-base", description="Embedded speech model; started at the first recording.")
    max_speech_seconds: int = Field(600, ge=1, description="Longest recording the embedded speech model takes, in seconds.")
    voice_base_url: str | None = Field(
        None,
        description="OpenAI-compatible endpoint that reads texts aloud for chatflows without a credential here; "
        "TRADEWIND_OPENAI_BASE_URL when unset, and the embedded voice when that is unset too.",
    )
    voice_api_key: SecretStr | None = Field(None, description="Key of that endpoint.")
    voice_model: str = Field("kokoro-82m", description="Embedded voice; started at the first text.")
    offline: bool = Field(False, description="Never fetch model files; fail when one is missing.")
    model_timeout: float = Field(120.0, gt=0, description="Longest silence of a model endpoint, in seconds.")

    # Vectors
    qdrant_url: str | None = Field(
        None,
        validation_alias=_names("TRADEWIND_QDRANT_URL", "QDRANT_URL"),
        description="Address of a Qdrant server, version 1.12 or later (https://host:6334, its gRPC port); the embedded engine "
        "when unset. Without a port: 443 or 80.",
    )
    qdrant_api_key: SecretStr | None = Field(
        None, validation_alias=_names("TRADEWIND_QDRANT_API_KEY", "QDRANT_API_KEY"), description="Key of that server."
    )
    qdrant_ca: Path | None = Field(
        None,
        description="PEM certificate of the authority that signs that server's certificate; servers that chatflows name are "
        "trusted by it too.",
    )
    qdrant_cert: Path | None = Field(None, description="PEM client certificate shown to that server.")
    qdrant_key: Path | None = Field(None, description="PEM private key of the client certificate.")

    # What flows may reach
    outbound_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Hosts, addresses and networks outside the public internet that flows may call: a comma list such as "
        "wiki.intra,10.1.0.0/16.",
    )
    outbound_max_mb: int = Field(10, ge=1, le=1024, description="Largest answer to such a call, unpacked, in MiB.")
    sql_dir: Path | None = Field(
        None, description="Directory with the SQLite files that SQL nodes may read; none is readable when unset."
    )

    # Bounds
    max_list: int = Field(1000, ge=1, le=100_000, description="Most rows one list call returns.")
    max_history_messages: int = Field(200, ge=2, description="Most stored messages a memory node reads.")
    max_question_chars: int = Field(1_000_000, ge=1, description="Longest question, in characters.")
    max_chatflow_versions: int = Field(
        50, ge=0, le=1000, description="Former versions kept of each chatflow; those with a label are kept besides."
    )
    max_branch_messages: int = Field(
        2000,
        ge=1,
        le=100_000,
        description="Most messages that a branch of a conversation begins with; a longer session cannot be branched there. "
        "Other writes of the worker wait while they are copied.",
    )
    max_added_docs: int = Field(
        2000,
        ge=0,
        description="Most chunks that an upsert's answer repeats, and at most 3 million characters of them; "
        "addedDocsTruncated says that there are more.",
    )
    max_runs: int = Field(
        100, ge=1, le=10_000, description="Runs that one worker answers at once; one caller has half of the places at most."
    )
    max_waiting_runs: int = Field(1000, ge=0, le=100_000, description="Runs that wait in one worker for a place; more get 503.")
    run_max_events: int = Field(
        10_000, ge=10, le=1_000_000, description="Most events of a run that are stored; later ones are told, and not kept."
    )
    run_max_mb: int = Field(16, ge=1, le=1024, description="Most that the stored events of a run take, in MiB.")
    run_retention_days: float = Field(
        7.0, gt=0, le=3650, description="Days after which a run that has ended is deleted with its events."
    )
    max_files: int = Field(50, ge=1, description="Most files in one upload, or with one question.")
    max_image_mb: int = Field(5, ge=1, le=1024, description="Largest image that comes with a question, in MiB.")
    max_attached_chars: int = Field(
        2_000_000, ge=1, description="Most characters of text in the documents that come with a question."
    )

    max_node_runs: int = Field(
        1000, ge=1, le=100_000, description="Most nodes that one run of an agent flow runs, those of loops each time."
    )
    max_model_rounds: int = Field(
        15, ge=1, le=100, description="Most answers of the model of one agent node, where the node does not say (up to 100)."
    )
    max_flow_depth: int = Field(10, ge=1, le=100, description="Most chatflows that may stand inside each other.")

    parsers: int | None = Field(
        None,
        ge=1,
        le=256,
        description="Processes of one worker that read documents, pages and texts; one for each core, at least 2, when unset. "
        "One caller holds at most half of them.",
    )
    parser_memory_mb: int = Field(1024, ge=512, le=1 << 20, description="Address space of such a process, in MiB.")
    parser_cpu_seconds: int = Field(30, ge=1, le=86_400, description="Most computing time for one document, in seconds.")
    parser_wall_seconds: float = Field(
        60.0, gt=0, description="Longest the reading of one document may take, in seconds; waiting for models does not count."
    )
    parser_unpacked_mb: int = Field(
        200, ge=1, le=1 << 20, description="Most that a packed document (PDF, Office, EPUB) may unpack to, in MiB."
    )

    javascript: bool = Field(
        False,
        description="on runs the JavaScript of chatflows (custom tools, functions, post-processing) in its sandbox, which the "
        "extra `javascript` brings; without it such nodes are refused.",
    )
    javascript_processes: int = Field(
        4,
        ge=1,
        le=64,
        description="Most sandbox processes of one worker; one runs one function at a time. One caller holds at "
        "most half of them.",
    )
    javascript_memory_mb: int = Field(64, ge=16, le=1024, description="Memory of one function, in MiB.")
    javascript_cpu_seconds: float = Field(5.0, gt=0, le=600, description="Most computing time of one function, in seconds.")
    javascript_wall_seconds: float = Field(
        60.0, gt=0, le=3600, description="Longest one function may take, in seconds, its requests and timers included."
    )

    # What it says
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    log_format: Literal["json", "console"] | None = Field(
        None, description="json or console; console on a terminal, json elsewhere, when unset."
    )

    @field_validator("cors_origins", "outbound_allow", "metrics_hosts", "runtime_variables", mode="before")
    @classmethod
    def _comma_list(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, value: str | None) -> str | None:
        """The value is not repeated: a password may stand in it."""
        try:
            readable = not value or (value.startswith(DATABASE_SCHEMES) and (urlsplit(value).port or 0) >= 0)
        except ValueError:  # A port that is no number.
            readable = False
        if not readable:
            raise ValueError("write postgresql://user:password@host/name, or leave it out for SQLite in the data directory")
        return value

    @field_validator("qdrant_api_key", "openai_api_key", "speech_api_key", "voice_api_key")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        key = pasted_key(value.get_secret_value())
        if fault := key_fault(key):
            raise ValueError(fault)
        return SecretStr(key)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options, the environment, ``.env``, and last the files that ``…_FILE`` names."""
        assert isinstance(env_settings, EnvSettingsSource) and isinstance(dotenv_settings, DotEnvSettingsSource)
        files = SecretFiles(settings_cls, cls.secret_names(), (env_settings.env_vars, dotenv_settings.env_vars))
        return (init_settings, env_settings, dotenv_settings, files)

    @classmethod
    def names_of(cls, name: str) -> tuple[str, ...]:
        """The names of the environment that one setting is read from, ours first."""
        aliases = cls.model_fields[name].validation_alias
        return tuple(map(str, aliases.choices)) if isinstance(aliases, AliasChoices) else (PREFIX + name.upper(),)

    @classmethod
    def secret_names(cls) -> dict[str, tuple[str, ...]]:
        """Settings that may be kept in files, with their names of the environment: keys, passwords, and what may hold one."""
        secrets = (name for name, field in cls.model_fields.items() if "SecretStr" in str(field.annotation))
        return {name: cls.names_of(name) for name in (*secrets, "database_url", "username")}

    @classmethod
    def names(cls) -> frozenset[str]:
        """Every name of the environment that a setting is read from, the names of its file included."""
        files = {name + FILE_SUFFIX for names in cls.secret_names().values() for name in names}
        return frozenset(files.union(*(cls.names_of(name) for name in cls.model_fields)))

    @property
    def calls_per_address(self) -> int:
        return self.max_calls_per_address or max(1, self.max_concurrent_calls // 4)

    @property
    def calls_per_key(self) -> int:
        return self.max_calls_per_key or max(1, self.max_concurrent_calls // 2)

    @property
    def max_body_bytes(self) -> int:
        return self.max_body_mb * 1024 * 1024

    @property
    def max_json_bytes(self) -> int:
        return min(self.max_json_mb, self.max_body_mb) * 1024 * 1024

    @property
    def parser_count(self) -> int:
        return self.parsers or max(2, os.cpu_count() or 2)

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy URL: psycopg for Postgres, SQLite in the data directory otherwise."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'tradewind.db').resolve()}"
        for scheme in ("postgresql://", "postgres://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def own_files(self) -> tuple[Path, ...]:
        """Where this server keeps what is its own: the data directory, and its SQLite file if that lies elsewhere."""
        file = self.sql_url.partition("sqlite:///")[2].partition("?")[0]
        return (self.data_dir, Path(file)) if file else (self.data_dir,)

    @property
    def serves_embedded_models(self) -> bool:
        return self.local_models and not self.openai_base_url
