"""HTTP: yente's API, the reconciliation API, and our own; and the pages beside them."""
