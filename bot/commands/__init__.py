"""The commands: one module per group of them. `bot.cli` lists them all."""
