"""Many documents at once: rows of scalars for tables, a pool of processes, Arrow.

One job is one document. A document that is refused is a row with the code and
the place, never an exception, so that one bad file of 50,000 stops nothing.
Rows hold no words of the minutes unless `words=True` asks for them.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from minutes_split.attribution import Unit
from minutes_split.auditing import Audit, AuditIndex, audit
from minutes_split.document import Document
from minutes_split.errors import MinutesSplitError, ReadError, RosterError
from minutes_split.guard import LIBRARY
from minutes_split.plan import Plan
from minutes_split.policy import Policy
from minutes_split.readers import read
from minutes_split.roster import Roster
from minutes_split.sections import Section, Split, Splitter

Row = dict[str, str | int | bool | None]
By = Literal["unit", "section"]

SCHEMA: tuple[tuple[str, str], ...] = (
    ("document_id", "string"),
    ("row", "string"),
    ("number", "int64"),
    ("start", "int64"),
    ("end", "int64"),
    ("status", "string"),
    ("strength", "string"),
    ("basis", "string"),
    ("evidence", "string"),
    ("parties", "string"),
    ("cleared_for", "string"),
    ("rules", "string"),
    ("heading", "int64"),
    ("key", "string"),
    ("text", "string"),
    ("roster", "string"),
    ("format", "string"),
    ("digest", "string"),
    ("characters", "int64"),
    ("faults", "int64"),
    ("code", "string"),
    ("where", "string"),
    ("message", "string"),
    ("library", "string"),
)
"""Columns of `rows`, in this order. What each means: docs/backfile.md."""

AUDIT_SCHEMA: tuple[tuple[str, str], ...] = (
    ("plan_id", "string"),
    ("family", "string"),
    ("row", "string"),
    ("verdict", "string"),
    ("findings", "int64"),
    ("code", "string"),
    ("severity", "string"),
    ("part", "string"),
    ("start", "int64"),
    ("end", "int64"),
    ("allegation", "bool"),
    ("source_document_id", "string"),
    ("source_start", "int64"),
    ("source_end", "int64"),
    ("where", "string"),
    ("message", "string"),
    ("index", "string"),
    ("library", "string"),
)
"""Columns of `audit_rows`, in this order."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be split."""

    document_id: str = field(repr=False)
    """Yours; unique in the back-file, since a run is taken up again by it."""
    minutes: bytes | str = field(repr=False)
    """The bytes of the file, or text as it was typed."""
    roster: str = field(default="", repr=False)
    """Which roster; a key of the mapping that `pool_rows` and `in_arrow` are given."""


@dataclass(frozen=True, slots=True)
class PlanJob:
    """One plan to be looked through."""

    plan_id: str = field(repr=False)
    draft: bytes | str | Plan = field(repr=False)
    """The bytes of the file, text, or a `Plan`."""
    family: str = field(default="", repr=False)
    """Whose plan it is; of a `Plan`, its own."""
    recipients: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    done: int = 0
    """Documents that are rows now, the refused ones among them."""
    refused: int = 0
    skipped: int = 0
    """Documents that were in the output before."""


# --- one document -------------------------------------------------------------------------------


def rows(splitter: Splitter, job: Job, *, by: By = "unit", words: bool = False, keys: bool = False) -> list[Row]:
    """The document of `job` as rows of scalars with the columns of `SCHEMA`, in text order.

    `by`: a row for each unit or for each section. Without `words` the column `text` is `None`. Without `keys` the
    column `key` is: a key is a digest of the words, and those of a short sentence can be guessed from it.
    Returns: one row or more. A refused document is one row, `row` = "refused", with `code`, `where`, `message`; so is
    one on which this program fails (`code` = "library-fault", `where` = file and line of the program).
    Raises: nothing.
    """
    try:
        minutes = job.minutes
        document_id = _required(job.document_id)
        if isinstance(minutes, str):
            document = Document.from_text(minutes, document_id=document_id)
        else:
            document = read(minutes, document_id=document_id)
        return _made(splitter.split(document), job, by=by, words=words, keys=keys)
    except Exception as refused:  # whatever it is, it is a row
        return [_refused(job, *_told(refused))]


