"""What is asked of an L.1480 assessment."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.declare import Arguments
from tools.domain import PlaceArg
from tools.ict.activity import EnergyUse
from tools.ict.l1480_terms import Term


class L1480Arguments(Arguments):
    """The solution, its effects as far as known (t CO2e over the period), and the tier of the assessment."""

    solution: str | None = Field(
        None,
        max_length=200,
        description="What is assessed: remote meeting, smart building, logistics, or any other digital solution.",
    )
    first_order: float | None = Field(
        None, ge=0, le=1e12, description="F: the solution's own life-cycle emissions, t CO2e."
    )
    reference: float | None = Field(
        None, ge=0, le=1e12, description="E_ref: the activity's emissions in the reference scenario, t CO2e."
    )
    with_solution: float | None = Field(
        None, ge=0, le=1e12, description="E_ict: the same activity's emissions with the solution, t CO2e."
    )
    higher_order: float | None = Field(
        None, ge=-1e12, le=1e12, description="H: higher order effects, t CO2e; added (rebound) is positive."
    )
    tier: int | None = Field(
        None,
        ge=1,
        le=3,
        description="Tier of the assessment; without it the result counts as tier 3, internal screening.",
    )
    uses: tuple[EnergyUse, ...] = Field(
        (),
        max_length=12,
        description="Energy or distance instead of tonnes, each with its role; factors are the dataset's.",
    )
    count: float | None = Field(
        None, gt=0, le=1e9, description="Number of buildings, vehicles or users that amounts with each are of."
    )
    saved_percent: float | None = Field(None, gt=0, le=100, description="Percent of the reference that is saved.")
    place: PlaceArg | None = Field(None, description="Where electricity is used: its grid factor; else the nation's.")
    aside: tuple[str, ...] = Field(
        (),
        max_length=12,
        description="Figures of the asker that fit no input, as written; the answer says they were not used.",
    )
    asks: Literal["data", "claims", "netting", "definition"] = Field(
        "data",
        description="What is asked where no figures are given: data, the data needed; claims, what may be said in public by "
        "tier; netting, whether avoided emissions may be taken off an inventory; definition, what a term means.",
    )
    term: Term = Field("effects", description="The term, for asks=definition.")
    users: float | None = Field(None, gt=0, le=1e10, description="Number of users over which the effect is spread.")
    period: str | None = Field(
        None, max_length=60, description="The period the figures are for, e.g. 2025 or one year."
    )
