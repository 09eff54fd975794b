// The only code that talks to the server: where it asks, with what, and what it makes of every answer.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { analyze, lines, pair, ServerError } from "../../extension/background/server.js";
import { codeSecret, pairedSecret, serverProof, signature } from "../../extension/background/trust.js";
import { greeting, INSTALL, NONCE, SECRET } from "./greeting.js";
import { source, storage } from "./load.js";

const REQUEST = {
  url: "https://gazette.example/ferry",
  title: "Ferry",
  language: "en",
  offsets: "utf-16",
  blocks: [{ id: "b0", role: "paragraph", text: "“Gone,” she said. 🕊" }],
};
const kept = { chrome: globalThis.chrome, fetch: globalThis.fetch, location: globalThis.location };
let asked = [];
let told = [];

const nowhere = () => {
  throw new TypeError("Failed to fetch");
};

/**
 * A server that gives this answer; a function may throw, as a browser's fetch does. `host` is what the native messaging
 * host answers, which is not registered where there is none.
 */
function serve(answer, { secret = SECRET, port = 9001, hello = greeting(), host = null } = {}) {
  const local = storage({ secret, port, install: INSTALL });
  local.remove = async () => {};
  told = [];
  globalThis.chrome = {
    storage: { local },
    runtime: {
      sendNativeMessage: async (name, message) => {
        if (host === null) throw new Error("Specified native messaging host not found.");
        told.push({ name, message });
        return host(message);
      },
    },
  };
  globalThis.location = { origin: "chrome-extension://us" };
  globalThis.fetch = async (address, options) => {
    asked.push({ address, options });
    if (address.endsWith("/v1/hello")) return hello(address, options);
    return typeof answer === "function" ? answer() : answer;
  };
  return local.stored;
}

/** The requests that were sent after a greeting. */
const sent = () => asked.filter(({ address }) => !address.endsWith("/v1/hello"));

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

test("the proofs are those that the server makes", async () => {
  const known = JSON.parse(source("tests/fixtures/proofs.json"));
  const { address, secret, nonce, server_nonce: own, request } = known;
  assert.equal(await serverProof(secret, address, nonce, own), known.server_proof);
  const code = await codeSecret(known.code, address);
  assert.equal(code, known.code_secret);
  assert.equal(await pairedSecret(code, address, nonce, own), known.paired_secret);
  const body = new TextEncoder().encode(request.body);
  assert.deepEqual(
    await signature(secret, request.key, own, request.method, request.uri, body),
    known.headers,
  );
});

test("the article goes to this computer, signed and without the secret or cookies, after the server's proof", async () => {
  serve(streamed({ event: "done", analysis: { schema: "onrecord/1" } }));
  await job();
  assert.deepEqual(
    asked.map(({ address }) => address),
    ["http://127.0.0.1:9001/v1/hello", "http://127.0.0.1:9001/v1/analyze"],
  );
  for (const { options } of asked) {
    assert.equal(options.method, "POST");
    assert.equal(options.credentials, "omit");
    assert.equal(options.cache, "no-store");
    assert.equal(options.redirect, "error");
    assert.equal(options.referrerPolicy, "no-referrer");
    assert.equal(options.headers["Content-Type"], "application/json");
    assert.ok(!JSON.stringify(options).includes(SECRET));
    assert.ok(!("Authorization" in options.headers));
  }
  const [{ address, options }] = sent();
  assert.equal(options.headers.Accept, "application/x-ndjson");
  assert.deepEqual(JSON.parse(new TextDecoder().decode(options.body)), REQUEST);
  const right = await signature(SECRET, INSTALL, NONCE, "POST", address, options.body);
  for (const [name, value] of Object.entries(right)) assert.equal(options.headers[name], value);
});

