"""Reading documents: who is named, what was done to whom, and who says so."""
