"""What a dendrogram shows, however it is laid out."""

from __future__ import annotations

from dataclasses import dataclass

from verbatim.figures.tree_shape import Split


@dataclass(frozen=True)
class Entry:
    """One end of the tree: its class, and what is told of it."""

    number: int
    name: str
    share: str
    size: str
    remark: str

    @property
    def names(self) -> dict[int, str]:
        """The name, as `class_titles` takes it."""
        return {self.number: self.name}


@dataclass(frozen=True)
class Dendrogram:
    """The trees (none, one, or the two of double mode), their ends in order, and how much is classified.

    With one tree the entries are its leaves; with two, the classes, in the order of the first.
    """

    trees: tuple[Split, ...]
    entries: tuple[Entry, ...]
    classified: str
    palette: list[str]
