"""Figures of a chain's members."""

from __future__ import annotations

from pathlib import Path

from qa_service.api.app import create_app
from tests.api.conftest import local
from tests.web.conftest import filled


def test_figures_of_members(tmp_path: Path) -> None:
    with local(create_app(filled(tmp_path, 20))) as client:
        found = client.get("/api/figures", params={"chain": "chain:331000/缝纫机"}).json()
        figures = {(f["subject"]["name"], f["phrase"], f["period"]): f for f in found["figures"]}
        assert {name for name, _, _ in figures} == {"甲缝制", "乙铸造", "戊整机"}
        lowest = figures["乙铸造", "一次检验合格率", "2023"]
        assert (lowest["shown"], lowest["value_kind"]) == ("91.2%", "actual")
        assert lowest["passages"]
        few = client.get("/api/figures", params={"chain": "chain:331000/缝纫机", "limit": 2}).json()
        assert (len(few["figures"]), few["truncated"]) == (2, True)
        assert client.get("/api/figures", params={"chain": "region:331000"}).status_code == 404
