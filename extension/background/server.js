// What the server is asked (`sent` is how): on 127.0.0.1, after it has proved itself, and nowhere else, unless the reader
// has chosen a newsroom's server (`newsroom`).

import { connection, install, keep, newsroom } from "./browser.js";
import { connect } from "./native.js";
import { ask } from "./newsroom.js";
import { refusal, ServerError } from "./problem.js";
import { sent } from "./sent.js";
import { codeSecret, greet, newNonce, pairedSecret, signature } from "./trust.js";

export { ServerError };

// A server that ends, or forgets its nonces, between its proof and the request is asked once more.
const ATTEMPTS = 2;
const CODE = "code"; // the key id of a request that is signed with a pairing code's secret

/** @param {number} port */
const addressOf = (port) => `http://127.0.0.1:${port}`;

/**
 * A server that has proved to be ours, with its nonce for one request. Where none does, the browser's own channel starts
 * one, if it is there. @param {AbortSignal} [signal] @param {() => void} [starting] told before a server is started
 * @returns {Promise<Connection & {nonce: string}>}
 */
async function opened(signal, starting) {
  const known = await connection();
  let problem = "not_paired";
  if (known.secret !== "") {
    const found = await greet(addressOf(known.port), known.secret, signal);
    if (typeof found === "object") return { ...known, ...found };
    problem = found === "silent" ? "server_not_running" : "not_proved";
  }
  starting?.();
  const fresh = await connect();
  if (fresh === null) throw new ServerError(problem, "");
  const found = await greet(addressOf(fresh.port), fresh.secret, signal);
  if (typeof found === "object") return { ...fresh, ...found };
  throw new ServerError("start_failed", "");
}

/**
 * One signed request. @param {Connection & {nonce: string}} server @param {string} id of the key @param {string} path
 * @param {Uint8Array<ArrayBuffer>} body @param {string} accept @param {AbortSignal} [signal]
 */
async function send({ port, secret, nonce }, id, path, body, accept, signal) {
  const uri = addressOf(port) + path;
  const proof = await signature(secret, id, nonce, "POST", uri, body);
  return await sent(uri, body, { Accept: accept, ...proof }, signal);
}

/**
 * What the server answers; throws a `ServerError` where it refuses, does not run and cannot be started, or does not
 * prove itself. @param {string} path @param {object} request @param {string} accept the kind of answer
 * @param {AbortSignal} [signal] @param {() => void} [starting]
 */
export async function post(path, request, accept, signal, starting) {
  const body = new TextEncoder().encode(JSON.stringify(request));
  const chosen = await newsroom();
  if (chosen !== null) return await ask(chosen, path, body, accept, signal);
  for (let attempt = 1; ; attempt += 1) {
    const server = await opened(signal, starting);
    let answer;
    try {
      answer = await send(server, server.install, path, body, accept, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      if (attempt < ATTEMPTS) continue;
      throw new ServerError("server_not_running", "");
    }
    if (answer.ok) return answer;
    const refused = await refusal(answer);
    if (refused.code !== "not_paired" || attempt === ATTEMPTS) throw refused;
  }
}

/**
 * Make a lasting secret of the pairing code that the server at a port shows; the code itself is never sent, nor is
 * anything but a nonce before the server has proved that it knows it. @param {string} code @param {number} port
 */
export async function pair(code, port) {
  const address = addressOf(port);
  const secret = await codeSecret(code, address);
  const found = await greet(address, secret);
  if (typeof found === "string")
    throw new ServerError(found === "silent" ? "server_not_running" : "not_proved", "");
  const [own, nonce] = [await install(), newNonce()];
  const body = new TextEncoder().encode(JSON.stringify({ install: own, nonce }));
  const answer = await send(
    { port, secret, install: own, ...found },
    CODE,
    "/v1/pair",
    body,
    "application/json",
  );
  if (!answer.ok) throw await refusal(answer);
  await keep({ port, secret: await pairedSecret(secret, address, nonce, found.nonce) });
}

/** The server's own article, a page that can always be marked; the server is started for it if that is possible. */
export async function samplePage() {
  if ((await newsroom()) !== null) throw new ServerError("newsroom_without", "");
  const { port } = await opened();
  return `${addressOf(port)}/article`;
}

/** The server's own home page, as a page that was opened with a key. */
export async function homePage() {
  const answer = await post("/v1/visits", {}, "application/json");
  const { location } = await answer.json();
  return await pageAt(String(location));
}

/** The page that a server has made. @param {string} location as the server gives it */
export async function pageAt(location) {
  const base = (await newsroom())?.address ?? addressOf((await connection()).port);
  const url = URL.parse(location, base);
  if (url?.origin !== base) throw new ServerError("unexpected", "");
  return url.href;
}

/** Keep what the reader corrects, or take it back. @param {CorrectionRequest} request @returns {Promise<WireAnalysis>} */
export async function correct(request) {
  const answer = await post("/v1/corrections", request, "application/json");
  return await answer.json();
}

/** @param {AnalyzeRequest} request @param {AbortSignal} signal @param {() => void} [starting] @returns {AsyncGenerator<JobMessage>} */
export async function* analyze(request, signal, starting) {
  if ((await newsroom()) !== null) yield { type: "newsroom" };
  const answer = await post("/v1/analyze", request, "application/x-ndjson", signal, starting);
  if (answer.body === null) throw await refusal(answer);
  let whole = false;
  for await (const line of lines(answer.body)) {
    const event = JSON.parse(line);
    whole ||= event.event === "done";
    if (event.event === "progress") yield { type: "progress", read: Number(event.blocks_done) };
    else if (event.event === "partial" || event.event === "done")
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
