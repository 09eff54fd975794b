#!/usr/bin/env bash
# feedparser 6.0.14: a news item with a photo in it (Media RSS), whose media:description tells what the photo shows.
# Guess: `summary` is the text of the item's <description>, and the photo's words are with the photo.
# Behaviour: whichever description comes first is the summary and the other one becomes `content`, whatever element it
#   stands in. So with the photo before the text the summary of the news is the photo's caption, and with the photo
#   behind the text the caption is the only `content`, which by its name is the full article. The item's title is its own.
# Seen:
#   photo first  summary 'Masts at dusk.'        content ['The board delayed its vote.']
#   photo last   summary 'The board delayed its vote.'  content ['Masts at dusk.']
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$work/env/bin/python" - <<'PY'
import feedparser

PHOTO = (
    '<media:content url="https://gazette.example/masts.jpg" medium="image">'
    "<media:title>Masts</media:title><media:description>Masts at dusk.</media:description></media:content>"
)
TEXT = "<title>Board delays vote</title><description>The board delayed its vote.</description>"


def read(item: str) -> tuple[str, str, list[str]]:
    (entry,) = feedparser.parse(
        f'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Gazette</title>'
        f"<item>{item}</item></channel></rss>"
    ).entries
    return entry.title, entry.summary, [part.value for part in entry.get("content", [])]


first, last = read(PHOTO + TEXT), read(TEXT + PHOTO)
print("photo first", first)
print("photo last ", last)
assert first == ("Board delays vote", "Masts at dusk.", ["The board delayed its vote."]), first
assert last == ("Board delays vote", "The board delayed its vote.", ["Masts at dusk."]), last
PY
