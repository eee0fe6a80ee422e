"""Names of the parts of the graph that are structure and not domain.

Everything else (enterprises, chains, platforms, pass rates …) is known from the
``.ttl`` files only. A test holds every name here against the ontology.
"""

from typing import Final

# classes
OBSERVATION: Final = "Observation"
METRIC: Final = "Metric"
DOCUMENT: Final = "Document"
SECTION: Final = "Section"
PASSAGE: Final = "Passage"
CONTENT: Final = "Content"
SOURCE: Final = "Source"
LOAD_RUN: Final = "LoadRun"
COVERAGE: Final = "Coverage"
DECISION: Final = "Decision"
#: administrative divisions with a GB/T 2260 code; the only class that the gazetteer fills
REGION: Final = "Region"

# relationships of the structure
ABOUT: Final = "ABOUT"              # observation → the thing it is about
MEASURES: Final = "MEASURES"        # observation → metric
STATED_IN: Final = "STATED_IN"      # observation → passage (prose only)
IN_SECTION: Final = "IN_SECTION"    # passage → section, section → wider section
IN_DOCUMENT: Final = "IN_DOCUMENT"  # section → document
FROM_SOURCE: Final = "FROM_SOURCE"  # passage → numbered source it cites

#: from the narrower to the wider: regions, institutions, chains
PART_OF: Final = "PART_OF"
#: from a thing to where it stands
LOCATED_IN: Final = "LOCATED_IN"

STATED: Final = "stated"
DENIED: Final = "denied"

#: the three parallel lists that every node, relationship and observation carries
SUPPORT_LISTS: Final = ("passages", "stated_as", "sources")

#: value kinds of an observation
VALUE_KINDS: Final = ("actual", "baseline", "target", "change", "comparison", "share", "rank")
#: bounds of an observation's value; "~" is 约/近/左右
BOUNDS: Final = ("=", ">=", "<=", ">", "<", "~")
