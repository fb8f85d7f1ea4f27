"""What is sent out, to whom, when, and the rules for it. Pure: data in, data out, time passed in."""
