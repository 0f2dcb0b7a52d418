"""What we know: the archive, and the registers, trails and evidence built from it."""
