"""Pages for people: search, dossiers, lists, screening, reading, alerts, the audit log."""
