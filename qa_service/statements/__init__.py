"""Hand-written Cypher: what is let in, how it is run, and what it says of the other engine."""
