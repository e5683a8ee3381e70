"""What many rehearsals of one streamer tell: what is still open, what became of it, what to do next. Pure."""
