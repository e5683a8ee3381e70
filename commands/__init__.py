"""The commands of `run_coach.py`, one file each: `configure` declares its arguments, `run` does it."""
