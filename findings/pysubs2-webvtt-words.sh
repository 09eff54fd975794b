#!/usr/bin/env bash
# pysubs2 1.8.1: what was said, in WebVTT with notes, timed words and a number alone on a line, all as the format has it.
# Guess: notes are left out, the times inside a line are dropped, and every word of a cue is kept.
# Behaviour: the other way round on all three. A NOTE between two cues, which no player shows, becomes words of the cue
#   before it; a cue with times between its words (how automatic captions are written) comes out without any word; and a
#   last line that is a number is gone.
# Seen:
#   note    'We lost.\n\nNOTE off the record' 'Nobody asked us.'
#   timed   '' '' 'Nobody asked us.'
#   number  'The council has lost' 'Nobody asked us.'      (the cue has "2024" in its second line)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check pysubs2==1.8.1
"$work/env/bin/python" - <<'PY'
from pysubs2 import SSAFile

NEXT = "00:00:03.000 --> 00:00:05.000\nNobody asked us.\n"


def said(words: str, between: str = "") -> list[str]:
    file = f"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n{words}\n\n{between}{NEXT}"
    return [event.plaintext for event in SSAFile.from_string(file, format_="vtt")]


note = said("We lost.", "NOTE off the record\n\n")
timed = said("We <00:00:01.500><c>lost</c> <00:00:02.000><c>it.</c>")
number = said("The council has lost\n2024")
print(note, timed, number, sep="\n")
assert note == ["We lost.\n\nNOTE off the record", "Nobody asked us."], note
assert timed[-1] == "Nobody asked us." and not any(timed[:-1]), timed
assert number == ["The council has lost", "Nobody asked us."], number
PY
