from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """Where and how large; `postgres` and `redis` are addresses, or empty."""

    folder: Path
    articles: int
    large_folder: Path | None
    postgres: str
    redis: str
    quick: bool


@dataclass(frozen=True)
class Figure:
    """A measured value; with a goal it holds or not. `least` is for those of which more is better."""

    what: str
    value: float
    unit: str = ""
    goal: float | None = None
    least: bool = False
    note: str = ""

    @property
    def holds(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.least else self.value <= self.goal

    def __str__(self) -> str:
        measured = f"{self.value:,.2f} {self.unit}".strip()
        goal = "" if self.goal is None else f"{'>=' if self.least else '<='} {self.goal:g}"
        said = "" if self.goal is None else ("ok" if self.holds else "MISSED")
        return f"{self.what:58} {measured:>22} {goal:>10} {said:6}" + (f" {self.note}" if self.note else "")
