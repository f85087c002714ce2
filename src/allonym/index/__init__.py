"""Candidates for a query, from a file that is built once and mapped into memory."""
