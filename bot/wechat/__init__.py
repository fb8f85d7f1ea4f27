"""The official account: what the platform posts to us, and what we ask of it."""