test("a stranger on the port gets a nonce, and nothing else", async () => {
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(10_000).fill(97));
      },
    });
  for (const hello of [
    greeting("ba".repeat(32)),
    async () => Response.json({ schema: "onrecord/1", nonce: NONCE, proofs: [] }),
    async () => Response.json({ nonce: NONCE, proofs: "everything" }),
    async () => Response.json(null),
    async () => new Response("<h1>It works!</h1>"),
    async () => new Response("", { status: 404 }),
    async () => new Response(null, { status: 204 }),
    async () => new Response(endless()),
    async (address, options) =>
      Response.json({ ...(await (await greeting()(address, options)).json()), nonce: "x" }),
    async (address, options) => greeting()(address.replace("9001", "9002"), options), // passed on from another port
    async (address, options) =>
      new Response(await (await greeting()(address, options)).text(), { status: 500 }),
  ]) {
    asked = [];
    serve(streamed({ event: "done", analysis: {} }), { hello });
    await assert.rejects(job(), refused("not_proved"));
    assert.equal(asked.length, 1);
    const { body, headers } = asked[0].options;
    assert.match(body, /^\{"nonce":"[0-9a-f]{64}"\}$/);
    assert.deepEqual(headers, { "Content-Type": "application/json" });
  }
});

test("a stranger is never sent the same nonce twice", async () => {
  for (let time = 0; time < 2; time += 1) {
    serve(streamed(), { hello: async () => new Response("") });
    await assert.rejects(job(), refused("not_proved"));
  }
  assert.notEqual(asked[0].options.body, asked[1].options.body);
});

test("without a secret and without a host nothing is sent at all", async () => {
  serve(streamed(), { secret: "" });
  await assert.rejects(job(), refused("not_paired"));
  assert.equal(asked.length, 0);
});

const FRESH = "ef".repeat(32);
const ready = async () => ({ type: "ready", port: 9100, secret: FRESH });

for (const [what, options] of [
  ["nothing was ever connected", { secret: "" }],
  ["nobody listens", { hello: (address) => (address.includes(":9001/") ? nowhere() : null) }],
  ["a stranger listens", { hello: (address) => (address.includes(":9001/") ? new Response("hello") : null) }],
])
  test(`where ${what}, the host starts the server and is believed about its address and secret`, async () => {
    const hello = async (address, request) =>
      (await options.hello?.(address)) ?? greeting(FRESH)(address, request);
    const stored = serve(streamed({ event: "done", analysis: {} }), { ...options, hello, host: ready });
    let starting = 0;
    await all(
      analyze(REQUEST, new AbortController().signal, () => {
        starting += 1;
      }),
    );
    assert.equal(starting, 1);
    assert.deepEqual(told, [
      {
        name: "onrecord",
        message: { type: "connect", install: INSTALL, origin: "chrome-extension://us" },
      },
    ]);
    assert.deepEqual(
      sent().map(({ address }) => address),
      ["http://127.0.0.1:9100/v1/analyze"],
    );
    assert.deepEqual([stored.port, stored.secret], [9100, FRESH]);
  });

test("a server that the host names must prove itself as well", async () => {
  serve(streamed(), { secret: "", host: ready, hello: greeting("ba".repeat(32)) });
  await assert.rejects(job(), refused("start_failed"));
  assert.equal(sent().length, 0);
});

test("what keeps the server from starting is told in the host's words, and what makes no sense is not believed", async () => {
  serve(streamed(), { secret: "", host: async () => ({ type: "failed", message: "The disk is full." }) });
  await assert.rejects(
    job(),
    (thrown) => refused("start_failed")(thrown) && thrown.message === "The disk is full.",
  );
  for (const strange of [{}, { type: "ready" }, { type: "ready", port: "9", secret: 5 }, "ready"]) {
    serve(streamed(), { secret: "", host: async () => strange });
    await assert.rejects(job(), refused("start_failed"));
  }
});

test("several presses at once ask the host once", async () => {
  serve(() => streamed({ event: "done", analysis: {} }), { secret: "", host: ready, hello: greeting(FRESH) });
  await Promise.all([job(), job(), job()]);
  assert.equal(told.length, 1);
});

