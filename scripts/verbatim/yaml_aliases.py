"""What aliases (`&name`, `*name`) can do to a YAML file: nest a part in itself, or repeat it beyond measure."""

from __future__ import annotations

import yaml

from verbatim.problems import Problem

MOST_NODES = 200_000


def faults(text: str, place: str) -> list[Problem]:
    """Return the faults of aliases in `text`, each with its line; none where it is no YAML: reading it says that.

    Nothing is expanded: the size of what the aliases stand for is counted, so that a few lines that stand for
    millions (the « billion laughs ») cost nothing.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return _faults(root, place) if root is not None else []
    except yaml.YAMLError:
        return []
    except RecursionError:
        return [Problem(place, "trop de niveaux les uns dans les autres", "quelques niveaux", "aplatissez le fichier")]


def _faults(root: yaml.Node, place: str) -> list[Problem]:
    sizes: dict[int, int] = {}
    above: set[int] = set()
    found: list[Problem] = []

    def size(node: yaml.Node) -> int:
        if id(node) in above:
            mend = "écrivez en toutes lettres ce que le renvoi « * » désigne"
            what = "un renvoi (alias) place un élément dans lui-même"
            found.append(Problem(f"{place}, ligne {node.start_mark.line + 1}", what, "aucun cycle", mend))
            return 0
        if id(node) not in sizes:
            above.add(id(node))
            sizes[id(node)] = 1 + sum(size(child) for child in _children(node))
            above.discard(id(node))
        return sizes[id(node)]

    if size(root) > MOST_NODES and not found:
        worst = _heaviest(root, sizes)
        what = f"les renvois (alias) développés feraient {sizes[id(root)]} éléments"
        mend = "écrivez en toutes lettres ce que les renvois « * » désignent"
        found.append(Problem(f"{place}, ligne {worst.start_mark.line + 1}", what, f"moins de {MOST_NODES}", mend))
    return found


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _heaviest(node: yaml.Node, sizes: dict[int, int]) -> yaml.Node:
    """Return the lowest part that alone stands for too much."""
    while heavy := [child for child in _children(node) if sizes[id(child)] > MOST_NODES]:
        node = heavy[0]
    return node
