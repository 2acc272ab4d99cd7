"""REFI-QDA, the exchange format of programs for qualitative analysis (QDA-XML 1.0, www.qdasoftware.org)."""

from verbatim.exchange.refi_qda.identifiers import guid, plain
from verbatim.exchange.refi_qda.reading import read_codebook, read_project

__all__ = ["guid", "plain", "read_codebook", "read_project"]
