"""What is measured, side by side: `python -m benchmarks` for speed, `python -m benchmarks.quality` for quality."""
