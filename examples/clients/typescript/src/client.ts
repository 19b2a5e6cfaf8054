// The five things a caller of Tradewind does: upload a document, ask, stream, list what was said, act on an error.
//
//   TRADEWIND_API_KEY=… npm start 127.0.0.1:3000 CHATFLOW_ID handbook.pdf

import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { type MessageInitShape } from "@bufbuild/protobuf";
import { type CallOptions, type Client, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { ChatMessageService } from "@tradewind/client/tradewind/v1/chat_message_pb";
import { MessageRole } from "@tradewind/client/tradewind/v1/common_pb";
import { PredictionService } from "@tradewind/client/tradewind/v1/prediction_pb";
import { type StreamUploadUpsertRequestSchema, VectorUpsertService } from "@tradewind/client/tradewind/v1/vector_upsert_pb";
import { described, reasonOf, withRetry } from "./errors.js";

const QUESTION = "When does the ferry leave?";
const NO_CHATFLOW = "00000000-0000-4000-8000-000000000000";
const CHUNK_BYTES = 256 * 1024; // The contract advises at most 1 MiB.
const CALL_MILLISECONDS = 120_000;

/** One chatflow on one server. `key` may be empty where only open chatflows are asked. */
class TradewindClient {
  private readonly predictions: Client<typeof PredictionService>;
  private readonly upserts: Client<typeof VectorUpsertService>;
  private readonly messages: Client<typeof ChatMessageService>;
  private readonly options: CallOptions;

  constructor(
    transport: Transport,
    private readonly chatflowId: string,
    key: string,
  ) {
    this.predictions = createClient(PredictionService, transport);
    this.upserts = createClient(VectorUpsertService, transport);
    this.messages = createClient(ChatMessageService, transport);
    this.options = { timeoutMs: CALL_MILLISECONDS, headers: key ? { authorization: `Bearer ${key}` } : {} };
  }

  /** Upserts a file and prints how far it is. */
  async upload(path: string): Promise<void> {
    for await (const { event } of this.upserts.streamUploadUpsert(this.parts(path), this.options)) {
      if (event.case === "progress") {
        const { loaded, split, embedded, written } = event.value;
        console.log(`progress: ${loaded} loaded, ${split} split, ${embedded} embedded, ${written} written`);
      } else if (event.case === "result") {
        console.log(`upsert: ${event.value.numAdded} added`);
      }
    }
  }

  /** The request, then the file's header, then its bytes. */
  private async *parts(path: string): AsyncIterable<MessageInitShape<typeof StreamUploadUpsertRequestSchema>> {
    yield { part: { case: "options", value: { chatflowId: this.chatflowId } } };
    yield { part: { case: "file", value: { name: basename(path) } } };
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      yield { part: { case: "chunk", value: chunk as Uint8Array<ArrayBuffer> } };
    }
  }

  /** Prints the answer; resolves to the session that it was stored in. */
  async ask(chatflowId: string): Promise<string> {
    const answer = await this.predictions.predict({ chatflowId, question: QUESTION }, this.options);
    console.log(`answer: ${answer.text}`);
    return answer.sessionId;
  }

  /** Prints the answer as it is made. A stream is not repeated: part of the answer may stand on the screen. */
  async stream(sessionId: string): Promise<void> {
    const request = { chatflowId: this.chatflowId, question: "And what does it cost?", sessionId };
    let pieces = 0;
    process.stdout.write("stream: ");
    for await (const { event } of this.predictions.streamPredict(request, this.options)) {
      if (event.case === "token") {
        pieces += 1;
        process.stdout.write(event.value.text);
      } else if (event.case === "error") {
        process.stdout.write(` … broke off: ${event.value.message}`);
      }
    }
    console.log(`\npieces: ${pieces}`);
  }

  /** Prints the messages of a session, page by page. Needs a key that may view chat messages. */
  async listMessages(sessionId: string): Promise<void> {
    let pageToken = "";
    do {
      const request = { chatflowId: this.chatflowId, filter: { sessionId }, pageSize: 3, pageToken };
      const page = await this.messages.listChatMessages(request, this.options);
      for (const message of page.messages) {
        console.log(`message: ${message.role === MessageRole.USER ? "user" : "api"}: ${message.content}`);
      }
      pageToken = page.nextPageToken;
    } while (pageToken);
  }

  async run(document: string): Promise<void> {
    await withRetry(() => this.upload(document));
    const sessionId = await withRetry(() => this.ask(this.chatflowId));
    await this.stream(sessionId);
    await withRetry(() => this.listMessages(sessionId));
    try {
      await this.ask(NO_CHATFLOW);
    } catch (error) {
      if (reasonOf(error) !== "CHATFLOW_NOT_FOUND") throw error;
      console.log(`expected: ${described(error)}`);
    }
  }
}

async function main(parameters: string[]): Promise<number> {
  const [target, chatflowId, document] = parameters;
  if (!target || !chatflowId || !document || parameters.length > 3) {
    console.error("usage: client HOST:PORT CHATFLOW_ID FILE");
    return 2;
  }
  const transport = createGrpcTransport({ baseUrl: `http://${target}` });
  try {
    await new TradewindClient(transport, chatflowId, process.env["TRADEWIND_API_KEY"] ?? "").run(document);
    return 0;
  } catch (error) {
    console.error(`error: ${described(error)}: ${ConnectError.from(error).rawMessage}`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
