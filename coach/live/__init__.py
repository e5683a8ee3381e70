"""The real-time loop: asyncio and ports only."""
