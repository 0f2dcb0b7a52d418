"""Heads of households in memory, to be searched by a part of the name. Nothing of it is written anywhere."""
