"""What a question may mean: the sources of readings, and their one ranked list."""
