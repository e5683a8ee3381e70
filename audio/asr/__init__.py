"""Speech recognition, one engine per file."""
