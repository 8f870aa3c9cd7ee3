"""The command line: parse, call, show. Nothing heavy is imported before a command runs."""

__all__ = ["main"]


def main() -> None:
    """Run `assemblier` with the arguments of the process and exit with its status."""
    import sys

    from assemblier.cli.program import run

    sys.exit(run(sys.argv[1:]))
