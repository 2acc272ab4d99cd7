"""The privacy gate: what may identify somebody is found, decided by a person, masked before anything is published."""

from verbatim.privacy.masking import map_span, span_mapper

__all__ = ["map_span", "span_mapper"]
