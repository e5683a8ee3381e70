"""The practice room's web server: HTTP API, WebRTC signalling, and the built page."""
