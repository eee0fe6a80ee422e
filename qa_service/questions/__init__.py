"""The text of a question → what it says: mentions, links, scope, and the sort of answer that it asks for."""
