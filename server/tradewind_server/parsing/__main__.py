"""``python -m tradewind_server.parsing LIMITS``: one parser. It reads jobs from its input, one at a time, until that ends.

It meets bytes made to do harm, so it holds no secret, writes no file, and is bounded by the kernel (:mod:`limits`).
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import BinaryIO

import orjson

from tradewind_server.documents.jobs import ParsingJob, done
from tradewind_server.errors import InvalidInput, Reason, TradewindError
from tradewind_server.parsing.frames import batch_frame, end_frame, error_frame, job_of, pack, read_frame
from tradewind_server.parsing.limits import DocumentLimits, allow_cpu, confine, resident_mb
from tradewind_server.process import begin_child

YOUNG_OBJECTS = 100_000
SMALLEST_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Root 1 0 R>>"
)


def load_libraries() -> None:
    """What the first document would wait for. Also before the limits, which are for documents."""
    import chardet
    import kreuzberg
    import python_calamine
    import selectolax.lexbor

    # The extractor unpacks its PDF library at the first use, which it could not any more within the limits.
    with contextlib.suppress(kreuzberg.KreuzbergError):
        kreuzberg.extract_bytes_sync(SMALLEST_PDF, "application/pdf", config=kreuzberg.ExtractionConfig(use_cache=False))
    make_private(Path(tempfile.gettempdir()))
    assert chardet and kreuzberg and python_calamine and selectolax.lexbor


def make_private(folder: Path) -> None:
    """Close what libraries unpacked to all but this user: it stands in the data directory."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o600)


def serve(source: BinaryIO, sink: BinaryIO, limits: DocumentLimits) -> None:
    while (frame := read_frame(source)) is not None:
        job = job_of(*frame)
        del frame
        allow_cpu(limits)
        sink.write(result_of(job, sink, limits))
        sink.flush()


def result_of(job: ParsingJob, sink: BinaryIO, limits: DocumentLimits) -> bytes:
    """Write what a job makes as it is made; its last frame."""
    try:
        for batch in done(job, limits.unpacked_mb << 20):
            sink.write(batch_frame(batch))
            sink.flush()
    except TradewindError as error:
        return error_frame(error, resident_mb())
    except (MemoryError, RecursionError):
        return error_frame(too_large(job.label, limits), resident_mb())
    except BrokenPipeError:
        sys.exit(0)
    except BaseException as error:
        # Parsers raise anything for damaged bytes, and those in Rust raise what is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return error_frame(damage_error(job.label), resident_mb(), traceback.format_exc(limit=-8))
    return end_frame(resident_mb())


def too_large(label: str, limits: DocumentLimits) -> InvalidInput:
    return InvalidInput(
        Reason.DOCUMENT_TOO_COMPLEX,
        f"{label} needs more than {limits.memory_mb} MB of memory to be read; split it into smaller parts.",
    )


def damage_error(label: str) -> InvalidInput:
    return InvalidInput(Reason.FILE_UNREADABLE, f"{label} cannot be read; check that it is whole.")


def main() -> None:
    begin_child()
    limits = DocumentLimits(**orjson.loads(sys.argv[1]))
    # What a library prints must not come between the frames.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    load_libraries()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 50, 1000)  # A document makes millions of objects, and hardly a cycle.
    confine(limits)
    sink.write(pack({"ready": True}))
    sink.flush()
    serve(sys.stdin.buffer, sink, limits)


if __name__ == "__main__":
    main()
