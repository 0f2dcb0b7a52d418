"""Who is calling: bearer tokens, and the development issuer that makes them in embedded mode."""
