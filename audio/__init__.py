"""How the coach hears and speaks: adapters for the ports of `coach.ports`."""
