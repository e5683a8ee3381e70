"""Whether a turn is over, by its sound."""
