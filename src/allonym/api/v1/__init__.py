"""Our own API, under /api/v1: screening, reading, dossiers, measures, changes, lists."""
