"""Language models, as adapters of `coach.ports.ChatModel`."""
