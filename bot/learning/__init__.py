"""How the small models learn on the spot: fit a candidate, examine it, keep it as a version, go back to an earlier one."""
