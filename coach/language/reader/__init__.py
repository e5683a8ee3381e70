"""A small learned reader: what an utterance says of a selling point, read as a whole and not by its words."""
