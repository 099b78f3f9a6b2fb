"""Levers: how far each is deployed in which year (S-curves), and what it can do at full deployment (potentials)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import BASE, COMMON, GROUP_KEYS, LEVER_KEYS, YEARS, at

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from tools.roadmap.defaults import Defaults

_T = np.array(YEARS, dtype=float)
_COMMON = at(COMMON)


def s_curve(start: float, mid: float, end: float, years: ArrayLike = _T) -> NDArray[np.float64]:
    """Logistic from 0 at ``start`` to 1 at ``end``, rising from 10 to 90 % over 0.6 of the span about ``mid``."""
    rate = 2 * np.log(9) / (0.6 * (end - start))

    def raw(t: ArrayLike) -> NDArray[np.float64]:
        return np.asarray(1 / (1 + np.exp(-rate * (np.asarray(t, dtype=float) - mid))))

    return np.asarray(np.clip((raw(years) - raw(start)) / (raw(end) - raw(start)), 0, 1))


@dataclass(frozen=True)
class Curve:
    """One lever's deployment: the common history to 2025, then an S-curve to its saturation."""

    start: float
    mid: float
    end: float
    saturation: float
    reached: float  # by 2025

    def path(self, lag: float = 0.0, scale: float = 1.0) -> NDArray[np.float64]:
        """Deployment by year, (T,). ``lag`` shifts the curve after 2025, ``scale`` multiplies the saturation."""
        history = self.reached * np.clip((_T - BASE) / (COMMON - BASE), 0, 1)
        curve = s_curve(self.start + lag, self.mid + lag, self.end + lag)
        rising = np.clip((curve - curve[_COMMON]) / (1 - curve[_COMMON]), 0, 1)
        top = max(self.saturation * scale - self.reached, 0.0)
        return np.where(_T <= COMMON, history, self.reached + top * rising)


def scenario_curves(defaults: Defaults, code: str) -> tuple[Curve, ...]:
    """The nine curves of a scenario (``CP``, ``DC`` or ``15``), in the order of LEVER_KEYS."""

    def of(lever: str) -> Curve:
        start, mid, end, top = (
            defaults.value(f"lever_{part}:{code}", lever) for part in ("start", "mid", "end", "saturation")
        )
        return Curve(start, mid, end, top, defaults.value("deployment_2025", lever))

    return tuple(of(lever) for lever in LEVER_KEYS)


def deployment(curves: tuple[Curve, ...], regions: int) -> NDArray[np.float64]:
    """Deployment of all levers, the same in every region; (K, R, T)."""
    paths = np.array([curve.path() for curve in curves])
    return np.repeat(paths[:, None, :], regions, axis=1)


@dataclass(frozen=True)
class Potentials:
    """What the levers do at full deployment, by sector group (G,), fuel (F3 = coal, oil, gas) or material row."""

    quality: NDArray[np.float64]  # (G,)
    efficiency: NDArray[np.float64]  # (G,)
    material: NDArray[np.float64]  # (4,) ores, other ores, minerals, metals
    process_coal: NDArray[np.float64]  # (G,)
    process_co2: NDArray[np.float64]  # (G,)
    electric: NDArray[np.float64]  # (G, 3)
    hydrogen: NDArray[np.float64]  # (G, 3)
    fuel: NDArray[np.float64]  # (G, 3)
    capture: NDArray[np.float64]  # (G,)
    renewable: float
    power_of_process: NDArray[np.float64]  # MWh per MWh of coal avoided, (G,)
    power_of_electric: NDArray[np.float64]  # (G,)
    power_of_hydrogen: NDArray[np.float64]  # (G,)
    gas_share: float  # of the coal heat replaced by fuel switching
    penalty: float  # MWh per t captured
    price: float  # yuan per MWh
    fuel_factor: NDArray[np.float64]  # t CO2 per MWh of heat: coal, oil, gas
    cap: float  # largest added power cost, share of the value-added coefficient


def load_potentials(defaults: Defaults) -> Potentials:
    """The potentials as arrays."""
    none = np.zeros(len(GROUP_KEYS))

    def fuels(lever: str, letters: str) -> NDArray[np.float64]:
        columns = [defaults.by_group(f"potential:{lever}{c}") if c in letters else none for c in "cog"]
        return np.column_stack(columns)

    return Potentials(
        quality=defaults.by_group("potential:QUAL"),
        efficiency=defaults.by_group("potential:EFF"),
        material=np.array([defaults.value("potential:MAT", row) for row in ("04", "05", "13", "14")]),
        process_coal=defaults.by_group("potential:PROCc"),
        process_co2=defaults.by_group("potential:PROCp"),
        electric=fuels("ELEC", "cog"),
        hydrogen=fuels("H2", "co"),
        fuel=fuels("FUEL", "co"),
        capture=defaults.by_group("potential:CCUS"),
        renewable=defaults.value("potential:RENEW", "PWR"),
        power_of_process=defaults.by_group("power_ratio:PROC"),
        power_of_electric=defaults.by_group("power_ratio:RHOE"),
        power_of_hydrogen=defaults.by_group("power_ratio:RHOH"),
        gas_share=defaults.value("fuel_gas_share", "FUEL coal"),
        penalty=defaults.value("ccus_penalty", "all"),
        price=defaults.value("power_price_implied", "China"),
        fuel_factor=np.array([defaults.value("fuel_co2_factor", f) for f in ("coal", "oil", "gas")]),
        cap=defaults.value("coefficient_cap", "buyer cell"),
    )
