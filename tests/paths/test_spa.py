"""Structural paths against a hand example, pyspa and the identity paths + remainder = footprint."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.mrio.algebra import calc_L
from tools.mrio.system import System
from tools.paths.spa import Paths, path_value, stages, structural_paths


def economy(seed: int, n: int) -> tuple[Any, Any, Any, Any]:
    """A productive random economy: A with column sums up to 0.85, intensities, final demand, total intensities."""
    random = np.random.default_rng(seed)
    A = random.uniform(0, 1, (n, n)) * (random.uniform(0, 1, (n, n)) < 0.5)
    A *= random.uniform(0.1, 0.85, n) / np.maximum(A.sum(0), 1e-12)
    f, y = random.uniform(0, 3, n), random.uniform(0, 100, n) * (random.uniform(0, 1, n) < 0.6)
    return A, f, y, f @ calc_L(A)


def by_chain(found: Paths) -> dict[tuple[int, ...], float]:
    return {found.chain(i): float(found.value[i]) for i in range(len(found.value))}


def test_two_sectors_by_hand() -> None:
    # A = [[.1, .2], [.3, 0]]: L = 1/.84 [[1, .2], [.3, .9]]; f = (2, 1): m = (2.3, 1.3)/.84; y = (0, 84): total 130.
    A, f, y = np.array([[0.1, 0.2], [0.3, 0.0]]), np.array([2.0, 1.0]), np.array([0.0, 84.0])
    m = np.array([2.3, 1.3]) / 0.84
    found = structural_paths(A, f, y, m, cut=0.02, order=10)
    assert found.total == pytest.approx(130)
    values = by_chain(found)
    assert values[(1,)] == pytest.approx(84)  # direct
    assert values[(1, 0)] == pytest.approx(2 * 0.2 * 84)
    assert values[(1, 0, 0)] == pytest.approx(2 * 0.1 * 0.2 * 84)
    assert values[(1, 0, 1)] == pytest.approx(1 * 0.3 * 0.2 * 84)
    assert values[(1, 0, 1, 0)] == pytest.approx(2.016)  # 2 * .2 * .3 * .2 * 84
    # subtree of (1, 0, 0): 2.3/.84 * 1.68 = 4.6 > 2.6 is followed; of (1, 0, 0, 0): 0.46 is not
    assert (1, 0, 0, 0) not in values and (1, 0, 0, 1) not in values and len(values) == 5
    assert sum(values.values()) + found.remainder == pytest.approx(130, rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 25), st.floats(1e-4, 0.2), st.integers(0, 7))
def test_paths_and_remainder_make_the_footprint(seed: int, n: int, cut: float, order: int) -> None:
    A, f, y, m = economy(seed, n)
    if not y.any():
        y[0] = 1.0
    found = structural_paths(A, f, y, m, cut=cut, order=order)
    footprint = float(f @ np.linalg.solve(np.eye(n) - A, y))
    assert float(found.value.sum()) + found.remainder == pytest.approx(footprint, rel=1e-9)
    assert found.remainder >= -1e-9 * footprint and (found.order <= order).all()
    for node in found.largest(5):
        assert path_value(A, f, y, found.chain(node)) == pytest.approx(float(found.value[node]), rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_a_lower_cut_only_adds_paths_and_no_path_above_the_cut_is_missed(seed: int, n: int) -> None:
    A, f, y, m = economy(seed, n)
    y[0] += 1.0
    coarse, fine = (by_chain(structural_paths(A, f, y, m, cut=c, order=6)) for c in (0.02, 0.001))
    assert coarse.items() <= fine.items()
    floor = 0.02 * float(m @ y)
    assert {c for c, v in fine.items() if v > floor} <= set(coarse)


def test_stages_are_the_power_series(provinces: System) -> None:
    y = provinces.mrio.y[:, 0]
    layers, beyond = stages(provinces.mrio.A, provinces.emissions.f, y, provinces.intensity, 6)
    assert layers.sum() + beyond == pytest.approx(float(provinces.intensity @ y), rel=1e-9)
    found = structural_paths(provinces.mrio.A, provinces.emissions.f, y, provinces.intensity, cut=1e-3, order=12)
    for k in range(6):
        assert found.value[found.order == k].sum() <= layers[k] * (1 + 1e-12) + 1e-12


def test_downstream_is_the_same_chains_from_the_other_end(provinces: System) -> None:
    mrio, f = provinces.mrio, provinces.emissions.f
    y, i = mrio.y.sum(1) + mrio.exports, mrio.at("NM", 24)
    seeds = np.zeros(len(f))
    seeds[i] = f[i]
    found = structural_paths(np.ascontiguousarray(mrio.A.T), y, seeds, mrio.x, cut=1e-3, order=12)
    assert found.total == pytest.approx(float(provinces.emissions.co2[i]), rel=1e-9)
    assert float(found.value.sum()) + found.remainder == pytest.approx(found.total, rel=1e-9)
    for node in found.largest(10):
        chain = found.chain(node)
        assert chain[0] == i
        assert path_value(mrio.A, f, y, chain[::-1]) == pytest.approx(float(found.value[node]), rel=1e-9)


def pyspa_paths(A: Any, f: Any, m: Any, target: int, threshold: float, order: int) -> dict[tuple[int, ...], float]:
    """The pathways pyspa extracts for one unit of a target's final demand."""
    import pandas as pd
    from pyspa.pyspa import get_spa

    n = len(f)
    sheet = pd.DataFrame(
        {"Name": [f"s{i}" for i in range(n)], "Region": "x", "Unit": "u", "DR_c_(Mt)": f, "TR_c_(Mt)": m}
    )
    with contextlib.redirect_stdout(io.StringIO()):
        chain = get_spa(target, order, A, sheet, {"c": threshold}, breakdown_remainder=False, zero_indexing=True)
    return {
        tuple(int(node.index_reference) for node in p.nodes): float(p.nodes[-1].direct_intensities["c"])
        for p in chain.pathways_list
    }


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("region", "sector"), [("JS", 27), ("GD", 20), ("HE", 14)])
def test_equal_to_pyspa_on_the_interprovincial_table(region: str, sector: int, provinces: System) -> None:
    A, f, m = provinces.mrio.A, provinces.emissions.f, provinces.intensity
    target = provinces.mrio.at(region, sector)
    y = np.zeros(len(f))
    y[target] = 1.0
    ours = by_chain(structural_paths(A, f, y, m, cut=1e-3, order=20))
    theirs = pyspa_paths(A, f, m, target, 1e-3 * m[target], 20)
    nonzero = {c: v for c, v in ours.items() if v != 0}  # pyspa leaves out paths that end in a sector without emissions
    assert set(nonzero) == set(theirs) and len(theirs) > 50
    for chain, value in theirs.items():
        assert nonzero[chain] == pytest.approx(value, rel=1e-12)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(4))
def test_equal_to_pyspa_on_random_tables(seed: int) -> None:
    A, f, _, m = economy(seed, 15)
    y = np.zeros(15)
    y[3] = 1.0
    ours = {c: v for c, v in by_chain(structural_paths(A, f, y, m, cut=1e-3, order=5)).items() if v != 0}
    theirs = pyspa_paths(A, f, m, 3, 1e-3 * m[3], 5)
    assert set(ours) == set(theirs)
    assert ours == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize(("cut", "order"), [(-0.1, 3), (1.5, 3), (0.1, -1)])
def test_bad_limits_are_refused(cut: float, order: int) -> None:
    A, f, y, m = economy(1, 4)
    with pytest.raises(ValueError, match="cut must be a share"):
        structural_paths(A, f, y, m, cut=cut, order=order)
