"""The HTTP API of yente, spoken from Allonym's own store and index: match, search, entities, reconcile, catalogue."""
