// Asks a chatflow from a browser, over gRPC-Web: one answer whole, one streamed, the session's messages, and a typed error.
//
// The fields of the form may stand in the fragment of the page's address (#chatflow=…&key=…): it is never sent to a server.

import { type CallOptions, Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { ErrorInfoSchema } from "@tradewind/client/google/rpc/error_details_pb";
import { ChatMessageService } from "@tradewind/client/tradewind/v1/chat_message_pb";
import { MessageRole } from "@tradewind/client/tradewind/v1/common_pb";
import { PredictionService } from "@tradewind/client/tradewind/v1/prediction_pb";

const NO_CHATFLOW = "00000000-0000-4000-8000-000000000000";
const CALL_MILLISECONDS = 120_000;

interface Question {
  server: string;
  chatflow: string;
  key: string;
  text: string;
}

/** The code and the stable reason, in the words of the contract: NOT_FOUND CHATFLOW_NOT_FOUND. */
function described(error: unknown): string {
  const failure = ConnectError.from(error);
  const code = (Code[failure.code] ?? "Unknown").replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
  return `${code} ${failure.findDetails(ErrorInfoSchema)[0]?.reason ?? ""}`.trimEnd();
}

async function converse({ server, chatflow, key, text }: Question, print: (text: string) => void): Promise<void> {
  const transport = createGrpcWebTransport({ baseUrl: server });
  const predictions = createClient(PredictionService, transport);
  const messages = createClient(ChatMessageService, transport);
  const options: CallOptions = { timeoutMs: CALL_MILLISECONDS, headers: key ? { authorization: `Bearer ${key}` } : {} };

  const answer = await predictions.predict({ chatflowId: chatflow, question: text }, options);
  print(`answer: ${answer.text}\n`);

  let pieces = 0;
  print("stream: ");
  const request = { chatflowId: chatflow, question: "And what does it cost?", sessionId: answer.sessionId };
  for await (const { event } of predictions.streamPredict(request, options)) {
    if (event.case === "token") {
      pieces += 1;
      print(event.value.text);
    } else if (event.case === "error") {
      print(` … broke off: ${event.value.message}`);
    }
  }
  print(`\npieces: ${pieces}\n`);

  if (key) {
    const filter = { sessionId: answer.sessionId };
    const page = await messages.listChatMessages({ chatflowId: chatflow, filter, pageSize: 100 }, options);
    for (const message of page.messages) {
      print(`message: ${message.role === MessageRole.USER ? "user" : "api"}: ${message.content}\n`);
    }
  }

  try {
    await predictions.predict({ chatflowId: NO_CHATFLOW, question: text }, options);
  } catch (error) {
    print(`expected: ${described(error)}\n`);
  }
}

function start(): void {
  const form = document.querySelector<HTMLFormElement>("#question")!;
  const output = document.querySelector<HTMLElement>("#output")!;
  const button = form.querySelector("button")!;

  form.addEventListener("submit", async (submission) => {
    submission.preventDefault();
    button.disabled = true;
    output.textContent = "";
    const fields = Object.fromEntries(new FormData(form)) as unknown as Question;
    try {
      await converse(fields, (text) => output.append(text));
    } catch (error) {
      output.append(`error: ${described(error)}: ${ConnectError.from(error).rawMessage}\n`);
    } finally {
      button.disabled = false;
      output.dataset["state"] = "done";
    }
  });

  const known = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of known) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  if (known.has("chatflow")) form.requestSubmit();
}

start();
