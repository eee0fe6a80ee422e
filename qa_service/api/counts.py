"""What the service counts, written as Prometheus reads it (text format 0.0.4)."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

#: upper bounds of the classes of durations, in seconds
BUCKETS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

Labels = tuple[tuple[str, str], ...]


@dataclass
class _Durations:
    classes: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    total: float = 0.0


class Counts:
    """Counters of one service; safe for threads.

    >>> counts = Counts(); counts.add("nqi_answers_total", status="answered")
    >>> 'nqi_answers_total{status="answered"} 1' in counts.text({})
    True
    """

    HELP: Final = {
        "nqi_requests_total": "Requests by route, method and status.",
        "nqi_request_seconds": "Duration of requests by route.",
        "nqi_answers_total": "Answers by status.",
        "nqi_cypher_total": "Hand-written statements by outcome.",
        "nqi_loads_total": "Loads by outcome.",
        "nqi_requests_running": "Requests that are running now.",
        "nqi_documents": "Documents in the graph.",
        "nqi_nodes": "Nodes in the graph by class.",
        "nqi_relationships": "Relationships in the graph by type.",
        "nqi_conflicts": "Conflicts in the graph.",
        "nqi_store_up": "Whether the store can be read.",
    }

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._counters: dict[tuple[str, Labels], float] = defaultdict(float)
        self._durations: dict[Labels, _Durations] = defaultdict(_Durations)
        self.running = 0

    def add(self, name: str, **labels: str) -> None:
        """One more."""
        with self._guard:
            self._counters[name, tuple(sorted(labels.items()))] += 1

    def took(self, seconds: float, **labels: str) -> None:
        """A request that took so long."""
        with self._guard:
            durations = self._durations[tuple(sorted(labels.items()))]
            durations.classes[bisect_left(BUCKETS, seconds)] += 1
            durations.total += seconds

    def text(self, gauges: Mapping[tuple[str, Labels], float]) -> str:
        """Everything counted, and some values as they are now."""
        with self._guard:
            counters = dict(self._counters)
            durations = {labels: (list(d.classes), d.total) for labels, d in self._durations.items()}
        counters[("nqi_requests_running", ())] = self.running
        lines: list[str] = []
        known = {**counters, **gauges}
        for name in sorted({name for name, _ in known}):
            kind = "counter" if name.endswith("_total") else "gauge"
            lines += [f"# HELP {name} {self.HELP[name]}", f"# TYPE {name} {kind}"]
            lines += [
                f"{name}{_written(labels)} {_number(known[n, labels])}"
                for n, labels in sorted(known)
                if n == name
            ]
        if durations:
            lines += list(self._histogram(durations))
        return "\n".join(lines) + "\n"

    def _histogram(self, durations: Mapping[Labels, tuple[list[int], float]]) -> Iterable[str]:
        name = "nqi_request_seconds"
        yield f"# HELP {name} {self.HELP[name]}"
        yield f"# TYPE {name} histogram"
        for labels, (classes, total) in sorted(durations.items()):
            below = 0
            for bound, n in zip((*map(str, BUCKETS), "+Inf"), classes, strict=True):
                below += n
                yield f"{name}_bucket{_written((*labels, ('le', bound)))} {below}"
            yield f"{name}_sum{_written(labels)} {total:.6f}"
            yield f"{name}_count{_written(labels)} {below}"


def _written(labels: Labels) -> str:
    if not labels:
        return ""
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return "{" + inside + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
