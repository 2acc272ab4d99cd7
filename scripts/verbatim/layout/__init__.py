"""Where the words of a graph stand: deterministic, with room for every label.

The unit of the plane is the typographic point: drawn at scale 1 with the font sizes of `font_sizes`, no two labels
touch; a figure of another size scales positions and fonts alike.
"""

from verbatim.layout.halos import halos, inside
from verbatim.layout.labels import BOLD_FROM, LARGEST_FONT, MARGIN, SMALLEST_FONT, boxes, font_sizes, overlaps
from verbatim.layout.placing import place, place_boxes
from verbatim.layout.untangling import crossings

__all__ = [
    "BOLD_FROM",
    "LARGEST_FONT",
    "MARGIN",
    "SMALLEST_FONT",
    "boxes",
    "crossings",
    "font_sizes",
    "halos",
    "inside",
    "overlaps",
    "place",
    "place_boxes",
]
