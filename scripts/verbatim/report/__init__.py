"""The report: from the tables of a study to one page that is read offline.

`material` holds what the report is made of, `located` says where words and segments stand in the
turns; each `*_page` module makes the view of one page (plain lists and dicts, numbers unformatted);
`passages` makes the data from which the page shows verbatims on demand; `render` puts it all
together.
"""
