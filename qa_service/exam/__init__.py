"""The ontology writes its own exam: a made-up graph, questions in its words, and right answers
that are computed over the facts themselves."""
