import { setTimeout } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@tradewind/client/google/rpc/error_details_pb";

const ATTEMPTS = 4;
const FIRST_PAUSE_MILLISECONDS = 200;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/** The stable reason of an error; empty where the server itself was not reached. */
export function reasonOf(error: unknown): string {
  return ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.reason ?? "";
}

/** The code and the reason, in the words of the contract: NOT_FOUND CHATFLOW_NOT_FOUND. */
export function described(error: unknown): string {
  const code = Code[ConnectError.from(error).code] ?? "Unknown";
  return `${code.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase()} ${reasonOf(error)}`.trimEnd();
}

/** Repeats a call while the server or a part behind it is away: at most `ATTEMPTS` times, with growing pauses. */
export async function withRetry<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 2; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (ConnectError.from(error).code !== Code.Unavailable) throw error;
      console.log(`retry: ${described(error)}, attempt ${attempt} of ${ATTEMPTS}`);
    }
    const pause = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 2), LONGEST_PAUSE_MILLISECONDS);
    await setTimeout(pause * (0.5 + Math.random() / 2)); // Callers that failed together do not come back together.
  }
  return call();
}
