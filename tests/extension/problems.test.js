// Whatever goes wrong, the reader gets one sentence and one thing to do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, plain, source } from "./load.js";

const { BUTTONS, shown } = bare(["shared/problems.js"]).problems;
const problems = Object.fromEntries(
  Object.keys(BUTTONS).map((code) => [code, plain(shown({ code, message: "" }))]),
);
const { isMessage } = bare(["shared/messages.js"]).messages;

// Why the extension never meets these codes of the server.
const ELSEWHERE = {
  unreadable: "a file on the command line",
  invalid_factchecks: "a file on the command line",
  killed: "a document of an archive on the command line",
  cluster_unavailable: "an archive on the command line",
  invalid_setting: "a setting of the command line",
  not_found: "the extension asks fixed addresses of version 1 only",
  method_not_allowed: "the extension posts to addresses that take a POST",
  unsupported_media_type: "the extension sends application/json only",
};

const codes = [
  ...source("server/onrecord/errors.py").matchAll(/^ {4}code(?:: ClassVar\[str\])? = "(\w+)"$/gm),
].map(([, code]) => code);

test("every error of the server that can reach the extension is known to it", () => {
  assert.ok(codes.length > 12, "errors.py was not understood");
  const unknown = codes.filter((code) => !Object.hasOwn(problems, code) && !Object.hasOwn(ELSEWHERE, code));
  assert.deepEqual(unknown, []);
});

test("the reasons for leaving codes out are about codes that exist and are left out", () => {
  for (const code of Object.keys(ELSEWHERE)) {
    assert.ok(codes.includes(code), `${code} is no code of the server`);
    assert.ok(!Object.hasOwn(problems, code), `${code} is known after all`);
  }
});

test("every problem that the extension itself reports is known", () => {
  const own = [
    "content/main.js",
    "background/main.js",
    "background/server.js",
    "background/newsroom.js",
  ].flatMap((file) =>
    [...source(`extension/${file}`).matchAll(/(?:\bfail\(|new ServerError\(|\bcode: )"(\w+)"/g)].map(
      ([, code]) => code,
    ),
  );
  assert.ok(own.length >= 6, "the calls were not found");
  for (const code of own) assert.ok(Object.hasOwn(problems, code), code);
});

for (const [code, { sentence, action, button }] of Object.entries(problems)) {
  test(`${code} is one sentence`, () => {
    assert.match(sentence, /^[A-Z][^.!?\n]*(?:”)?\.$/);
  });

  test(`${code} has one thing to do, and its button does something that is known`, () => {
    assert.match(action, /^[A-Z][^.]{2,40}$/);
    assert.ok(isMessage({ type: button }), button);
  });
}

test("a problem that only a newer server knows is told in the server's words, and can be tried again", () => {
  for (const code of ["flooded", "constructor", "__proto__"])
    assert.deepEqual(plain(shown({ code, message: "The cellar is under water." })), {
      sentence: "The cellar is under water.",
      action: "Try again",
      button: "retry",
    });
});

test("no sentence shows a code or blames the reader", () => {
  for (const { sentence } of Object.values(problems))
    assert.doesNotMatch(sentence, /_|error|invalid|illegal|fail/i);
});

test("what can only be solved by pairing leads to pairing", () => {
  assert.equal(problems.not_paired.button, "open-welcome");
  assert.equal(problems.forbidden.button, "open-welcome");
});
