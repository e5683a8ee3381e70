"""Readers of transcripts: jsonl, csv, srt, vtt, txt. `coach.score.transcript` makes records of what they give."""
