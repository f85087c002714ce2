"""Which entries of different lists are one actor: decided by matching and by people, kept with reasons, reversible."""
