"""What can happen: the facts, their stored form, and the log that keeps them."""
