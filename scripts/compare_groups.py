"""Compare the modalities of attributes, theme by theme."""

from verbatim import step, tables, theme_groups
from verbatim.problems import raise_all


def main(options):
    grid = tables.read("themes/grid", options.grid)
    interviews = tables.read("corpus/interviews", options.interviews)
    variables, faults = theme_groups.chosen(options.settings["variables"], interviews)
    raise_all(faults)
    groups, contrasts = theme_groups.compare(grid, interviews, variables, options.settings["permutations"])
    tables.write("themes/groups", groups, options.groups)
    tables.write("themes/contrasts", contrasts, options.contrasts)


if __name__ == "__main__":
    step.run(main, "grid", "interviews", "settings", "groups", "contrasts")
