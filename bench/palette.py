"""The palette, measured: ``python -m bench.palette`` prints what it keeps, ``--search`` looks for a better one.

Contrast is WCAG 2.2's ratio, on every background that a mark is drawn on. Distance is CIEDE2000 (Sharma, Wu and Dalal
2005) between any two colours of a scheme, as seen with three cones and with each of the three dichromacies of Machado,
Oliveira and Fernandes 2009 at severity 1. Hue and chroma are those of CIE LCh, D65. How clear a colour is of the words
that it stands under is its distance in CIE Lab from black on light pages (Berns 2014 calls that vividness) and from
white on dark ones: a thin line that is not clear of them reads as one more black, or white, line.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
PALETTE = Path(__file__).parents[1] / "extension" / "shared" / "palette.js"
GROUNDS = {"light": ("#ffffff", "#f4ecd8"), "dark": ("#1b1b1f", "#2b2b30")}
VISIONS: dict[str, Array] = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])
LEAST_CONTRAST = 3.25
GREY = 30.0  # a chroma below which a thin line reads as grey
CLEAR = {"light": 50.0, "dark": 40.0}  # of the words: a line that is less so reads as grey too
FROM_RED = 28.0  # degrees of hue between any kind of source and the contested red
OFFICES = 38.0  # degrees of hue between official and former official
QUIET = {"light": "#595959", "dark": "#b5b5b5"}  # the palest text that our own pages have
TINT = 0.1  # of the colour, behind the words
WEIGHTS = {"normal": 1.0, "protan": 1.2, "deutan": 1.2, "tritan": 1.2}  # full vision is asked for more
OFFICIALS = {"official": "former_official", "former_official": "official"}
# The hues that a kind may have, in degrees: a reader who knows the marks should not have to learn them anew.
HUES = {
    "official": (265, 310), "former_official": (195, 265), "political": (300, 358), "expert": (150, 225),
    "business": (55, 100), "civil_society": (100, 170), "affected": (70, 200), "media": (300, 358),
}  # fmt: skip


def channels(colours: Sequence[str]) -> Array:
    """Rows of linear RGB, 0 to 1, of ``#rrggbb``."""
    byte = np.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in colours]) / 255
    return np.where(byte <= 0.04045, byte / 12.92, ((byte + 0.055) / 1.055) ** 2.4)


def contrast(one: Array, other: Array) -> Array:
    """WCAG's ratio of linear RGB to linear RGB."""
    light, dark = np.maximum(one @ _XYZ[1], other @ _XYZ[1]), np.minimum(one @ _XYZ[1], other @ _XYZ[1])
    return np.asarray((light + 0.05) / (dark + 0.05))


def lab(linear: Array, vision: str = "normal") -> Array:
    """CIE Lab, D65, of linear RGB as a kind of vision has it."""
    xyz = np.clip(linear @ VISIONS[vision].T, 0, 1) @ _XYZ.T / _WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def hue(found: Array) -> Array:
    """The hue of Lab in degrees, 0 to 360."""
    return np.asarray(np.degrees(np.arctan2(found[..., 2], found[..., 1])) % 360)


def chroma(found: Array) -> Array:
    """How far Lab is from grey."""
    return np.asarray(np.hypot(found[..., 1], found[..., 2]))


def clear(found: Array, scheme: str) -> Array:
    """How far Lab is from the words of a page: from black where pages are light, from white where they are dark."""
    return np.asarray(np.hypot(found[..., 0] if scheme == "light" else 100 - found[..., 0], chroma(found)))


def is_grey(found: Array, scheme: str) -> npt.NDArray[np.bool_]:
    """Whether a thin line of that Lab reads as grey, black or white."""
    return np.asarray((chroma(found) < GREY) | (clear(found, scheme) < CLEAR[scheme]))


