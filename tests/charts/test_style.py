"""Colours that stay apart for everyone, text that can be read, labels that break where they should."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tools.charts.style import LOOKS, Theme, ink_on, luminance, measure, see_through, shade_at, width_of, wrap

# Machado, Oliveira, Fernandes (2009), severity 1.0, for linear RGB.
SIGHTS = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(shade: str) -> np.ndarray:
    parts = np.array([int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* under D65."""
    x = TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_series_colours_stay_apart(theme: Theme, sight: str) -> None:
    seen = [lab(SIGHTS[sight] @ linear(c)) for c in LOOKS[theme].series]
    gaps = {(i, j): float(np.linalg.norm(seen[i] - seen[j])) for i, j in combinations(range(len(seen)), 2)}
    assert min(gaps.values()) > 12
    assert min(gap for (_, j), gap in gaps.items() if j < 4) > 20


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sequence_grows_in_lightness_one_way(theme: Theme) -> None:
    light = [lab(linear(c))[0] for c in LOOKS[theme].sequence]
    steps = np.diff(light)
    assert (steps < -5).all() if theme == "light" else (steps > 5).all()


def test_text_contrasts_with_every_fill() -> None:
    fills = [c for look in LOOKS.values() for c in (*look.series, *look.sequence, *look.diverging, look.empty)]
    for fill in fills:
        light, dark = sorted((luminance(fill), luminance(ink_on(fill))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.0, fill
    for look in LOOKS.values():
        light, dark = sorted((luminance(look.surface), luminance(look.muted)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_shade_at_blends_between_steps() -> None:
    scale = ("#000000", "#808080", "#FFFFFF")
    assert [shade_at(scale, s) for s in (-1, 0, 0.25, 0.5, 1, 2)] == [
        "#000000", "#000000", "#404040", "#808080", "#FFFFFF", "#FFFFFF",
    ]  # fmt: skip
    assert see_through("#0A141E", 0.5) == "rgba(10,20,30,0.5)"


def test_wrap_counts_chinese_double_and_keeps_punctuation_off_line_starts() -> None:
    assert width_of("广东GD") == 6
    assert wrap("短", 10) == "短"
    lines = wrap("石油、炼焦产品和核燃料加工品", 10).split("<br>")
    assert "".join(lines) == "石油、炼焦产品和核燃料加工品"
    assert all(width_of(line) <= 12 and line[0] not in "，。、" for line in lines)
    assert wrap("Production and supply of electricity and heat", 20, lines=2).count("<br>") == 1
    assert wrap("Production and supply of electricity and heat", 20, lines=1).endswith("…")


def test_one_scale_for_all_values_of_a_chart() -> None:
    scaled = measure([297.8, 8.7, None], "Mt CO2", "zh")
    assert scaled.word == "亿吨"
    assert scaled.of(297.8) == pytest.approx(2.978)
    assert scaled.of(8.7) == pytest.approx(0.087)
    assert scaled.of(None) is None
    assert scaled.say(None) == "无数据"
    assert scaled.titled("排放量") == "排放量（亿吨）"
    assert measure([3.0], "rank", "en").titled("Rank") == "Rank"
