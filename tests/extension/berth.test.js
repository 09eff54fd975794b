// Where the box of the tour lies: on a side of what it points at, inside the window, hiding as little of it as can be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page, plain } from "./load.js";

const { berth } = page("", ["content/berth.js"]).onrecord;
const ROOM = { width: 1000, height: 800 };
const SIZE = { width: 300, height: 200 };
const line = (left, top, width = 200, height = 20) => ({ left, top, width, height });
const find = (targets, sides, room = ROOM, size = SIZE) => plain(berth.find(size, room, targets, sides));
const UPRIGHT = ["below", "above"];

test("below the last line, with the arrow in its middle", () => {
  const found = find([line(400, 100), line(100, 130)], UPRIGHT);
  assert.deepEqual(found, { left: 100, top: 164, side: "below", at: 100 });
});

test("above the first line where there is no room below", () => {
  const found = find([line(400, 700), line(100, 730)], UPRIGHT);
  assert.deepEqual(found, { left: 400, top: 486, side: "above", at: 100 });
});

test("beside it, if that is asked for first and fits", () => {
  assert.equal(find([line(100, 300)], ["right", "below"]).side, "right");
  assert.equal(find([line(700, 300)], ["right", "left"]).side, "left");
});

test("without an arrow where it is not beside it", () => {
  assert.deepEqual(find([], []), { left: 692, top: 8, side: "apart", at: 0 });
  assert.equal(find([line(100, -400)], UPRIGHT).side, "apart", "scrolled away");
  assert.equal(find([line(0, 0, 1000, 800)], [...UPRIGHT, "right", "left"]).side, "apart", "everywhere");
});

test("never out of the window, and the arrow never in a corner of the box", () => {
  const narrow = { width: 320, height: 480 };
  for (const target of [
    line(-50, -50),
    line(300, 470),
    line(5, 200, 2),
    line(160, 240, 2),
    line(0, 200, 320),
  ])
    for (const sides of [UPRIGHT, ["right", "left"], []]) {
      const { left, top, at, side } = find([target], sides, narrow);
      assert.ok(left >= 8 && left + SIZE.width <= 312 && top >= 8 && top + SIZE.height <= 472);
      const along = side === "below" || side === "above" ? SIZE.width : SIZE.height;
      assert.ok(side === "apart" || (at >= 20 && at <= along - 20));
    }
});
