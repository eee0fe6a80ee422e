"""The sources of the page: their own tests, their types, and what the build promises."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from qa_service.settings import bundled
from tests.web.conftest import WEB, missing


@pytest.mark.parametrize("script", ["check", "test"])
def test_types_and_units(npm: str, script: str) -> None:
    done = subprocess.run([npm, "run", script], cwd=WEB, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lock_names_no_registry_and_has_hashes() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if "integrity" not in entry]


def test_text_is_never_put_in_as_markup() -> None:
    odd = r"innerHTML|outerHTML =|insertAdjacentHTML|document\.write|\beval\(|new Function"
    for path in WEB.glob("src/**/*.ts*"):
        assert not re.search(odd, path.read_text(encoding="utf-8")), path


def test_both_languages_have_the_same_words() -> None:
    """The types see to the names; here that no Chinese was left in the English words."""
    for line in (WEB / "src" / "words" / "en.ts").read_text(encoding="utf-8").splitlines():
        chinese = re.findall("[\\u4e00-\\u9fff]+", line)
        assert set(chinese) <= {"中文", "切换到中文", "株洲", "一站式", "行业", "产品"}, line


def test_what_is_built() -> None:
    page = bundled("web")
    if not (page / "index.html").is_file():
        missing("the page is not built")
    document = (page / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", document)
    assert not re.search(r"""(?:src|href)="(?!/page/)""", document)
    licences = (page / "THIRD_PARTY_LICENSES.txt").read_text(encoding="utf-8")
    for package in ("preact ", "@codemirror/view ", "d3-force "):
        assert package in licences


def test_no_file_is_long() -> None:
    for path in [*WEB.glob("src/**/*.*"), WEB / "build.py"]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 500, path
