"""Contrast as WCAG 2.2 counts it, computed from the style sheet, in light and in dark."""

import re

import pytest

from allonym.web.statics import content

#: Text on what it stands on (4.5 to 1), and marks and edges on the page (3 to 1).
TEXTS = [("ink", p) for p in ("paper", "soft", "note", "group", "person", "agency", "government", "media")] + [
    ("dim", "paper"), ("dim", "soft"), ("link", "paper"), ("link", "soft"), ("link", "note"), ("link", "group"),
    ("link", "person"), ("on", "button"), ("bad", "bad-soft"), ("bad", "paper"), ("good", "paper"), ("link", "agency"),
    ("link", "government"), ("link", "media"),
]  # fmt: skip
MARKS = [(mark, "paper") for mark in ("focus", "edge", "for", "against", "start", "sum")] + [
    ("focus", "soft"),
    ("edge", "soft"),
]


def colours(dark: bool) -> dict[str, str]:
    light, night = re.findall(r":root\{([^}]*)\}", content("pages.css").decode())
    found = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]+)", light))
    return found | dict(re.findall(r"--([a-z-]+):(#[0-9a-f]+)", night)) if dark else found


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_can_be_read(dark: bool) -> None:
    found = colours(dark)
    wanted = [(a, b, 4.5) for a, b in TEXTS] + [(a, b, 3.0) for a, b in MARKS]
    reached = {(a, b): contrast(found[a], found[b]) for a, b, _ in wanted}
    low = [(a, b, round(reached[a, b], 2)) for a, b, least in wanted if reached[a, b] < least]
    assert not low


def test_focus_is_visible_and_motion_is_asked_for() -> None:
    css = content("pages.css").decode()
    assert ":focus-visible{outline:3px" in css and "prefers-reduced-motion" in css
    assert "@import" not in css and "url(" not in css
