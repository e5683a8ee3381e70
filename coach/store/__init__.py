"""Keeps rehearsals: one folder each, and an index of them in a database."""
