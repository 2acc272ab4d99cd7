"""Anchoring: finding a coded quote again in a transcript that may have changed.

A coding is held by its words, the words around them and, last, by its place (W3C Web Annotation, TextQuoteSelector
and TextPositionSelector). Words found exactly are believed only when nothing else could be meant; whatever is only
similar is doubtful, and a person decides.
"""

from verbatim.anchors.document import Document, Span, comparable, document
from verbatim.anchors.finding import STATUSES, Anchor, Selector, find, holding, standing

__all__ = [
    "STATUSES",
    "Anchor",
    "Document",
    "Selector",
    "Span",
    "comparable",
    "document",
    "find",
    "holding",
    "standing",
]
