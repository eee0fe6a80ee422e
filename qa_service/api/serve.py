"""Runs the service."""

from __future__ import annotations

import socket

import uvicorn

from ontology.errors import Unavailable
from qa_service.api.app import create_app
from qa_service.settings import words

#: how many ports are tried
_TRIED = 50


def run(url: str, host: str, port: int) -> None:
    """Serves the store at ``url`` until it is stopped."""
    uvicorn.run(create_app(url), host=host, port=port, log_level="warning")


def free_port(host: str, first: int) -> int:
    """The first port from ``first`` on that nobody listens on; Unavailable where there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, first + _TRIED):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Unavailable(
        words(
            f"端口 {first} 到 {first + _TRIED - 1} 都被占用",
            f"Ports {first} to {first + _TRIED - 1} are all taken",
        ),
        hint=words("用 --port 指定另一个端口。", "Name another port with --port."),
    )
