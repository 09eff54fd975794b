#!/usr/bin/env bash
# compromise 14.17.0: quotations() on a quotation of two sentences in double marks, with an apostrophe in or behind it.
# Guess: “ is closed by ”; an apostrophe, which is neither, changes nothing.
# Behaviour: the sentences of a quotation are put together first, and there every closing mark of any kind counts, ’ too.
#   With the apostrophe of print in one of its sentences, or in the words behind it that say whose it is, the quotation
#   passes for closed already, or for one with too many ends. It stays cut, and quotations() has no answer at all. With
#   a straight apostrophe, or in a quotation of one sentence, it is found.
# Seen:
#   printed, in it       none    “It’s over. Nobody asked,” she said.    “We lost. It’s over,” she said.
#   printed, behind it   none    “We lost. Nobody asked,” said the mayor’s wife.
#   straight, in it      found   “We lost. It's over,” she said.
#   straight, behind it  found   “We lost. Nobody asked,” said the mayor's wife.
#   one sentence         found   “It’s over,” said the mayor’s wife.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" compromise@14.17.0 >"$work/log" 2>&1 \
  || { cat "$work/log"; exit 1; }
cat >"$work/run.mjs" <<'JS'
import assert from "node:assert/strict";
import nlp from "compromise";

const TEXTS = [
  "“It’s over. Nobody asked,” she said.",
  "“We lost. It’s over,” she said.",
  "“We lost. Nobody asked,” said the mayor’s wife.",
  "“We lost. It's over,” she said.",
  "“We lost. Nobody asked,” said the mayor's wife.",
  "“It’s over,” said the mayor’s wife.",
];
const seen = TEXTS.map((text) => nlp(text).quotations().out("array"));
console.log(seen);
assert.deepEqual(seen, [
  [],
  [],
  [],
  ["“We lost. It's over,”"],
  ["“We lost. Nobody asked,”"],
  ["“It’s over,”"],
]);
JS
node "$work/run.mjs"
