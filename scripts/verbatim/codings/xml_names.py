"""Names of XML elements and attributes without their namespace, which differs between versions of one format."""

from __future__ import annotations

from lxml import etree


def name_of(element: etree._Element | None) -> str:
    """Return an element's name without namespace; "" for none, a comment or a processing instruction."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return etree.QName(element).localname


def value_of(element: etree._Element, name: str) -> str:
    """Return the attribute of this name, whatever its namespace; "" when it is not there."""
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
