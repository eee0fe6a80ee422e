"""The command line, ``nqi``. Commands read their rooms when they run, so that each starts quickly."""


def main() -> None:
    """What the console script runs."""
    from qa_service.cli.app import run

    run()
