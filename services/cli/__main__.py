"""`python -m services.cli`: the command without its script."""

from services.cli import main

main()
