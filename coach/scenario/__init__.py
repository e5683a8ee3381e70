"""Scenario files: the model, loading with exact places for every error, lint, and the library."""
