"""The audience: pure and seeded."""
