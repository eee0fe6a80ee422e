"""Routes that change the graph: loads in the background, and undo. The one place of the service that
knows the loaders (docs/architecture.md §2)."""

from __future__ import annotations

import logging
import queue
import secrets
import shutil
import tempfile
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Final, Literal

from fastapi import APIRouter, Request
from fastapi import Path as PathParameter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from ontology.errors import KnowledgeGraphError, QueryError
from qa_service.api.limits import LARGEST_LOAD
from qa_service.api.models import LoadStarted, LoadState, UndoResponse
from qa_service.api.service import Service, busy
from qa_service.settings import bundled, words

if TYPE_CHECKING:
    from graph.store import GraphStore
    from ontology.model import Ontology

#: loads that may wait, and finished ones that are remembered
_WAITING: Final = 20
_REMEMBERED: Final = 200
#: files of one load
_FILES: Final = 1000

_LOG = logging.getLogger("nqi.loads")


class NoSuchLoad(QueryError):
    """No load has this id (any more)."""

    code = "no_load"


class BadUpload(QueryError):
    """What was sent cannot be a load."""

    code = "upload"


@dataclass
class _Load:
    id: str
    folder: Path
    prefix: str
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    done: int = 0
    total: int = 0
    what: str = ""
    report: Mapping[str, object] | None = None
    error: dict[str, str] | None = field(default=None)

    def to_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "what": self.what,
            "report": self.report,
            "error": self.error,
        }


