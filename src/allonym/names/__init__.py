"""What a name is made of: scripts, parts, legal forms, particles, sounds."""
