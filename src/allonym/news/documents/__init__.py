"""Documents: bytes in, the text that is read and what the document says of itself out.

`opening.open_document` is the way in; what parses HTML, PDF and e-mail runs in a process of its own (`apart.py`).
"""