def _required(document_id: str) -> str:
    if not document_id:
        raise ReadError("job-id", "job", "has no document id")
    return document_id


def _made(result: Split, job: Job, *, by: By, words: bool, keys: bool) -> list[Row]:
    document = result.document
    common: Row = {
        "roster": job.roster,
        "format": document.source.format,
        "digest": document.source.digest,
        "characters": len(document.text),
        "faults": _unread(document),
    }
    parts: Iterable[Unit | Section] = result.units if by == "unit" else result.sections
    made = []
    for number, part in enumerate(parts):
        own: Row = {
            "document_id": document.document_id,
            "row": by,
            "number": number,
            "start": part.span.start,
            "end": part.span.end,
            "status": part.status,
            "strength": part.strength,
            "parties": None if part.parties is None else " ".join(sorted(part.parties)),
            "cleared_for": " ".join(sorted(part.cleared_for)),
            "heading": part.headings[-1] if part.headings else None,
            "text": part.span.within(document.text) if words else None,
        }
        if isinstance(part, Unit):
            own |= {"basis": part.basis, "evidence": part.evidence, "rules": " ".join(part.reasons)}
            own["key"] = part.key if keys else None
        made.append(_row(SCHEMA, common | own))
    return made


def _unread(document: Document) -> int:
    """How many places could not be read whole."""
    marks = sum(1 for mark in document.marks if mark.kind == "unread")
    return len(document.faults) + marks + sum(1 for block in document.blocks if block.faults)


def _refused(job: Job, code: str, where: str, message: str, faults: int = 1) -> Row:
    told: Row = {"document_id": job.document_id, "row": "refused", "roster": job.roster}
    return _row(SCHEMA, {**told, "code": code, "where": where, "message": message, "faults": faults})


def _told(refused: Exception) -> tuple[str, str, str, int]:
    """Code, place, message and number of faults, without anything that an outside exception says of its input."""
    if isinstance(refused, MinutesSplitError):
        return refused.code, refused.where, refused.message, len(refused.faults)
    trace, place = refused.__traceback__, ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return "library-fault", place, f"a fault of this program ({type(refused).__name__})", 1


def _row(schema: tuple[tuple[str, str], ...], values: Row) -> Row:
    """A row with every column of the schema, in its order."""
    return {name: values.get(name) for name, _ in schema} | {"library": LIBRARY}


# --- many documents on one machine --------------------------------------------------------------


def pool_rows(
    jobs: Iterable[Job],
    rosters: Mapping[str, Roster],
    *,
    workers: int,
    policy: Policy | None = None,
    done: Container[str] = (),
    progress: Callable[[Progress], None] | None = None,
    by: By = "unit",
    words: bool = False,
    keys: bool = False,
) -> Iterator[list[Row]]:
    """The rows of each document of `jobs`, in their order, made by `workers` processes (1: by this one).

    `jobs` is read as it is needed: no more than four documents a worker are in memory at once, so it may be a
    generator over any number of files. `rosters` is handed to each worker once. Documents whose id is in `done` are
    skipped; to take up a run again, pass the ids that stand in the output. `progress` is called after each document.
    Returns: one list of rows for each document that was not skipped, never empty.
    Raises: what `jobs`, `progress` or the caller of the generator raise; `RosterError` if there is no roster. A
    document that kills its process (out of memory) is a row with the code "worker-died".
    """
    if not rosters:
        raise RosterError("backfile-no-roster", "rosters", "should hold at least one")
    making = _Making(dict(rosters), policy, by, words, keys)
    told = Progress()
    made = _here(jobs, making, done) if workers <= 1 else _pooled(jobs, making, done, workers)
    for found in made:
        if found is None:
            told = replace(told, skipped=told.skipped + 1)
        else:
            refused = found[0]["row"] == "refused"
            told = replace(told, done=told.done + 1, refused=told.refused + refused)
        if progress is not None:
            progress(told)
        if found is not None:
            yield found


