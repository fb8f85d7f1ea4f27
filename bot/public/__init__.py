"""/p/: what anybody may read: verified rumours, corrections, the letter, the guidance."""
