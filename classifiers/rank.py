"""hoax, election, stance -> rank: in what order a person should look, before place and time are considered."""

from typing import Final

LEAST: Final = 0.02
STANCE: Final[dict[str, float]] = {"asserts": 1.0, "unclear": 0.6, "reports": 0.3, "refutes": 0.05}


def rank(
    hoax: float, election: float, stance: str, hoax_weight: float = 1.0, election_weight: float = 0.7,
    stance_weight: float = 1.0,
) -> float:  # fmt: skip
    """hoax x election x stance, each to the power of its weight: 0-1; a weight of 0 switches a part off.

    An election weight below one lets a loud political hoax that names no election stand beside a doubtful item
    about the election.
    """
    concerns = max(election, LEAST)
    return float(hoax**hoax_weight * concerns**election_weight * STANCE[stance] ** stance_weight)
