"""The current registers, each a module that owns its tables, its fold and its questions."""
