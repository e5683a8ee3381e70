"""Scoring many files: found, read, scored by many processes or machines, kept as they come, written out in order.

`find` lists files, `work` scores one, `local` and `cluster` spread the work, `journal` keeps what is done, `outputs`
and `overview` write it. Nothing here holds more than the files in flight.
"""
