"""Hits among many -> a share with the interval in which it lies (Wilson, 95 %): how far a small number is trusted."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
FEW = 5


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`; `low` and `high` bound the true share with 95 % confidence (0-1; 0 to 1 where `of` is 0)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        return max(0.0, self._middle - self._half) if self.hits else 0.0

    @property
    def high(self) -> float:
        return min(1.0, self._middle + self._half) if self.hits < self.of else 1.0

    @property
    def _middle(self) -> float:
        return (self.hits + Z * Z / 2) / (self.of + Z * Z)

    @property
    def _half(self) -> float:
        spread = self.hits * (self.of - self.hits) / self.of + Z * Z / 4 if self.of else Z * Z / 4
        return Z * sqrt(spread) / (self.of + Z * Z)
