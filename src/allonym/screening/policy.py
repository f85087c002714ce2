"""The content security policy of pages that load nothing and run nothing.

Takes a page's one style sheet; gives the element for its head. Everything but that style sheet, which is allowed by
its hash, is forbidden.
"""

import base64
import hashlib


def policy(style: str) -> str:
    """The `meta` element that forbids a page everything but this style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    content = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'
