// The only code that talks to the server: where it asks, with what, and what it makes of every answer.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { analyze, lines, ServerError } from "../../extension/background/server.js";
import { storage } from "./load.js";

const REQUEST = {
  url: "https://gazette.example/ferry",
  title: "Ferry",
  language: "en",
  offsets: "utf-16",
  blocks: [{ id: "b0", role: "paragraph", text: "“Gone,” she said. 🕊" }],
};
const kept = { chrome: globalThis.chrome, fetch: globalThis.fetch };
let asked = [];

/** A server that gives this answer; a function may throw, as a browser's fetch does. */
function serve(answer, { token = "secret", port = 9001 } = {}) {
  globalThis.chrome = { storage: { local: storage({ token, port }) } };
  globalThis.fetch = async (address, options) => {
    asked.push({ address, options });
    return typeof answer === "function" ? answer() : answer;
  };
}

beforeEach(() => {
  asked = [];
});
afterEach(() => Object.assign(globalThis, kept));

/** A stream of these pieces, each a string or bytes. */
const stream = (...pieces) =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      controller.close();
    },
  });
const streamed = (...events) => new Response(stream(...events.map((event) => `${JSON.stringify(event)}\n`)));

async function all(iterable) {
  const found = [];
  for await (const item of iterable) found.push(item);
  return found;
}
const job = (signal = new AbortController().signal) => all(analyze(REQUEST, signal));
const refused = (code) => (error) => {
  assert.ok(error instanceof ServerError, String(error));
  assert.equal(error.code, code);
  return true;
};

test("the article goes to this computer, to the port and with the token from pairing, and without cookies", async () => {
  serve(streamed({ event: "done", analysis: { schema: "onrecord/1" } }));
  await job();
  assert.equal(asked.length, 1);
  const [{ address, options }] = asked;
  assert.equal(address, "http://127.0.0.1:9001/v1/analyze");
  assert.equal(options.method, "POST");
  assert.equal(options.credentials, "omit");
  assert.equal(options.cache, "no-store");
  assert.equal(options.headers.Authorization, "Bearer secret");
  assert.equal(options.headers["Content-Type"], "application/json");
  assert.equal(options.headers.Accept, "application/x-ndjson");
  assert.deepEqual(JSON.parse(options.body), REQUEST);
});

test("without a pairing nothing is sent at all", async () => {
  serve(streamed(), { token: "" });
  await assert.rejects(job(), refused("not_paired"));
  assert.equal(asked.length, 0);
});

test("partial answers arrive one by one, then the whole; progress is nobody's message", async () => {
  serve(
    streamed(
      { event: "progress", blocks_done: 1, blocks: 2 },
      { event: "partial", analysis: { part: 1 } },
      { event: "progress", blocks_done: 2, blocks: 2 },
      { event: "done", analysis: { part: 2 } },
    ),
  );
  assert.deepEqual(await job(), [
    { type: "partial", analysis: { part: 1 } },
    { type: "done", analysis: { part: 2 } },
  ]);
});

test("a first answer is passed on before the last one has come", async () => {
  let more;
  const open = new ReadableStream({
    start(controller) {
      more = controller;
    },
  });
  serve(new Response(open));
  const events = analyze(REQUEST, new AbortController().signal);
  more.enqueue(new TextEncoder().encode('{"event":"partial","analysis":{"part":1}}\n'));
  assert.deepEqual((await events.next()).value, { type: "partial", analysis: { part: 1 } });
  more.enqueue(new TextEncoder().encode('{"event":"done","analysis":{"part":2}}\n'));
  assert.equal((await events.next()).value.type, "done");
  more.close();
  assert.equal((await events.next()).done, true);
});

test("an error in the middle of the answer keeps its code and its sentence", async () => {
  const error = { code: "timed_out", message: "It took too long.", help: "docs/errors.md#timed_out" };
  serve(streamed({ event: "partial", analysis: {} }, { event: "error", error }));
  await assert.rejects(
    job(),
    (thrown) => refused("timed_out")(thrown) && thrown.message === "It took too long.",
  );
});

test("an answer that ends before the whole is a problem, and not an article read to its end", async () => {
  serve(streamed({ event: "partial", analysis: {} }));
  await assert.rejects(job(), refused("unexpected"));
  serve(new Response(stream("")));
  await assert.rejects(job(), refused("unexpected"));
});

for (const [status, code] of [
  [401, "not_paired"],
  [413, "too_large"],
  [422, "unsupported_language"],
  [429, "busy"],
  [503, "model_unavailable"],
])
  test(`a refusal with status ${status} keeps the server's code ${code}`, async () => {
    serve(Response.json({ error: { code, message: "One sentence.", help: "x" } }, { status }));
    await assert.rejects(job(), (thrown) => refused(code)(thrown) && thrown.message === "One sentence.");
  });

test("something else that listens on the port is told apart from the server", async () => {
  for (const answer of [
    new Response("<h1>It works!</h1>", { status: 404 }),
    Response.json({ error: "no" }, { status: 400 }),
    Response.json(null, { status: 500 }),
    new Response(null, { status: 204 }),
  ]) {
    serve(answer);
    await assert.rejects(job(), refused("unexpected"));
  }
});

test("where nobody listens, the server is not running", async () => {
  serve(() => {
    throw new TypeError("Failed to fetch");
  });
  await assert.rejects(job(), refused("server_not_running"));
});

test("a job that the reader ended is no problem of the server", async () => {
  const gone = new AbortController();
  serve(() => {
    gone.abort();
    throw new DOMException("aborted", "AbortError");
  });
  await assert.rejects(job(gone.signal), (error) => error.name === "AbortError");
});

test("the reader's signal reaches the request, so that closing a tab ends the analysis", async () => {
  const gone = new AbortController();
  serve(streamed({ event: "done", analysis: {} }));
  await job(gone.signal);
  assert.equal(asked[0].options.signal, gone.signal);
});

test("lines are put together from any pieces, also where a letter or an emoji is cut", async () => {
  const bytes = new TextEncoder().encode("née\n🕊 flew\n\nlast");
  for (let size = 1; size < bytes.length; size += 1) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    assert.deepEqual(await all(lines(stream(...pieces))), ["née", "🕊 flew", "last"], `pieces of ${size}`);
  }
});
