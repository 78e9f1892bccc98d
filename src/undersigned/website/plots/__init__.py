"""Small plots, drawn by the server as SVG, each with its numbers as a table.

Counts go in as frozen dataclasses, a drawing of plain numbers comes out, and a template (through
`templatetags/plots.py`) puts words to it in the page's language. Nothing here knows the database.

A plotting library would bring inline styles, which our Content-Security-Policy refuses, or a
script; fixed colours, where ours follow the page into the dark; and text that shrinks on a phone.
What we need of one is a scale and a path.
"""
