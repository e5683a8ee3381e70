"""Speech synthesis, one engine per file."""
