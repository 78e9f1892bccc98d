"""`python -m undersigned`."""

from undersigned.config.cli import main

main()
