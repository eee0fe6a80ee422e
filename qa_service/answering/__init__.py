"""A reading, executed → an answer with its evidence."""
