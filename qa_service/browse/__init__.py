"""What is in the graph, page by page: things, neighbourhoods, staged groups, places, metrics, documents.

Every function reads one open store through a session and gives frozen dataclasses; what is a
place, a stage or a leading firm is told by the ontology, so no class of the domain is named here.
"""
