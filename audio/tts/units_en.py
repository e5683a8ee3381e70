"""English names of units, and what they are called when there are many."""

from __future__ import annotations

import re

UNITS = {
    "kg": "kilo",
    "g": "gram",
    "mg": "milligram",
    "ml": "milliliter",
    "mL": "milliliter",
    "L": "liter",
    "km": "kilometer",
    "cm": "centimeter",
    "mm": "millimeter",
    "lbs": "pound",
    "lb": "pound",
    "oz": "ounce",
    "ft": "foot",
    "mph": "mile per hour",
    "hrs": "hour",
    "hr": "hour",
    "mins": "minute",
    "min": "minute",
    "secs": "second",
    "sec": "second",
    "mAh": "milliamp hour",
    "℃": "degree Celsius",
    "°C": "degree Celsius",
    "℉": "degree Fahrenheit",
    "°F": "degree Fahrenheit",
    "°": "degree",
    "x": "time",
    "k": "thousand",
    "fl oz": "fluid ounce",
    "fl. oz": "fluid ounce",
    "sq ft": "square foot",
    "tbsp": "tablespoon",
    "tsp": "teaspoon",
    "pcs": "piece",
    "yds": "yard",
    "W": "watt",
    "V": "volt",
    "Hz": "hertz",
    "kHz": "kilohertz",
    "MHz": "megahertz",
    "GHz": "gigahertz",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "dB": "decibel",
    "fps": "frame per second",
    "¢": "cent",
}
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
END = r"(?![A-Za-z\d])"
"""What ends a unit."""
_MANY = {"foot": "feet", "inch": "inches"} | {
    name: name for name in ("thousand", "yuan", "pence", "hertz", "kilohertz", "megahertz", "gigahertz")
}
_COUNTED_FIRST = ("mile", "frame", "degree")
"""Of miles per hour and degrees Celsius the first word is many; of milliamp hours the last."""
PER = UNITS | {"mo": "month", "yr": "year", "pc": "piece", "ea": "each"}


def many(name: str, count: str) -> str:
    """Return the name of a unit for a count."""
    if count == "1":
        return name
    words = name.split()
    at = 0 if words[0] in _COUNTED_FIRST else -1
    words[at] = _MANY.get(words[at]) or f"{words[at]}s"
    return " ".join(words)
