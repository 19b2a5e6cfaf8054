"""The embedded chat model: llama.cpp's own OpenAI-compatible server over a unix socket, in a process of its own.

``python -m tradewind_server.models.local.chat_server --socket PATH --model NAME --dir DIR``
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tradewind_server.models.local.fetch import model_path, require_model
from tradewind_server.process import announce_ready, begin_child, wait_for_stop

SLOTS = 2
"""Answers at once; more wait for their turn. On a processor more of them say no more in all (measured at 1, 2, 4 and 8),
and each takes its context's memory."""
CONTEXT_PER_SLOT = 8192
LONGEST_ANSWER = 2048
"""Tokens of an answer where the node sets no limit: small models may repeat themselves for ever."""
REMEMBERED_MIB = 256
"""Prompts of conversations that had to leave their slot. Reading 900 tokens anew takes seconds, fetching them none."""
QUIET = -1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--dir", type=Path, required=True)
    arguments = parser.parse_args()
    begin_child()

    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model_path(require_model(arguments.model), arguments.dir))
    parameters.n_ctx = SLOTS * CONTEXT_PER_SLOT
    parameters.n_parallel = SLOTS
    threads = os.cpu_count() or 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.verbosity = QUIET
    parameters.n_predict = LONGEST_ANSWER
    parameters.cache_ram_mib = REMEMBERED_MIB
    parameters.fit_params = False  # The sizes above are meant; trying out others takes seconds.
    parameters.endpoint_slots = parameters.ui = False  # Both would show one caller what another asks.
    arguments.socket.unlink(missing_ok=True)
    parameters.hostnames = [str(arguments.socket)]  # A name that ends in .sock is served as a unix socket.
    server = xllamacpp.Server(parameters)
    announce_ready(address=server.listening_address)
    wait_for_stop()
    # The engine's threads do not end with the interpreter; there is nothing to save.
    os._exit(0)


if __name__ == "__main__":
    main()
