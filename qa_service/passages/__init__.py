"""The documents of a store as they are searched, and what is read from their prose."""
