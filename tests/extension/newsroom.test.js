// A newsroom's server: what the extension sends it, when, and what it never does there.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { addressOf, check, isToken, patternOf } from "../../extension/background/newsroom.js";
import { analyze, correct, homePage, pageAt, post, samplePage } from "../../extension/background/server.js";
import { INSTALL, SECRET } from "./greeting.js";
import { source, storage } from "./load.js";

const NEWSROOM = { address: "https://onrecord.example:8443", token: "k3".repeat(20) };
const REQUEST = {
  url: "https://gazette.example/ferry",
  title: "Ferry",
  language: "en",
  offsets: "utf-16",
  blocks: [{ id: "b0", role: "paragraph", text: "“Gone,” she said." }],
};
const kept = { chrome: globalThis.chrome, fetch: globalThis.fetch };
let asked = [];
let leave = [];

/** A newsroom's server that gives this answer, in a browser that lets the extension reach these hosts. */
function serve(answer, { allowed = ["https://onrecord.example/*"], newsroom = NEWSROOM } = {}) {
  const local = storage({ secret: SECRET, port: 9001, install: INSTALL, newsroom });
  globalThis.chrome = {
    storage: { local },
    permissions: {
      contains: async ({ origins }) => {
        leave.push(...origins);
        return origins.every((one) => allowed.includes(one));
      },
    },
    runtime: {
      sendNativeMessage: () => {
        throw new Error("a newsroom's server is nothing that this computer starts");
      },
    },
    tabs: { create: assert.fail },
  };
  globalThis.fetch = async (address, options) => {
    asked.push({ address, options });
    return answer();
  };
}

const error = (status, code) => () =>
  new Response(JSON.stringify({ error: { code, message: "Not so." } }), { status });
const refused = (code) => (found) => found.code === code;
const signal = () => new AbortController().signal;

beforeEach(() => {
  asked = [];
  leave = [];
});
afterEach(() => Object.assign(globalThis, kept));

test("an article goes to the newsroom's server alone, with the token and without a greeting", async () => {
  const lines = '{"event":"progress","blocks_done":1,"blocks":1}\n{"event":"done","analysis":{"a":1}}\n';
  serve(() => new Response(lines));
  const heard = [];
  for await (const event of analyze(REQUEST, signal())) heard.push(event);
  assert.deepEqual(heard, [
    { type: "newsroom" },
    { type: "progress", read: 1 },
    { type: "done", analysis: { a: 1 } },
  ]);
  const [{ address, options }] = asked;
  assert.equal(asked.length, 1);
  assert.equal(address, "https://onrecord.example:8443/v1/analyze");
  assert.deepEqual(JSON.parse(new TextDecoder().decode(options.body)), REQUEST);
  const { headers, body, signal: given, ...rest } = options;
  assert.equal(headers.Authorization, `Bearer ${NEWSROOM.token}`);
  assert.deepEqual(Object.keys(headers).sort(), ["Accept", "Authorization", "Content-Type"]);
  assert.deepEqual(rest, {
    method: "POST",
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
});

test("nothing is sent where the browser does not let it, or no longer does", async () => {
  serve(assert.fail, { allowed: [] });
  await assert.rejects(post("/v1/analyze", REQUEST, "text/csv"), refused("newsroom_not_allowed"));
  assert.deepEqual(leave, ["https://onrecord.example/*"]);
  assert.deepEqual(asked, []);
});

test("what such a server does not offer is asked of nobody", async () => {
  serve(assert.fail);
  const request = { ...REQUEST, undo: "0".repeat(32) };
  for (const act of [() => correct(request), homePage, samplePage])
    await assert.rejects(act(), refused("newsroom_without"));
  assert.deepEqual(asked, []);
});

test("a token that is not known, a server that is silent and one that is busy are told apart", async () => {
  serve(error(401, "not_paired"));
  await assert.rejects(post("/v1/analyze", REQUEST, "text/csv"), refused("newsroom_token"));
  serve(() => {
    throw new TypeError("Failed to fetch");
  });
  await assert.rejects(post("/v1/analyze", REQUEST, "text/csv"), refused("newsroom_silent"));
  serve(error(429, "busy"));
  await assert.rejects(post("/v1/analyze", REQUEST, "text/csv"), refused("busy"));
  assert.equal(asked.length, 3); // nobody else is asked instead
});

test("a reader who has left is no silence", async () => {
  const gone = new AbortController();
  gone.abort();
  serve(() => {
    throw gone.signal.reason;
  });
  await assert.rejects(post("/v1/analyze", REQUEST, "text/csv", gone.signal), { name: "AbortError" });
});

test("a report is at the server that has made it", async () => {
  serve(assert.fail);
  assert.equal(await pageAt("/reports/x"), "https://onrecord.example:8443/reports/x");
  for (const elsewhere of ["https://evil.example/", "//evil.example/x", "javascript:alert(1)"])
    await assert.rejects(pageAt(elsewhere), refused("unexpected"));
  serve(assert.fail, { newsroom: null });
  assert.equal(await pageAt("/reports/x"), "http://127.0.0.1:9001/reports/x");
});

test("a token is tried without a word of any article", async () => {
  for (const code of ["nothing_to_analyze", "invalid_request"]) {
    serve(error(422, code));
    await check(NEWSROOM);
  }
  for (const { options } of asked)
    assert.deepEqual(JSON.parse(new TextDecoder().decode(options.body)), { blocks: [] });
  serve(error(401, "not_paired"));
  await assert.rejects(check(NEWSROOM), refused("newsroom_token"));
  serve(() => new Response("<html>"));
  await assert.rejects(check(NEWSROOM), refused("unexpected")); // some other server
});

test("an address is an origin by https, and a token one word", () => {
  assert.equal(addressOf(" https://Onrecord.example/ "), "https://onrecord.example");
  assert.equal(addressOf("https://onrecord.example:8443"), "https://onrecord.example:8443");
  for (const typed of [
    "http://onrecord.example",
    "onrecord.example",
    "https://onrecord.example/path",
    "https://anna@onrecord.example",
    "https://onrecord.example/?a",
    "https://onrecord.example/#a",
    "javascript:alert(1)",
    "",
  ])
    assert.equal(addressOf(typed), null, typed);
  assert.equal(patternOf("https://onrecord.example:8443"), "https://onrecord.example/*");
  assert.ok(isToken(NEWSROOM.token));
  for (const typed of ["", "short", `${NEWSROOM.token} x`, `${NEWSROOM.token}\n`, "é".repeat(30)])
    assert.ok(!isToken(typed), typed);
});

test("the file of options has neither the address nor the token", () => {
  const saved = source("extension/options/options.js").split('at("export")')[1].split("download(")[0];
  assert.doesNotMatch(saved, /newsroom/);
});
