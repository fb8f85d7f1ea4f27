"""What is officially known, and how a message finds it. Pure: data in, data out, time passed in."""
