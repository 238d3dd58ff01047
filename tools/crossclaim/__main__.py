"""`python -m crossclaim` is the command `crossclaim`."""

from crossclaim.cli import main

main()
