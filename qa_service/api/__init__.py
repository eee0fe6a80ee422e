"""The HTTP service: thin, one route a question; its shapes are those of docs/contract.md §4."""
