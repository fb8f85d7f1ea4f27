"""/api/v1: JSON for neighbouring systems. It calls what the console calls."""