@dataclass(frozen=True)
class _Making:
    """All that a worker needs beside the job."""

    rosters: dict[str, Roster] = field(repr=False)
    policy: Policy | None
    by: By
    words: bool
    keys: bool

    def of(self, job: Job, splitter: Callable[[str], Splitter]) -> list[Row]:
        """The rows of one document; a roster that nobody gave is a refusal."""
        if job.roster not in self.rosters:
            return [_refused(job, "job-roster", "job", "names a roster that is not among those given")]
        return rows(splitter(job.roster), job, by=self.by, words=self.words, keys=self.keys)

    def splitters(self) -> Callable[[str], Splitter]:
        """Splitters by roster, the last few kept."""

        def compiled(reference: str) -> Splitter:
            return Splitter(self.rosters[reference], policy=self.policy)

        return lru_cache(maxsize=_SPLITTERS)(compiled)


_SPLITTERS = 16
"""So many compiled rosters a worker keeps: back-files come sorted by meeting, and a register makes each one large."""
_WAITING = 4
"""So many documents for each worker are read ahead."""


def _here(jobs: Iterable[Job], making: _Making, done: Container[str]) -> Iterator[list[Row] | None]:
    splitter = making.splitters()
    for job in jobs:
        yield None if job.document_id in done else making.of(job, splitter)


def _pooled(jobs: Iterable[Job], making: _Making, done: Container[str], workers: int) -> Iterator[list[Row] | None]:
    waiting: deque[tuple[Job, Future[list[Row]] | None]] = deque()
    pool = _started(making, workers)
    try:
        for job in jobs:
            waiting.append((job, None if job.document_id in done else _submitted(pool, job)))
            while len(waiting) >= _WAITING * workers:
                found, pool = _next(waiting, pool, making, workers)
                yield found
        while waiting:
            found, pool = _next(waiting, pool, making, workers)
            yield found
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _started(making: _Making, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, initializer=_begin, initargs=(making,))


def _submitted(pool: ProcessPoolExecutor, job: Job) -> Future[list[Row]]:
    try:
        return pool.submit(_in_worker, job)
    except BrokenProcessPool as broken:
        failed: Future[list[Row]] = Future()
        failed.set_exception(broken)
        return failed


def _next(
    waiting: deque[tuple[Job, Future[list[Row]] | None]], pool: ProcessPoolExecutor, making: _Making, workers: int
) -> tuple[list[Row] | None, ProcessPoolExecutor]:
    """The rows of the first that waits, and the pool to go on with.

    When a process dies, all that wait fail with it and nobody knows for which of them it died. So each gets a process
    of its own until one dies alone; the others go on in a new pool.
    """
    job, future = waiting.popleft()
    if future is None:
        return None, pool
    try:
        return future.result(), pool
    except BrokenProcessPool:
        pool.shutdown(wait=True, cancel_futures=True)
    found = _alone(job, making)
    pool = _started(making, workers)
    again = [(other, _submitted(pool, other) if _failed(late) else late) for other, late in waiting]
    waiting.clear()
    waiting.extend(again)
    return found, pool


def _failed(future: Future[list[Row]] | None) -> bool:
    return future is not None and (future.cancelled() or not future.done() or future.exception() is not None)


def _alone(job: Job, making: _Making) -> list[Row]:
    with _started(making, 1) as pool:
        try:
            return pool.submit(_in_worker, job).result()
        except BrokenProcessPool:
            return [_refused(job, "worker-died", "worker", "the process that read it died, as it does without memory")]


_WORKER: dict[str, Any] = {}
"""Of a worker process alone: what `_begin` was given, so that it does not travel with each job."""


def _begin(making: _Making) -> None:
    _WORKER["making"], _WORKER["splitter"] = making, making.splitters()
    gc.disable()  # this process is ours alone, and `_in_worker` clears up behind each document


def _in_worker(job: Job) -> list[Row]:
    """The rows of one document. What outlives it (rosters, word lists) is never gone through again for garbage."""
    found: list[Row] = _WORKER["making"].of(job, _WORKER["splitter"])
    gc.collect()
    gc.freeze()
    return found


# --- Arrow and Spark ----------------------------------------------------------------------------


def arrow_schema(schema: tuple[tuple[str, str], ...] = SCHEMA) -> Any:
    """`SCHEMA` (or `AUDIT_SCHEMA`) as a `pyarrow.Schema`. Needs pyarrow, which is imported here and not before."""
    pyarrow = import_module("pyarrow")
    return pyarrow.schema([(name, pyarrow.type_for_alias(kind)) for name, kind in schema])


