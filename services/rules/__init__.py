"""Rules that change, as dated data files with their source and certainty."""
