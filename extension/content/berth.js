// Where a box of ours lies beside what it points at: on the side where it hides least of it, and inside the window.
(() => {
  globalThis.onrecord ??= /** @type {Onrecord} */ ({});
  const shared = globalThis.onrecord;

  const GAP = 14; // CSS pixels between the box and what it points at
  const EDGE = 8; // and between the box and the edge of the window
  const CORNER = 20; // the arrow stays so far from the corners of the box

  /** The area that two boxes have in common. @param {Box} a @param {Box} b */
  const overlap = (a, b) =>
    Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));

  /** @param {number} value @param {number} least @param {number} most */
  const within = (value, least, most) => Math.max(least, Math.min(value, most));

  shared.berth = {
    find({ width, height }, room, targets, sides) {
      /** @param {number} left @param {number} top */
      const inside = (left, top) => ({
        left: within(left, EDGE, Math.max(EDGE, room.width - width - EDGE)),
        top: within(top, EDGE, Math.max(EDGE, room.height - height - EDGE)),
      });
      /** @type {Berth[]} */
      const berths = [];
      const [first, last] = [targets[0], targets.at(-1)];
      if (first && last) {
        const start = Math.min(...targets.map((box) => box.left));
        const end = Math.max(...targets.map((box) => box.left + box.width));
        const wanted = {
          below: { left: last.left, top: last.top + last.height + GAP },
          above: { left: first.left, top: first.top - GAP - height },
          right: { left: end + GAP, top: first.top },
          left: { left: start - GAP - width, top: first.top },
        };
        for (const side of sides) {
          const to = inside(wanted[side].left, wanted[side].top);
          const upright = side === "below" || side === "above";
          const target = side === "below" ? last : first;
          const at = upright
            ? within(target.left + target.width / 2 - to.left, CORNER, width - CORNER)
            : within(target.top + Math.min(target.height / 2, CORNER) - to.top, CORNER, height - CORNER);
          // pushed away from the edge of the window it points at nothing
          const reaches = upright ? to.top === wanted[side].top : to.left === wanted[side].left;
          berths.push({ ...to, side: reaches ? side : "apart", at });
        }
      }
      for (const [left, top] of /** @type {const} */ ([
        [room.width, 0],
        [room.width, room.height],
        [0, room.height],
      ]))
        berths.push({ ...inside(left, top), side: "apart", at: 0 });
      let best = { ...inside(0, 0), side: /** @type {Berth["side"]} */ ("apart"), at: 0 };
      let least = Number.POSITIVE_INFINITY;
      for (const berth of berths) {
        const hidden = targets.reduce((sum, target) => sum + overlap({ ...berth, width, height }, target), 0);
        if (hidden >= least) continue;
        best = berth;
        least = hidden;
      }
      return best;
    },
  };
})();
