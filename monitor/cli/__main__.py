"""`python -m monitor.cli`: the same as `jernih`."""

from monitor.cli import main

main()
