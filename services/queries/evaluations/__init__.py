"""What is asked about the yearly classification."""
