"""The error tree: everything that means *the work could not be done*.

Wrong data is a value (Violation, Rejection, no answer), never an exception.

    KnowledgeGraphError
    ├── OntologyError       a .ttl file cannot be read or contradicts itself
    ├── SourceError         a document or table cannot be read (with its place)
    ├── QueryError
    │   ├── IllTypedForm    a logical form that the ontology does not allow
    │   ├── UnsupportedForm a form that cannot be compiled (yet)
    │   └── NotationError   text that is no logical form
    └── StoreError
        ├── Unavailable     a store that cannot be opened
        │   └── NoStore     there is none yet: a load makes one
        ├── WriteConflict   somebody else is writing
        ├── StatementError  the engine refused a statement
        └── StatementTimeout
"""


class KnowledgeGraphError(Exception):
    """``code`` is stable and machine-readable; ``hint`` says what to do next."""

    code = "error"

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where


class OntologyError(KnowledgeGraphError):
    code = "ontology"


class SourceError(KnowledgeGraphError):
    code = "source"


class QueryError(KnowledgeGraphError):
    code = "query"


class IllTypedForm(QueryError):
    code = "ill_typed"


class UnsupportedForm(QueryError):
    code = "unsupported"


class NotationError(QueryError):
    code = "notation"


class StoreError(KnowledgeGraphError):
    code = "store"


class Unavailable(StoreError):
    code = "unavailable"


class NoStore(Unavailable):
    code = "no_store"


class WriteConflict(StoreError):
    code = "write_conflict"


class StatementError(StoreError):
    code = "statement"


class StatementTimeout(StoreError):
    code = "timeout"
