// Noticing that the page has changed its text: soon, not too often, and never because of ourselves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.js";

/** A watched page with a clock that the test turns. */
function open() {
  const clock = { now: 0, due: null };
  const { window, document, onrecord } = page("<p>One</p>", ["content/watch.js"], {
    setTimeout: (run, wait) => {
      clock.due = { run, at: clock.now + wait };
      return 1;
    },
    clearTimeout: () => {
      clock.due = null;
    },
  });
  window.performance.now = () => clock.now;
  const gone = new window.AbortController();
  const seen = { count: 0 };
  onrecord.watch.start(
    () => {
      seen.count += 1;
    },
    (node) => node.id === "ours",
    gone.signal,
  );
  const paragraph = document.querySelector("p");
  return {
    document,
    paragraph,
    gone,
    seen,
    /** Lets the observer report, then turns the clock. */
    pass: async (milliseconds) => {
      await new Promise((resolve) => setImmediate(resolve));
      clock.now += milliseconds;
      if (clock.due && clock.due.at <= clock.now) {
        const { run } = clock.due;
        clock.due = null;
        run();
      }
    },
  };
}

test("a change of text is told once the page has been quiet for a moment", async () => {
  const { paragraph, pass, seen } = open();
  paragraph.firstChild.data = "Two";
  paragraph.append(" three");
  await pass(100);
  assert.equal(seen.count, 0);
  await pass(60);
  assert.equal(seen.count, 1);
  await pass(5000);
  assert.equal(seen.count, 1);
});

test("a page that never rests is told about within a second or so", async () => {
  const { paragraph, pass, seen } = open();
  for (let at = 0; at < 12; at += 1) {
    paragraph.firstChild.data = `tick ${at}`;
    await pass(100);
  }
  assert.ok(seen.count >= 1);
});

test("our own card coming and going is no change of the page", async () => {
  const { document, pass, seen } = open();
  const ours = document.createElement("div");
  ours.id = "ours";
  document.body.append(ours);
  await pass(1000);
  ours.remove();
  await pass(1000);
  assert.equal(seen.count, 0);
});

test("once the marks are off nothing is watched any more, not even a change just before", async () => {
  const { paragraph, pass, gone, seen } = open();
  paragraph.append("late");
  await pass(10);
  gone.abort();
  await pass(1000);
  paragraph.append("later");
  await pass(1000);
  assert.equal(seen.count, 0);
});
