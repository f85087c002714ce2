"""CSV cells that no spreadsheet takes for a formula.

Takes a text; gives it with an apostrophe in front when it begins like a formula. Must not change any other text.
"""

#: The beginnings that spreadsheets evaluate; the last four are the full-width forms, which East Asian locales evaluate.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """The text, with a leading apostrophe when a spreadsheet would run it."""
    return "'" + text if text.startswith(DANGEROUS) else text