test("a server that ends between its proof and the request is greeted once more, and then started again", async () => {
  let times = 0;
  serve(
    () => {
      times += 1;
      if (times === 1) nowhere();
      return streamed({ event: "done", analysis: {} });
    },
    { hello: greeting() },
  );
  await job();
  assert.equal(asked.length, 4);
});

test("a nonce that was lost is asked for once more, and a refusal that stays is told", async () => {
  const error = { code: "not_paired", message: "No.", help: "x" };
  serve(() => Response.json({ error }, { status: 401 }));
  await assert.rejects(job(), refused("not_paired"));
  assert.equal(sent().length, 2);
});

test("a code is never sent: a nonce, then a request signed with what is made of the code", async () => {
  const code = "BCDF-GHJK-LMNP";
  const secret = await codeSecret(code, "http://127.0.0.1:9005");
  const stored = serve(Response.json({ schema: "onrecord/1" }), { secret: "", hello: greeting(secret) });
  await pair(" bcdf ghjk lmnp", 9005);
  const [{ address, options }] = sent();
  assert.equal(address, "http://127.0.0.1:9005/v1/pair");
  const { install, nonce } = JSON.parse(new TextDecoder().decode(options.body));
  assert.equal(install, INSTALL);
  assert.match(options.headers["Signature-Input"], /;keyid="code";/);
  assert.deepEqual(
    [stored.port, stored.secret],
    [9005, await pairedSecret(secret, "http://127.0.0.1:9005", nonce, NONCE)],
  );
  for (const request of asked)
    for (const secretWord of [code, "BCDFGHJK", secret, stored.secret])
      assert.ok(!JSON.stringify([request, String(request.options.body)]).includes(secretWord));
});

test("a wrong code, or a stranger, gets a nonce and ends nothing that was there", async () => {
  for (const hello of [greeting(), async () => new Response("hello")]) {
    asked = [];
    const stored = serve(Response.json({}), { hello });
    await assert.rejects(pair("BBBB-BBBB-BBBB", 9001), refused("not_proved"));
    assert.equal(asked.length, 1);
    assert.equal(stored.secret, SECRET);
  }
});

test("partial answers arrive one by one, then the whole, each with how far the reading is", async () => {
  serve(
    streamed(
      { event: "progress", blocks_done: 1, blocks: 2 },
      { event: "partial", analysis: { part: 1 } },
      { event: "progress", blocks_done: 2, blocks: 2 },
      { event: "done", analysis: { part: 2 } },
    ),
  );
  assert.deepEqual(await job(), [
    { type: "progress", read: 1 },
    { type: "partial", analysis: { part: 1 } },
    { type: "progress", read: 2 },
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
  [413, "too_large"],
  [422, "unsupported_language"],
  [429, "busy"],
  [503, "model_unavailable"],
])
  test(`a refusal with status ${status} keeps the server's code ${code}`, async () => {
    serve(Response.json({ error: { code, message: "One sentence.", help: "x" } }, { status }));
    await assert.rejects(job(), (thrown) => refused(code)(thrown) && thrown.message === "One sentence.");
  });

test("an answer that is not ours is unexpected", async () => {
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

test("where nobody listens and no host is registered, the server is not running", async () => {
  serve(streamed(), { hello: nowhere });
  await assert.rejects(job(), refused("server_not_running"));
  serve(nowhere);
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
  assert.equal(sent()[0].options.signal, gone.signal);
});

test("lines are put together from any pieces, also where a letter or an emoji is cut", async () => {
  const bytes = new TextEncoder().encode("née\n🕊 flew\n\nlast");
  for (let size = 1; size < bytes.length; size += 1) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
    assert.deepEqual(await all(lines(stream(...pieces))), ["née", "🕊 flew", "last"], `pieces of ${size}`);
  }
});
