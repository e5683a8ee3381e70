"""Scripted streamers and the loop that lets them meet an audience, in virtual time, without sound or network."""
