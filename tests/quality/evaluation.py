"""Asks a running stack the questions of ``questions.yaml`` about the documents beside it, and counts what is right.

``make quality`` prints the figures of the real models: ``python tests/quality/evaluation.py --model qwen2.5-1.5b``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from harness.stack import RunningStack, flow_text, start_stack

HERE = Path(__file__).parent
CHUNK_SIZE, CHUNK_OVERLAP, TOP_K = 500, 100, 4
SPANISH = frozenset({"olivar", "hostal", "piscina"})


@dataclass(frozen=True)
class Question:
    """``passage`` stands in the chunk that answers; an answer is right when it holds one of ``answers`` as whole words."""

    document: str
    question: str
    passage: str
    answers: tuple[str, ...]

    @property
    def language(self) -> str:
        return "es" if self.document in SPANISH else "en"

    def is_answered_by(self, text: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE) for one in self.answers)

    def is_found_in(self, chunks: Sequence[str]) -> bool:
        return any(self.passage in " ".join(chunk.split()) for chunk in chunks)


@dataclass(frozen=True)
class Outcome:
    question: Question
    answer: str
    found: bool

    @property
    def right(self) -> bool:
        return self.question.is_answered_by(self.answer)


def questions() -> list[Question]:
    rows = yaml.safe_load((HERE / "questions.yaml").read_text())
    return [Question(**{**row, "answers": tuple(row["answers"])}) for row in rows]


def chatflow(collection: str, chat_base_path: str = "") -> str:
    """The example chatflow, reading Markdown into a collection of its own, with small chunks."""
    flow: dict[str, Any] = json.loads(flow_text("document-qa"))
    inputs = {node["data"]["name"]: node["data"]["inputs"] for node in flow["nodes"]}
    inputs["recursiveCharacterTextSplitter"].update(chunkSize=CHUNK_SIZE, chunkOverlap=CHUNK_OVERLAP)
    inputs["qdrant"].update(qdrantCollection=collection, topK=TOP_K)
    inputs["chatOpenAI"].update(basepath=chat_base_path, temperature=0)
    loader = next(node["data"] for node in flow["nodes"] if node["data"]["name"] == "pdfFile")
    loader.update(name="textFile", label="Text File")
    loader["inputs"]["txtFile"] = loader["inputs"].pop("pdfFile")
    return json.dumps(flow)


def fill(stack: RunningStack, flow_id: str) -> int:
    """Upsert the documents; the number of chunks."""
    files = [("files", (path.name, path.read_bytes(), "text/markdown")) for path in sorted((HERE / "documents").glob("*.md"))]
    answer = requests.post(f"{stack.rest}/api/v1/vector/upsert/{flow_id}", files=files, timeout=600)
    answer.raise_for_status()
    return int(answer.json()["numAdded"])


def ask_all(stack: RunningStack, flow_id: str, asked: Sequence[Question]) -> Iterator[Outcome]:
    for one in asked:
        body = {"question": one.question, "overrideConfig": {"returnSourceDocuments": True}}
        answer = requests.post(f"{stack.rest}/api/v1/prediction/{flow_id}", json=body, timeout=600)
        answer.raise_for_status()
        result = answer.json()
        chunks = [source["pageContent"] for source in result["sourceDocuments"]]
        yield Outcome(one, result["text"], one.is_found_in(chunks))


def share(outcomes: Sequence[Outcome], what: str, language: str | None = None) -> float:
    """The part of the outcomes for which ``found`` or ``right`` holds."""
    wanted = [one for one in outcomes if language in (None, one.question.language)]
    return sum(getattr(one, what) for one in wanted) / len(wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="qwen2.5-0.5b")
    parser.add_argument("--every", type=int, default=1, help="ask each n-th question only")
    arguments = parser.parse_args()
    asked = questions()[:: arguments.every]
    with tempfile.TemporaryDirectory(prefix="tradewind-quality-") as work:
        stack = start_stack(Path(work), env={"TRADEWIND_CHAT_MODEL": arguments.model})
        try:
            flow_id = stack.create_flow(chatflow("quality"))
            print(f"{fill(stack, flow_id)} chunks of {CHUNK_SIZE} characters; {len(asked)} questions")
            began = time.monotonic()
            outcomes = []
            for outcome in ask_all(stack, flow_id, asked):
                outcomes.append(outcome)
                mark = "right" if outcome.right else "WRONG"
                print(
                    f"{mark} {'' if outcome.found else 'not found '}{outcome.question.question}\n      {outcome.answer.strip()}"
                )
            seconds = time.monotonic() - began
        finally:
            stack.stop()
    print(f"\n{arguments.model}: {seconds / len(asked):.1f} s a question")
    for what, title in (("found", f"recall@{TOP_K}"), ("right", "right answers")):
        shares = ", ".join(f"{language or 'all'} {share(outcomes, what, language):.0%}" for language in (None, "en", "es"))
        print(f"{title}: {shares}")


if __name__ == "__main__":
    main()
