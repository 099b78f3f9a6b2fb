"""Specialisation of regions: location quotient, revealed comparative advantage, coefficient of specialisation.

Location quotient: Florence (1939) and Isard (1960), Methods of Regional Analysis. Revealed comparative advantage: Balassa
(1965), The Manchester School 33(2), 99-123; its symmetric form: Laursen (1998, 2015), Eurasian Business Review 5, 99-115.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def quotient(values: Array, whole: Array | None = None) -> Array:
    """Share of a sector in its region over its share in the whole: (R, S) from values (R, S), not negative.

    With output or value added it is the location quotient, with exports Balassa's index. ``whole`` (S,) is the economy of
    reference, by default the sum over regions. NaN where it is undefined: a region with nothing, a sector that the
    reference does not have. Raises ValueError for negative values.
    """
    reference = values.sum(0) if whole is None else whole
    if (values < 0).any() or (reference < 0).any():
        raise ValueError("quotients are of values that are not negative")
    own = _share(values, values.sum(1, keepdims=True))
    return _share(own, _share(reference, reference.sum(keepdims=True)))


def symmetric(index: Array) -> Array:
    """(RCA - 1) / (RCA + 1), from -1 to 1 with 0 as neutral; the same for a location quotient."""
    return np.asarray((index - 1) / (index + 1))


def _share(part: Array, whole: Array) -> Array:
    below = np.broadcast_to(whole, np.broadcast_shapes(part.shape, whole.shape))
    above = np.broadcast_to(part, below.shape)
    return np.asarray(np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0))


__all__ = ["quotient", "symmetric"]
