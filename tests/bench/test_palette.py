"""What the palette promises, measured on every ground and for every kind of sight."""

from __future__ import annotations

import pytest

from bench import palette
from bench.palette import FROM_RED, LEAST_CONTRAST, OFFICES, VISIONS, channels, lab, measured, read
from onrecord.formats.terminal import COLOURS

SCHEMES = ["light", "dark"]
PALETTE = read()
LEAST = {
    "light": {"normal": 17.0, "protan": 12.2, "deutan": 12.2, "tritan": 15.0},
    "dark": {"normal": 16.8, "protan": 12.9, "deutan": 12.2, "tritan": 12.6},
}


def of_terminal(number: int) -> str:
    """The colour of a number from 16 to 255, as terminals have them."""
    if number >= 232:
        return "#" + 3 * f"{8 + 10 * (number - 232):02x}"
    steps = (0, 95, 135, 175, 215, 255)
    red, rest = divmod(number - 16, 36)
    return f"#{steps[red]:02x}{steps[rest // 6]:02x}{steps[rest % 6]:02x}"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_and_the_palest_text_over_a_tint_can_be_read_on_every_ground(scheme: str) -> None:
    found = measured(PALETTE[scheme], scheme)
    assert min(min(each) for each in found["contrast"].values()) >= LEAST_CONTRAST
    assert found["text"][0] >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_only_documents_and_what_is_said_of_nobody_read_as_grey(scheme: str) -> None:
    assert measured(PALETTE[scheme], scheme)["grey"] == ["document", "unattributed"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_kind_of_source_is_near_the_contested_red(scheme: str) -> None:
    degrees, kind = measured(PALETTE[scheme], scheme)["from red"]
    assert degrees >= FROM_RED, kind


@pytest.mark.parametrize("scheme", SCHEMES)
def test_official_and_former_official_are_told_apart(scheme: str) -> None:
    degrees, least = measured(PALETTE[scheme], scheme)["offices"]
    assert degrees >= OFFICES
    assert least >= min(LEAST[scheme].values())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_two_colours_are_alike_for_any_sight(scheme: str) -> None:
    least = measured(PALETTE[scheme], scheme)["least"]
    for vision in VISIONS:
        assert least[vision][0] >= LEAST[scheme][vision], (vision, least[vision])


@pytest.mark.parametrize(
    ("kind", "colour", "what"),
    [
        ("affected", "#591a09", "from red"),  # a dark brown of the hue of a red
        ("political", "#472459", "grey"),  # a purple that is nearly black
        ("media", "#804c6f", "grey"),  # a mauve that is nearly grey
        ("former_official", "#0000bf", "offices"),
    ],
)
def test_a_colour_that_breaks_a_promise_is_seen(kind: str, colour: str, what: str) -> None:
    red = {"contested": "#bf0000"} if what == "from red" else {}
    found = measured(PALETTE["light"] | {kind: colour} | red, "light")
    kept = {
        "from red": found["from red"][0] >= FROM_RED,
        "grey": kind not in found["grey"],
        "offices": found["offices"][0] >= OFFICES,
    }
    assert not kept[what]


def test_the_terminals_colours_keep_them_too() -> None:
    colours = channels([of_terminal(number) for number in COLOURS.values()])
    seen, red = lab(colours), lab(channels(["#cd0000"]))[0]
    for ground in channels(["#ffffff", "#000000", "#1e1e1e", "#300a24"]):
        assert palette.contrast(colours, ground).min() >= 3
    greys = [kind for kind, each in zip(COLOURS, seen, strict=True) if palette.is_grey(each, "light")]
    assert greys == ["document", "unattributed"]
    assert all(
        palette.apart(palette.hue(each), palette.hue(red)) >= FROM_RED
        for kind, each in zip(COLOURS, seen, strict=True)
        if kind not in greys
    )
    places = range(len(seen))
    assert min(palette.distance(seen[one], seen[other]) for one in places for other in places if one < other) >= 12