def tinted(ground: str, colour: str) -> Array:
    """Linear RGB of a ground under the tint of a colour, mixed as browsers do, on bytes."""
    byte = [[int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in (ground, colour)]
    mixed = np.round((1 - TINT) * np.array(byte[0]) + TINT * np.array(byte[1])).astype(int)
    return np.asarray(channels(["#" + "".join(f"{channel:02x}" for channel in mixed)])[0])


def apart(one: Array, other: Array) -> Array:
    """Degrees between two hues, 0 to 180."""
    return np.asarray(180 - np.abs((np.abs(one - other) % 360) - 180))


def distance(one: Array, other: Array) -> Array:
    """CIEDE2000 between Lab and Lab."""
    mean_chroma = (chroma(one) + chroma(other)) / 2
    g = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    first, second = ((1 + g) * one[..., 1], one[..., 2]), ((1 + g) * other[..., 1], other[..., 2])
    c1, c2 = np.hypot(*first), np.hypot(*second)
    h1, h2 = (np.degrees(np.arctan2(at[1], at[0])) % 360 for at in (first, second))
    turn = h2 - h1
    turn = np.where(turn > 180, turn - 360, np.where(turn < -180, turn + 360, turn))
    turn = np.where(c1 * c2 == 0, 0, turn)
    dl, dc, dh = other[..., 0] - one[..., 0], c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    ml, mc = (one[..., 0] + other[..., 0]) / 2, (c1 + c2) / 2
    wide = np.abs(h1 - h2) > 180
    mh = np.where(wide, (h1 + h2 + np.where(h1 + h2 < 360, 360, -360)) / 2, (h1 + h2) / 2)
    t = (
        1 - 0.17 * np.cos(np.radians(mh - 30)) + 0.24 * np.cos(np.radians(2 * mh))
        + 0.32 * np.cos(np.radians(3 * mh + 6)) - 0.20 * np.cos(np.radians(4 * mh - 63))
    )  # fmt: skip
    sl = 1 + 0.015 * (ml - 50) ** 2 / np.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    rotation = -2 * np.sqrt(mc**7 / (mc**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((mh - 275) / 25) ** 2))))
    parts = (dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh)
    return np.asarray(np.sqrt(np.maximum(parts, 0)))


def read(path: Path = PALETTE) -> dict[str, dict[str, str]]:
    """The palette of the extension: scheme, kind, ``#rrggbb``."""
    text = path.read_text(encoding="utf-8")
    return {
        scheme: dict(re.findall(r"(\w+): \"(#[0-9a-f]{6})\"", text.split(f"{scheme}: {{")[1].split("}")[0]))
        for scheme in GROUNDS
    }


def measured(colours: dict[str, str], scheme: str) -> dict[str, Any]:
    """What is promised of a scheme: contrast of lines and text, least distance by vision, greys, hues that matter."""
    names = list(colours)
    linear = channels(list(colours.values()))
    seen = lab(linear)
    grounds = channels(GROUNDS[scheme])
    pairs = list(itertools.combinations(range(len(names)), 2))
    least = {}
    for vision in VISIONS:
        found = lab(linear, vision)
        all_pairs = [float(distance(found[one], found[other])) for one, other in pairs]
        at = int(np.argmin(all_pairs))
        least[vision] = (all_pairs[at], names[pairs[at][0]], names[pairs[at][1]])
    red = names.index("contested")
    grey = is_grey(seen, scheme)
    coloured = [at for at in range(len(names)) if at != red and chroma(seen[at]) > 1]  # white and black have no hue
    official, former = names.index("official"), names.index("former_official")
    quiet = channels([QUIET[scheme]])[0]
    return {
        "contrast": {
            name: [float(contrast(linear[at], ground)) for ground in grounds] for at, name in enumerate(names)
        },
        "least": least,
        "text": min(
            (float(contrast(quiet, tinted(ground, colour))), name)
            for ground in GROUNDS[scheme]
            for name, colour in colours.items()
            if name != "contested"
        ),
        "grey": [name for at, name in enumerate(names) if grey[at]],
        "from red": min((float(apart(hue(seen[at]), hue(seen[red]))), names[at]) for at in coloured),
        "offices": (
            float(apart(hue(seen[official]), hue(seen[former]))),
            min(float(distance(lab(linear[official], v), lab(linear[former], v))) for v in VISIONS),
        ),
    }


def _fits(linear: Array, scheme: str, red: Array) -> npt.NDArray[np.bool_]:
    """Which colours a kind of source may have at all, whatever the others have."""
    legible = [contrast(linear, ground) >= LEAST_CONTRAST for ground in channels(GROUNDS[scheme])]
    seen = lab(linear)
    return np.asarray(np.all(legible, axis=0) & ~is_grey(seen, scheme) & (apart(hue(seen), hue(red)) >= FROM_RED))


def _weighted(one: Array, other: Array) -> Array:
    """The least distance over all kinds of sight between every colour of the one and every colour of the other."""
    found = [WEIGHTS[vision] * distance(lab(one, vision)[:, None], lab(other, vision)[None]) for vision in VISIONS]
    return np.asarray(np.min(found, axis=0))


