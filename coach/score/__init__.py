"""Pure scoring: records in, scorecard out (`scorer.score`).

Nothing is imported here: a start of the room needs the scorecard's model only.
"""
