// The only code that talks to the server: on 127.0.0.1, with the token from pairing, and nowhere else.

import { connection } from "./browser.js";

/** A failure with the server's own stable code, or one of ours. */
export class ServerError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {Response} answer @returns {Promise<ServerError>} */
async function refusal(answer) {
  try {
    const { error } = await answer.json();
    if (typeof error?.code === "string") return new ServerError(error.code, String(error.message ?? ""));
  } catch {
    // not our error shape: something else listens on this port
  }
  return new ServerError("unexpected", `status ${answer.status}`);
}

/**
 * What the server answers; throws a `ServerError` where it refuses, does not run, or is not paired with us.
 * @param {string} path @param {object} request @param {string} accept the kind of answer @param {AbortSignal} [signal]
 */
export async function post(path, request, accept, signal) {
  const { port, token } = await connection();
  if (token === "") throw new ServerError("not_paired", "");
  let answer;
  try {
    answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "POST",
      ...(signal ? { signal } : {}),
      credentials: "omit",
      cache: "no-store",
      headers: { "Content-Type": "application/json", Accept: accept, Authorization: `Bearer ${token}` },
      body: JSON.stringify(request),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ServerError("server_not_running", "");
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

/** @param {AnalyzeRequest} request @param {AbortSignal} signal @returns {AsyncGenerator<JobMessage>} */
export async function* analyze(request, signal) {
  const answer = await post("/v1/analyze", request, "application/x-ndjson", signal);
  if (answer.body === null) throw await refusal(answer);
  let whole = false;
  for await (const line of lines(answer.body)) {
    const event = JSON.parse(line);
    whole ||= event.event === "done";
    if (event.event === "partial" || event.event === "done")
      yield { type: event.event, analysis: event.analysis };
    else if (event.event === "error")
      throw new ServerError(String(event.error?.code), String(event.error?.message));
  }
  if (!whole) throw new ServerError("unexpected", "the answer ended early");
}

/** The lines of a stream of UTF-8. @param {ReadableStream<Uint8Array>} stream @returns {AsyncGenerator<string>} */
export async function* lines(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const parts = rest.split("\n");
    rest = parts.pop() ?? "";
    yield* parts.filter((part) => part !== "");
    if (done) break;
  }
  if (rest !== "") yield rest;
}
