"""The product: live loop, audience, scoring. Knows no codec, socket, browser or model SDK."""