def polish(scheme: str, colours: dict[str, str]) -> dict[str, str]:
    """The same palette with each colour moved, in ever smaller steps, to where it is farthest from its nearest."""
    found = dict(colours)
    red = lab(channels([found["contested"]]))[0]
    for step in (8, 4, 2, 1):
        moves = step * np.array([*itertools.product(range(-2, 3), repeat=3)])
        for name, (low, high) in [*HUES.items()] * 4:
            at = np.array([int(found[name][place : place + 2], 16) for place in (1, 3, 5)])
            near = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in np.clip(at + moves, 0, 255)]
            linear = channels(near)
            angle = hue(lab(linear))
            fits = _fits(linear, scheme, red) & (angle >= low) & (angle <= high)
            if name in OFFICIALS:
                other = lab(channels([found[OFFICIALS[name]]]))
                fits &= apart(angle, hue(other)) >= OFFICES
            others = channels([colour for kind, colour in found.items() if kind != name])
            value = np.where(fits, _weighted(linear, others).min(axis=1), 0)
            if value.max() > value[len(moves) // 2]:  # where it is now
                found[name] = near[int(np.argmax(value))]
    return found


def search(scheme: str, fixed: dict[str, str], seed: int, rounds: int) -> dict[str, str]:
    """A palette with the largest least distance under the conditions above; the colours in ``fixed`` stay."""
    random = np.random.default_rng(seed)
    steps = [*range(0, 256, 17)]
    grid = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in itertools.product(steps, repeat=3)]
    linear = channels(grid)
    keep = np.flatnonzero(_fits(linear, scheme, lab(channels([fixed["contested"]]))[0]))
    angle = hue(lab(linear[keep]))
    among = _weighted(linear[keep], linear[keep])
    beside = _weighted(linear[keep], channels(list(fixed.values()))).min(axis=1)
    choices = [np.flatnonzero((angle >= low) & (angle <= high)) for low, high in HUES.values()]
    best: tuple[float, list[int]] = (0.0, [])
    for _ in range(rounds):
        chosen = [int(random.choice(own)) for own in choices]
        score = 0.0
        while True:
            for place, own in enumerate(choices):
                others = [at for number, at in enumerate(chosen) if number != place]
                value = np.minimum(beside[own], among[np.ix_(own, others)].min(axis=1))
                if place < 2:
                    value = np.where(apart(angle[own], angle[chosen[1 - place]]) >= OFFICES, value, 0)
                chosen[place] = int(own[int(np.argmax(value))])
            pairs = itertools.combinations(chosen, 2)
            now = min(float(beside[chosen].min()), *(float(among[one, other]) for one, other in pairs))
            if now <= score + 1e-9:
                break
            score = now
        if score > best[0]:
            best = (score, chosen)
    return polish(scheme, {**{name: grid[keep[at]] for name, at in zip(HUES, best[1], strict=True)}, **fixed})


def show(colours: dict[str, str], scheme: str) -> None:
    """Print what was measured."""
    found = measured(colours, scheme)
    print(f"\n{scheme}, on {' and '.join(GROUNDS[scheme])}")
    for name, colour in colours.items():
        seen = lab(channels([colour]))[0]
        ratios = "/".join(f"{ratio:.2f}" for ratio in found["contrast"][name])
        print(
            f"  {name:16} {colour}  {ratios:12} hue {float(hue(seen)):4.0f}  chroma {float(chroma(seen)):4.0f}"
            f"  clear of the words {float(clear(seen, scheme)):4.0f}"
        )
    for vision, (value, one, other) in found["least"].items():
        print(f"  least distance, {vision}: {value:.1f} ({one}, {other})")
    print(f"  read as grey: {', '.join(found['grey'])}")
    print("  nearest to contested in hue: {1}, {0:.0f} degrees".format(*found["from red"]))
    print("  official and former official: {:.0f} degrees apart, distance at least {:.1f}".format(*found["offices"]))
    print("  the palest text over a tint: {:.2f} ({})".format(*found["text"]))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.palette", description=__doc__)
    parser.add_argument("--search", action="store_true", help="look for a palette that keeps the conditions")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--palette", type=Path, default=PALETTE, help="a palette.js to measure")
    arguments = parser.parse_args()
    for scheme, colours in read(arguments.palette).items():
        if arguments.search:
            fixed = {name: colours[name] for name in ("document", "unattributed", "contested")}
            colours = search(scheme, fixed, 14, arguments.rounds)  # noqa: PLW2901
        show(colours, scheme)


if __name__ == "__main__":
    main()
