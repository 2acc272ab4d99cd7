"""What became of themes that the grid has renamed, merged or split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from verbatim.grid.model import Split, Theme


@dataclass(frozen=True)
class Grid:
    """The themes of a study, and those that were split. Whoever makes one has seen that nothing goes in a circle."""

    themes: tuple[Theme, ...] = ()
    splits: tuple[Split, ...] = ()

    @cached_property
    def titles(self) -> dict[str, str]:
        """Id -> title of each theme."""
        return {theme.id: theme.title for theme in self.themes}

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Id of each theme that was split -> the themes of the grid among which its codings are dealt, in its order."""
        new, order = successors(self.themes, self.splits), list(self.titles)
        return {split.theme: tuple(sorted(_living(split.theme, new), key=order.index)) for split in self.splits}

    @cached_property
    def current(self) -> dict[str, str]:
        """Present or old id -> the theme that counts its codings; of a split theme, the one that counts meanwhile."""
        found = {theme.id: theme.id for theme in self.themes}
        found |= {old: theme.id for theme in self.themes for old in theme.was}
        for split in self.splits:
            found[split.theme] = self._until(split, found)
        return found

    def _until(self, split: Split, known: Mapping[str, str]) -> str:
        mother = nearest_mother(self.themes, self.parts[split.theme])
        return known[split.until] if split.until else mother or self.parts[split.theme][0]


def current(grid: Grid) -> dict[str, str]:
    """Return present or old id -> the present theme that counts its codings."""
    return dict(grid.current)


def successors(themes: Sequence[Theme], splits: Sequence[Split]) -> dict[str, tuple[str, ...]]:
    """Return old id -> the ids that took its place."""
    renamed = {old: (theme.id,) for theme in themes for old in theme.was}
    return renamed | {split.theme: split.into for split in splits}


def _living(theme: str, new: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the themes of the grid that took the place of `theme`, however many changes ago."""
    return {one for part in new[theme] for one in _living(part, new)} if theme in new else {theme}


def nearest_mother(themes: Sequence[Theme], parts: Sequence[str]) -> str:
    """Return the lowest theme above all of `parts`; "" when there is none."""
    parent = {theme.id: theme.parent for theme in themes}
    lines = [_above(part, parent) for part in parts]
    return next((one for one in lines[0] if all(one in line for line in lines)), "")


def _above(theme: str, parent: Mapping[str, str]) -> list[str]:
    found = []
    while theme := parent[theme]:
        found.append(theme)
    return found


def circle(new: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the first circle of successions, its first id repeated at its end; empty when there is none."""
    done: set[str] = set()
    for start in sorted(new):
        path, stack = [], [(start, iter(new[start]))] if start not in done else []
        while stack:
            one, following = stack[-1]
            if not path or path[-1] != one:
                path.append(one)
            step = next(following, None)
            if step is None:
                done.add(one)
                stack.pop()
                path.pop()
            elif step in path:
                return [*path[path.index(step) :], step]
            elif step in new and step not in done:
                stack.append((step, iter(new[step])))
    return []
