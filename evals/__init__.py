"""Measurements of the product. Never imported by it."""
