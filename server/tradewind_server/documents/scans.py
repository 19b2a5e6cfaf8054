"""The text of PDF pages that are pictures (extra ``ocr``). Synchronous, CPU-bound and hungry: parsers run it, one thread each.

A page takes one to a few seconds of computing time, within the limits of its parser.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from tradewind_server.documents.ports import SourceFile
from tradewind_server.errors import InvalidInput, Reason

MOST_SCANS = 200
"""Pages of one file whose text is recognized."""
DPI = 150
LONGEST_SIDE = 3000
"""Pixels of a page as it is drawn; larger pages are drawn smaller."""
SIDE_FOR_DETECTION = 960
"""Pixels; with 1280 a page takes 200 MB more than the 900 it takes, and 0.06 % of its characters come out better."""
POINTS_PER_INCH = 72
SPARE_SECONDS = 2.0
INSTALL = "pip install 'tradewind[ocr]'"
Box = Sequence[Sequence[float]]
"""The four corners of a find, as pairs of pixels."""


def can_read_scans() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("pypdfium2") is not None


def scan_texts(file: SourceFile, numbers: Sequence[int]) -> dict[int, str]:
    """The text of pages by their numbers, which begin at 1; pages without a picture are left out.

    Raises ``InvalidInput(DOCUMENT_TOO_COMPLEX)`` for more pages than the bound, or than there is time or memory for.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(file.path)
    try:
        images = [number for number in numbers if has_image(document[number - 1])]
        if len(images) > MOST_SCANS:
            raise InvalidInput(
                Reason.DOCUMENT_TOO_COMPLEX,
                f"The file {file.name} has {len(images):,} pages that are pictures; split it into files of {MOST_SCANS}.",
            )
        return recognize(document, file, images) if images else {}
    finally:
        document.close()


def has_image(page: Any) -> bool:
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def recognize(document: Any, file: SourceFile, numbers: Sequence[int]) -> dict[int, str]:
    texts: dict[int, str] = {}
    slowest = 0.0
    try:
        # Its libraries too are refused where there is no room for them.
        from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

        engine = load_engine()
    except (ImportError, MemoryError):
        raise no_memory(file) from None
    try:
        for done, number in enumerate(numbers):
            start = time.process_time()
            if start + slowest + SPARE_SECONDS > cpu_limit():
                raise no_time(file, done, len(numbers))
            finds = engine(picture(document[number - 1]))
            texts[number] = text_of_finds(finds.boxes, finds.txts) if finds.txts else ""
            slowest = max(slowest, time.process_time() - start)
    except (ONNXRuntimeError, MemoryError):
        raise no_memory(file) from None
    return texts


def no_memory(file: SourceFile) -> InvalidInput:
    return InvalidInput(
        Reason.DOCUMENT_TOO_COMPLEX,
        f"Pages of the file {file.name} are pictures that take more memory to read; raise TRADEWIND_PARSER_MEMORY_MB.",
    )


def cpu_limit() -> float:
    """Seconds of computing time after which this process is ended; infinite where it is not."""
    soft, _ = resource.getrlimit(resource.RLIMIT_CPU)
    return float("inf") if soft == resource.RLIM_INFINITY else float(soft)


def load_engine() -> Any:
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    one_thread = {
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
    }
    detection = {"Det.limit_type": "max", "Det.limit_side_len": SIDE_FOR_DETECTION, "Rec.rec_batch_num": 1}
    return RapidOCR(params={"Global.log_level": "critical", **one_thread, **detection})


def picture(page: Any) -> Any:
    """A page as an array of pixels."""
    longest = max(page.get_size()) or 1.0
    bitmap = page.render(scale=min(DPI / POINTS_PER_INCH, LONGEST_SIDE / longest))
    try:
        return bitmap.to_numpy().copy()
    finally:
        bitmap.close()


def text_of_finds(boxes: Sequence[Box], texts: Sequence[str]) -> str:
    """The lines of a page: finds beside each other are one line."""
    spans = []
    for box, text in zip(boxes, texts, strict=True):
        heights = [float(corner[1]) for corner in box]
        spans.append((min(heights), max(heights), min(float(corner[0]) for corner in box), text))
    lines: list[list[tuple[float, float, float, str]]] = []
    for span in sorted(spans):
        middle = (span[0] + span[1]) / 2
        if lines and lines[-1][0][0] <= middle <= lines[-1][0][1]:
            lines[-1].append(span)
        else:
            lines.append([span])
    return "\n".join(" ".join(text for _, _, _, text in sorted(line, key=lambda span: span[2])) for line in lines)


def no_time(file: SourceFile, done: int, total: int) -> InvalidInput:
    return InvalidInput(
        Reason.DOCUMENT_TOO_COMPLEX,
        f"Of {total} pages of the file {file.name} that are pictures, {done} could be read in the time for a document; split "
        "it, or raise TRADEWIND_PARSER_CPU_SECONDS and TRADEWIND_PARSER_WALL_SECONDS.",
    )
