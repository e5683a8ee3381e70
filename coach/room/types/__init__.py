"""One file per type of viewer: its profile and its rules."""
