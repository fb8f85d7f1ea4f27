"""What staff do: each step checks the right to it, does it, and leaves its trace. The console and the API call these."""
