"""Comparisons that return evidence; the sum; the explanation."""
