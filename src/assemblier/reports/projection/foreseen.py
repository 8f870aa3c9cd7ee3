"""What the report of a projection holds: the engine's answer and the lists that go with it."""

from dataclasses import dataclass

from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.scenarios.at_risk import AtRisk
from assemblier.scenarios.handover import Handover
from assemblier.scenarios.projection import Hypothesis, Overlay, Projection
from assemblier.scenarios.trainees import Promotion


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Everything the report shows.

    Attributes
    ----------
    projection
        Stock, medical time, scores and zones to come.
    hypotheses
        Each with its parameter.
    at_risk
        Practices at risk; None for a profession the rule does not know.
    handover
        Practices to hand over; None where no departure was announced.
    promotions
        People in training, by year; empty where nobody told.
    overlay
        The national curve by mode of practice, on one scale with the local one; None where no
        file gives it.
    flow
        The table of flows the observed rates were read in; None where there is none.
    notes
        What could not be projected, and why.
    """

    projection: Projection
    hypotheses: tuple[Hypothesis, ...]
    at_risk: AtRisk | None = None
    handover: Handover | None = None
    promotions: tuple[Promotion, ...] = ()
    overlay: Overlay | None = None
    flow: StockFlow | None = None
    notes: tuple[str, ...] = ()