class Loads:
    """Loads one after the other, in a thread of their own."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._queue: queue.Queue[_Load] = queue.Queue(_WAITING)
        self._known: OrderedDict[str, _Load] = OrderedDict()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, folder: Path, prefix: str) -> _Load:
        """Queues what is in ``folder``, which is taken away afterwards; Busy where too many wait."""
        load = _Load(secrets.token_hex(8), folder, prefix)
        with self._guard:
            try:
                self._queue.put_nowait(load)
            except queue.Full:
                raise busy() from None
            self._known[load.id] = load
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="loads", daemon=True)
                self._thread.start()
        return load

    def get(self, ident: str) -> _Load:
        load = self._known.get(ident)
        if load is None:
            raise NoSuchLoad(
                words(f"没有读入任务 {ident}", f"There is no load {ident}"),
                hint=words(
                    "服务重启后不再记得以前的任务。", "Loads from before a restart are not remembered."
                ),
            )
        return load

    def _work(self) -> None:
        while True:
            self._run(self._queue.get())

    def _run(self, load: _Load) -> None:
        load.state = "running"
        try:
            load.report = self._loaded(load)
            load.state = "done"
        except KnowledgeGraphError as error:
            load.error = {
                "code": error.code,
                "message": error.message,
                "hint": error.hint,
                "where": error.where,
            }
            load.state = "failed"
        except Exception as error:  # noqa: BLE001  the outer door of this thread: the next load has to run
            _LOG.exception("fault of a load", exc_info=error)
            load.error = {"code": "internal", "message": type(error).__name__, "hint": "", "where": ""}
            load.state = "failed"
        finally:
            shutil.rmtree(load.folder, ignore_errors=True)
            self._service.counts.add("nqi_loads_total", outcome=load.state)

    def _loaded(self, load: _Load) -> Mapping[str, object]:
        from loaders.load import load as load_paths

        def progress(done: int, total: int, what: str) -> None:
            load.done, load.total, load.what = done, total, what

        files = [file for file in load.folder.rglob("*") if file.is_file()]
        # one file is called as it is said; several stand behind it
        paths = files if len(files) == 1 and load.prefix else [load.folder]
        with _writable(self._service.url) as (store, ontology):
            return load_paths(paths, store, ontology, as_name=load.prefix, progress=progress).to_json()


_UPLOAD: Final[dict[str, object]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "as": {
                            "type": "string",
                            "maxLength": 500,
                            "description": "Id of the document (one file) or what is before ids (several).",
                        },
                    },
                }
            }
        },
    }
}


def routes(service: Service) -> APIRouter:
    """``/api/loads`` and ``/api/undo``."""
    router = APIRouter(tags=["loading"])
    loads = Loads(service)

    @router.post("/api/loads", response_model=LoadStarted, status_code=202, openapi_extra=_UPLOAD)
    async def load(request: Request) -> JSONResponse:
        """Begins to load files: each becomes a document called as the file, behind ``as`` where it is given.
        A name may hold folders; what a document of that id said before is replaced."""
        folder = Path(tempfile.mkdtemp(prefix="nqi-load-"))
        try:
            prefix = await _received(request, folder)
            started = loads.start(folder, prefix)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return JSONResponse({"id": started.id}, status_code=202)

    @router.post("/api/loads/demonstration", response_model=LoadStarted, status_code=202)
    def load_demonstration() -> JSONResponse:
        """Begins to load the demonstration material that comes with the program."""
        folder = Path(tempfile.mkdtemp(prefix="nqi-load-"))
        try:
            shutil.copytree(bundled("data"), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
            started = loads.start(folder, "")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return JSONResponse({"id": started.id}, status_code=202)

    @router.get("/api/loads/{id}", response_model=LoadState)
    def load_state(
        ident: Annotated[str, PathParameter(alias="id", pattern="^[0-9a-f]{1,64}$")],
    ) -> JSONResponse:
        """How far a load is, and its report when it is done."""
        return JSONResponse(loads.get(ident).to_json())

    @router.post("/api/undo", response_model=UndoResponse)
    def undo() -> JSONResponse:
        """Goes back to the version before the last load."""
        with _writable(service.url) as (store, _):
            return JSONResponse({"undone": store.undo()})

    return router


@contextmanager
def _writable(url: str) -> Iterator[tuple[GraphStore, Ontology]]:
    from graph.open import open_store
    from graph.own_ontology import ontology_of
    from loaders.extract_files import EXTRACTOR

    ontology = ontology_of(url)
    store = open_store(url, ontology, writable=True, extractor=EXTRACTOR)
    try:
        yield store, ontology
    finally:
        store.close()


async def _received(request: Request, folder: Path) -> str:
    """Writes the files of a request into ``folder``; gives the value of ``as``."""
    try:
        form = await request.form(max_files=_FILES, max_fields=10)
    except HTTPException as refused:
        raise BadUpload(str(refused.detail), hint=_hint()) from None
    try:
        files = form.getlist("files")
        prefix = form.get("as") or ""
        unknown = sorted(set(form) - {"files", "as"})
        if unknown or not isinstance(prefix, str) or not all(isinstance(f, UploadFile) for f in files):
            raise BadUpload(
                words("表单里有不认识的内容", "The form holds something unknown"),
                hint=_hint(),
                where=", ".join(unknown),
            )
        if not files:
            raise BadUpload(words("没有文件", "There is no file"), hint=_hint())
        if prefix:
            _checked(prefix)
        for file in files:
            assert isinstance(file, UploadFile)
            place = folder.joinpath(*_checked(file.filename or "").parts)
            await run_in_threadpool(_written, file, place)
    finally:
        await form.close()
    return prefix


def _written(file: UploadFile, place: Path) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as out:
            shutil.copyfileobj(file.file, out)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        raise BadUpload(words("两个文件同名", "Two files have one name"), where=file.filename or "") from None
    except OSError as error:
        raise BadUpload(f"{error.strerror}", hint=_hint(), where=file.filename or "") from None


def _checked(name: str) -> PurePosixPath:
    """A document's id as a path that stays inside a folder."""
    path = PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/")))
    odd = any(unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in name)
    parts = path.parts
    if (
        odd
        or not parts
        or path.is_absolute()
        or ":" in parts[0]
        or len(name) > 500
        or any(part in ("..", ".") or part.startswith(".") or len(part.encode()) > 200 for part in parts)
    ):
        raise BadUpload(
            words("不能这样命名文档", "A document cannot be called so"),
            hint=_hint(),
            where=name.encode("utf-8", "replace").decode()[:200],
        )
    return path


def _hint() -> str:
    return words(
        f"以 multipart/form-data 发送：files（可多个）和可选的 as；总共最多 {LARGEST_LOAD >> 20} MB。",
        "Send multipart/form-data: files, as often as needed, and perhaps as; "
        f"at most {LARGEST_LOAD >> 20} MB together.",
    )
