"""Measurements of the product. Never imported by it."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as run_coach.py does: servers that are measured start from here
