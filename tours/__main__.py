"""Where the program begins: nearly nothing is loaded before an interrupt can be caught."""

from __future__ import annotations


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exits with 0, 1 (a fault, in one sentence) or 2 (usage)."""
    try:
        from tours.cli.entrance import enter

        enter(arguments)
    except KeyboardInterrupt:
        from tours.cli.entrance import stopped

        stopped()


if __name__ == "__main__":
    main()
