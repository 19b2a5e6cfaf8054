"""Document stores of a running server, for the command line: the same calls that stub users make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from tradewind.v1 import document_store_pb2 as pb
from tradewind.v1 import document_store_pb2_grpc

from tradewind_server.errors import Reason, TradewindError, Unavailable

PIECE = 1 << 20
PAGE = 1000


class StoreClient:
    """Each method is one call. Raises ``TradewindError`` with the server's own sentence, and ``Unavailable`` without one."""

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._channel = grpc.insecure_channel(address)
        self._stub = document_store_pb2_grpc.DocumentStoreServiceStub(self._channel)
        self._metadata = (("authorization", f"Bearer {key}"),)

    def __enter__(self) -> StoreClient:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._channel.close()

    def _call(self, method: str, request: Message | Iterator[Message]) -> Any:
        try:
            return getattr(self._stub, method)(request, metadata=self._metadata)
        except grpc.RpcError as error:
            raise self._error(error) from None

    def _error(self, error: grpc.RpcError) -> TradewindError:
        if error.code() is grpc.StatusCode.UNAVAILABLE and not error.trailing_metadata():
            return Unavailable(
                Reason.SERVER_UNAVAILABLE,
                f"No server answers on {self._address}; start it with `tradewind up`, then try again.",
            )
        return TradewindError(Reason.INVALID_ARGUMENT, error.details() or "The call failed.")

    def stores(self) -> list[dict[str, Any]]:
        rows, token = [], ""
        while True:
            page = self._call("ListDocumentStores", pb.ListDocumentStoresRequest(page_size=PAGE, page_token=token))
            rows += [as_dict(store) for store in page.document_stores]
            token = page.next_page_token
            if not token:
                return rows

    def store(self, store_id: str) -> dict[str, Any]:
        return as_dict(self._call("GetDocumentStore", pb.GetDocumentStoreRequest(id=store_id)).document_store)

    def create(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        request = pb.CreateDocumentStoreRequest(document_store=ParseDict(dict(fields), pb.DocumentStore()))
        return as_dict(self._call("CreateDocumentStore", request).document_store)

    def delete(self, store_id: str) -> None:
        self._call("DeleteDocumentStore", pb.DeleteDocumentStoreRequest(id=store_id))

    def delete_loader(self, store_id: str, loader_id: str) -> None:
        self._call("DeleteLoader", pb.DeleteLoaderRequest(store_id=store_id, loader_id=loader_id))

    def delete_documents(self, store_id: str, source: str | None, metadata: Mapping[str, Any]) -> dict[str, Any]:
        request = pb.DeleteDocumentsRequest(store_id=store_id, source=source)
        request.metadata.update(dict(metadata))
        return as_dict(self._call("DeleteDocuments", request))

    def process(self, store_id: str, loader_id: str) -> dict[str, Any]:
        request = pb.ProcessLoaderRequest(store_id=store_id, loader_id=loader_id)
        return as_dict(self._call("ProcessLoader", request).loader)

    def insert(self, store_id: str) -> dict[str, Any]:
        return counts(self._call("InsertVectors", pb.InsertVectorsRequest(store_id=store_id)).result)

    def upsert(self, store_id: str, fields: Mapping[str, Any], file: Path | None) -> dict[str, Any]:
        """Upsert one file, or what the fields name."""
        options = ParseDict({**fields, "storeId": store_id}, pb.UpsertDocumentRequest())
        if file is None:
            return counts(self._call("UpsertDocument", options).result)
        return counts(self._call("UploadDocument", _upload(options, file)).result)

    def refresh(self, store_id: str, loader_ids: list[str]) -> Iterator[dict[str, Any]]:
        items = [pb.UpsertDocumentRequest(loader_id=loader_id) for loader_id in loader_ids]
        answers = self._call("RefreshDocumentStore", pb.RefreshDocumentStoreRequest(store_id=store_id, items=items))
        try:
            for answer in answers:
                yield counts(answer.result)
        except grpc.RpcError as error:
            raise self._error(error) from None

    def query(self, store_id: str, query: str, top_k: int) -> list[dict[str, Any]]:
        request = pb.QueryDocumentStoreRequest(store_id=store_id, query=query)
        request.inputs["topK"] = top_k
        return [as_dict(chunk) for chunk in self._call("QueryDocumentStore", request).chunks]


def _upload(options: pb.UpsertDocumentRequest, file: Path) -> Iterator[pb.UploadDocumentRequest]:
    yield pb.UploadDocumentRequest(options=options)
    yield pb.UploadDocumentRequest(file={"name": file.name})
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            yield pb.UploadDocumentRequest(chunk=piece)


def as_dict(message: Message) -> dict[str, Any]:
    return MessageToDict(message, always_print_fields_with_no_presence=True)


def counts(message: pb.StoreUpsertResult) -> dict[str, Any]:
    """What an upsert did, without the chunks."""
    return {name: value for name, value in as_dict(message).items() if name != "addedDocs"}
