#!/usr/bin/env bash
# webvtt-py 0.6.0: a cue in which two people speak, each in a voice span, as WebVTT has it.
# Guess: two voices come out, or none, so that nobody can be taken for the speaker of both lines.
# Behaviour: `voice` is the first name and `text` is everybody's words, so a question and its answer are one person's.
#   Words before the first span have no voice, and then the name in the cue is not told at all.
# Seen:
#   Mary: 'Who said that?\nI did.'       (the second line is Tom's)
#   None: 'Well. I did.'                 (the second sentence is Tom's)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check webvtt-py==0.6.0
"$work/env/bin/python" - <<'PY'
import webvtt

FILE = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Mary>Who said that?</v>
<v Tom>I did.</v>

00:00:03.000 --> 00:00:05.000
Well. <v Tom>I did.</v>
"""
seen = [(caption.voice, caption.text) for caption in webvtt.from_string(FILE)]
print(*seen, sep="\n")
assert seen == [("Mary", "Who said that?\nI did."), (None, "Well. I did.")], seen
PY
