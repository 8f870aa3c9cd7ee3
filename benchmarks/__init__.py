"""The measures of docs/methodes/performances.md, and how to take them again: `make bench`."""
