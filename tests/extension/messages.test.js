// What is not one of our messages is refused, whoever sends it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bare } from "./load.js";

const { messages } = bare(["shared/messages.js"]);
const { isMessage, isJobMessage } = messages;

const MESSAGES = [
  { type: "toggle" },
  { type: "wake" },
  { type: "switch", on: false },
  { type: "view" },
  { type: "retry" },
  { type: "analyze-selection" },
  { type: "open-panel" },
  { type: "open-welcome" },
  { type: "jump", id: "q12", focus: false },
  { type: "link", id: "q3" },
  { type: "pointed", id: "c3e1" },
  { type: "filter", filter: { layers: {}, only: "unnamed", label: "" } },
  { type: "jump", id: "c1", focus: false },
  { type: "jump", id: "s3", focus: false },
  { type: "jump", id: "f2", focus: false },
  { type: "jump", id: "c12e0", focus: false },
  { type: "changed", view: { status: "idle" } },
  { type: "badge", sources: 4, problem: false, read: null, hidden: true },
  { type: "badge", sources: null, problem: true, read: 0.4, hidden: false },
];
const JOBS = [
  { type: "analyze", request: { blocks: [] } },
  { type: "ping" },
  { type: "progress", read: 3 },
  { type: "partial", analysis: {} },
  { type: "done", analysis: {} },
  { type: "failed", problem: { code: "busy", message: "" } },
];

test("every message between page, background and panel is known", () => {
  for (const message of MESSAGES) assert.equal(isMessage(message), true, JSON.stringify(message));
});

test("every message on the port of a job is known", () => {
  for (const message of JOBS) assert.equal(isJobMessage(message), true, JSON.stringify(message));
});

test("the two kinds are not taken for each other", () => {
  for (const message of JOBS) assert.equal(isMessage(message), false, JSON.stringify(message));
  for (const message of MESSAGES) assert.equal(isJobMessage(message), false, JSON.stringify(message));
});

test("what is no message at all is refused", () => {
  for (const value of [
    undefined,
    null,
    0,
    "toggle",
    true,
    [],
    ["toggle"],
    {},
    { type: 1 },
    { type: ["toggle"] },
  ]) {
    assert.equal(isMessage(value), false, JSON.stringify(value));
    assert.equal(isJobMessage(value), false, JSON.stringify(value));
  }
});

test("unknown types are refused, also those that every object inherits", () => {
  for (const type of ["", "Toggle", "navigate", "constructor", "toString", "__proto__", "hasOwnProperty"]) {
    assert.equal(isMessage({ type }), false, type);
    assert.equal(isJobMessage({ type }), false, type);
  }
});

test("an order with anything added to it is refused", () => {
  for (const { type } of MESSAGES.slice(0, 7))
    assert.equal(isMessage({ type, url: "https://x.example" }), false);
  assert.equal(isJobMessage({ type: "ping", code: "x" }), false);
});

test("a jump leads to an id of the analysis and to nothing else", () => {
  for (const id of [
    "",
    "q",
    "x1",
    "q1 ",
    "q1,c1",
    "q1234567",
    "q1e0",
    "c1e",
    "c1e0e0",
    "Q1",
    "#q1",
    1,
    null,
    ["q1"],
  ])
    assert.equal(isMessage({ type: "jump", id, focus: true }), false, JSON.stringify(id));
  assert.equal(isMessage({ type: "jump", focus: true }), false);
  assert.equal(isMessage({ type: "jump", id: "q1", focus: 1 }), false);
});

test("what the pointer is on, what a link leads to and what is undone are ids of their kind", () => {
  const undone = "0123456789abcdef".repeat(2);
  for (const [type, known, others] of [
    [
      "pointed",
      ["q1", "f2", "c3", "c3e0"],
      ["s1", "q1e0", "c1e", "q1 ", "q1,c1", "q1234567", "#q1", "Q1", ""],
    ],
    ["link", ["q1", "c3"], ["s1", "f2", "c3e0", " q1", "q1,c1", "q1234567", "#q1", "Q1", ""]],
    ["undo", [undone], ["q1", undone.slice(1), `${undone}0`, undone.toUpperCase(), `${undone}\n`, ""]],
  ]) {
    for (const id of known) assert.equal(isMessage({ type, id }), true, `${type} ${id}`);
    for (const id of [...others, 1, null, [known[0]]])
      assert.equal(isMessage({ type, id }), false, `${type} ${JSON.stringify(id)}`);
    assert.equal(isMessage({ type }), false, type);
  }
});

test("a badge shows a whole number or nothing", () => {
  for (const sources of ["4", 1.5, Number.NaN, undefined, {}])
    assert.equal(isMessage({ type: "badge", sources, problem: false }), false, String(sources));
  assert.equal(isMessage({ type: "badge", sources: 1 }), false, "without a problem field");
  assert.equal(isMessage({ type: "badge", sources: 1, problem: "no" }), false);
});

test("messages without their contents are refused", () => {
  for (const message of [
    { type: "analyze" },
    { type: "analyze", request: null },
    { type: "analyze", request: {} },
    { type: "analyze", request: { blocks: "b0" } },
    { type: "partial" },
    { type: "done", analysis: null },
    { type: "done", analysis: [] },
    { type: "failed", problem: null },
    { type: "failed", problem: { message: "no code" } },
    { type: "failed", problem: { code: 503 } },
  ])
    assert.equal(isJobMessage(message), false, JSON.stringify(message));
  for (const view of [undefined, null, "shown", []])
    assert.equal(isMessage({ type: "changed", view }), false);
});
