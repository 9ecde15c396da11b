"""hoax, election, stance -> rank: in what order a person should look, before place and time are considered."""

from typing import Final

from classifiers.stance import Stance

STANCE: Final[dict[Stance, float]] = {"asserts": 1.0, "unclear": 0.6, "reports": 0.15, "refutes": 0.05}


def rank(
    hoax: float, election: float, stance: Stance, hoax_weight: float = 1.0, election_weight: float = 0.3,
    stance_weight: float = 1.0,
) -> float:  # fmt: skip
    """hoax x election x stance, each to the power of its weight: 0-1; a weight of 0 switches a part off."""
    return float(hoax**hoax_weight * election**election_weight * STANCE[stance] ** stance_weight)