def spark_schema(schema: tuple[tuple[str, str], ...] = SCHEMA) -> str:
    """`SCHEMA` (or `AUDIT_SCHEMA`) as the column list that Spark's `mapInArrow` takes."""
    kinds = {"string": "string", "int64": "bigint", "bool": "boolean"}
    return ", ".join(f"`{name}` {kinds[kind]}" for name, kind in schema)


def in_arrow(
    rosters: Mapping[str, Roster],
    *,
    policy: Policy | None = None,
    by: By = "unit",
    words: bool = False,
    keys: bool = False,
    rows_a_batch: int = 10_000,
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """A function from record batches to record batches, for Spark's `mapInArrow` or for Parquet.

    What comes in has the columns `document_id` (string), `minutes` (binary or string) and `roster` (string); what goes
    out is as `arrow_schema()` says, in batches of at least `rows_a_batch` rows but for the last.
    Raises: nothing for a document; a document without id, bytes or roster is a refused row.
    """
    making = _Making(dict(rosters), policy, by, words, keys)

    def mapped(batches: Iterator[Any]) -> Iterator[Any]:
        pyarrow = import_module("pyarrow")
        schema, splitter, held = arrow_schema(), making.splitters(), list[Row]()
        for job in _jobs(batches):
            held += making.of(job, splitter)
            if len(held) >= rows_a_batch:
                yield pyarrow.RecordBatch.from_pylist(held, schema=schema)
                held = []
        if held:
            yield pyarrow.RecordBatch.from_pylist(held, schema=schema)

    return mapped


def _jobs(batches: Iterator[Any]) -> Iterator[Job]:
    for batch in batches:
        columns = [batch.column(batch.schema.get_field_index(name)) for name in ("document_id", "minutes", "roster")]
        for document_id, minutes, roster in zip(*columns, strict=True):
            yield Job(document_id.as_py() or "", minutes.as_py() or b"", roster.as_py() or "")


# --- plans --------------------------------------------------------------------------------------


def audit_rows(plans: Iterable[PlanJob], index: AuditIndex, *, policy: Policy | None = None) -> Iterator[Row]:
    """Does any plan hold text from another family's minutes? Rows with the columns of `AUDIT_SCHEMA`, without words.

    For each plan first one row, `row` = "plan", with the verdict and the number of findings, then one for each finding,
    `row` = "finding". A plan that is refused is one row, `row` = "refused". `index` may be one of several shards of all
    minutes: the column `index` tells the rows of different shards apart.
    Raises: what `plans` raises, and nothing else.
    """
    for job in plans:
        common: Row = {"plan_id": job.plan_id, "family": job.family, "index": index.digest}
        try:
            draft = _draft(job)
            family = draft.family if isinstance(draft, Plan) else job.family or None
            recipients = None if isinstance(draft, Plan) else job.recipients
            found = audit(draft, against=index, family=family, recipients=recipients, policy=policy)
        except Exception as refused:  # whatever it is, it is a row
            code, where, message, _ = _told(refused)
            yield _row(AUDIT_SCHEMA, {**common, "row": "refused", "code": code, "where": where, "message": message})
            continue
        yield from _audited(found, {**common, "family": family})


def _draft(job: PlanJob) -> Document | Plan:
    if isinstance(job.draft, Plan):
        return job.draft
    if isinstance(job.draft, str):
        return Document.from_text(job.draft)
    return read(job.draft)


def _audited(found: Audit, common: Row) -> Iterator[Row]:
    yield _row(AUDIT_SCHEMA, {**common, "row": "plan", "verdict": found.verdict, "findings": len(found.findings)})
    for f in found.findings:
        source = f.source
        own: Row = {
            "row": "finding",
            "verdict": found.verdict,
            "code": f.code,
            "severity": f.severity,
            "part": f.part,
            "start": f.where.start,
            "end": f.where.end,
            "allegation": f.allegation,
            "source_document_id": source.document_id if source else None,
            "source_start": source.span.start if source else None,
            "source_end": source.span.end if source else None,
            "message": f.message,
        }
        yield _row(AUDIT_SCHEMA, common | own)
