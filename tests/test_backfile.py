"""The back-file: every document is rows, whatever happens to it; a run can be taken up again; no words unless asked for."""

from __future__ import annotations

import ast
import os
import pickle
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from minutes_split import AuditIndex, MinutesSplitError, Plan, Roster, Splitter, backfile, read, split
from minutes_split.backfile import AUDIT_SCHEMA, SCHEMA, Job, PlanJob, Progress, Row, audit_rows, pool_rows, rows
from minutes_split.errors import ReadError
from tests import gold

FOLDER = gold.ROOT / "fixtures" / "neighbours"
MINUTES = (FOLDER / "minutes.docx").read_bytes()
ROSTER = Roster.load((FOLDER / "roster.json").read_bytes())
SPLITTER = Splitter(ROSTER)
ROSTERS = {"neighbours": ROSTER}
TYPES = {"string": str, "int64": int, "bool": bool}

needs_arrow = pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed (extra `arrow`)")
needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or which("java") is None, reason="pyspark or the Java it needs is not installed"
)


def jobs(number: int) -> list[Job]:
    """Every third a file that is none, the rest short texts."""
    return [
        Job(f"doc-{i}", b"%PDF-1.7 broken" if i % 3 == 2 else f"Note {i}. Alfie Marwood is in Year {i}.", "neighbours")
        for i in range(number)
    ]


def require_schema(found: list[Row], schema: tuple[tuple[str, str], ...]) -> None:
    for row in found:
        assert list(row) == [name for name, _ in schema]
        for name, kind in schema:
            assert row[name] is None or type(row[name]) is TYPES[kind], name


# --- one document -------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["unit", "section"])
def test_the_rows_of_a_document_are_its_units_or_sections_in_the_columns_of_the_schema(by: backfile.By) -> None:
    found = rows(SPLITTER, Job("m-1", MINUTES, "neighbours"), by=by)
    result = SPLITTER.split(read(MINUTES, document_id="m-1"))
    require_schema(found, SCHEMA)
    parts = result.units if by == "unit" else result.sections
    assert [(row["start"], row["end"], row["status"]) for row in found] == [
        (part.span.start, part.span.end, part.status) for part in parts
    ]
    assert {row["document_id"] for row in found} == {"m-1"}
    assert {row["row"] for row in found} == {by}


def test_rows_hold_neither_words_nor_keys_unless_they_are_asked_for() -> None:
    """Mutant: a default turned round."""
    job = Job("m-1", MINUTES, "neighbours")
    quiet, loud = rows(SPLITTER, job), rows(SPLITTER, job, words=True, keys=True)
    assert {(row["text"], row["key"]) for row in quiet} == {(None, None)}
    assert not any(name in str(quiet) for name in ("Marwood", "Stott", "Connor", "Alfie", "7730184"))
    assert all(row["text"] and row["key"] for row in loud)
    for bare, full in zip(quiet, loud, strict=True):
        assert bare == {**full, "text": None, "key": None}


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (b"", "document-empty"),
        ("  ", "document-empty"),
        (b"PK\x03\x04 cut short", None),
        ("a \0 b", "document-characters"),
    ],
)
def test_a_refused_document_is_one_row_with_its_code_and_place(minutes: bytes | str, code: str | None) -> None:
    (row,) = rows(SPLITTER, Job("m-2", minutes))
    require_schema([row], SCHEMA)
    assert (row["row"], row["document_id"]) == ("refused", "m-2")
    assert row["code"]
    assert row["where"]
    assert code in (None, row["code"])


def test_a_job_without_an_id_is_refused() -> None:
    assert rows(SPLITTER, Job("", "Alfie rang."))[0]["code"] == "job-id"


def test_a_fault_of_the_program_is_a_row_that_names_the_line_and_nothing_of_the_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mutant: catching our own refusals only, so that one document stops 50,000."""

    def fails(document: object) -> None:
        raise ValueError("Alfie Marwood")

    splitter = Splitter(ROSTER)
    monkeypatch.setattr(splitter, "split", fails)
    (row,) = rows(splitter, Job("m-3", "Alfie Marwood rang."))
    assert row["code"] == "library-fault"
    assert re.fullmatch(r"test_backfile\.py, line \d+", str(row["where"]))
    assert "Alfie" not in str(row)


def test_a_job_shows_nothing_and_pickles() -> None:
    for job in (Job("Marwood-1", b"Alfie", "Stott"), PlanJob("Marwood-1", "Alfie", "Stott", ("Craig",))):
        assert not any(name in repr(job) for name in ("Marwood", "Alfie", "Stott", "Craig"))
        assert pickle.loads(pickle.dumps(job)) == job


# --- many documents -----------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_a_pool_gives_what_one_process_gives_in_the_order_of_the_jobs(workers: int) -> None:
    expected = [rows(SPLITTER, job) for job in jobs(20)]
    assert list(pool_rows(jobs(20), ROSTERS, workers=workers)) == expected


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_is_taken_up_again_does_what_was_left_and_no_more(workers: int) -> None:
    whole = list(pool_rows(jobs(12), ROSTERS, workers=workers))
    first = whole[:5]
    done = {str(found[0]["document_id"]) for found in first}
    told: list[Progress] = []
    rest = list(pool_rows(jobs(12), ROSTERS, workers=workers, done=done, progress=told.append))
    assert first + rest == whole
    assert told[-1] == Progress(done=7, refused=3, skipped=5)
    assert [one.done + one.skipped for one in told] == list(range(1, 13))


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_documents_are_read_ahead_than_four_a_worker(workers: int) -> None:
    """Memory is bounded: the jobs may be a generator over any number of files. Mutant: `list(jobs)`."""
    taken = 0

    def counted() -> Iterator[Job]:
        nonlocal taken
        for job in jobs(200):
            taken += 1
            yield job

    run = pool_rows(counted(), ROSTERS, workers=workers)
    for number in range(1, 30):
        next(run)
        assert taken <= number + 4 * workers
    run.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_roster_that_nobody_gave_is_a_refusal_of_that_document(workers: int) -> None:
    ((row,),) = pool_rows([Job("m-4", "Alfie rang.", "elsewhere")], ROSTERS, workers=workers)
    assert (row["row"], row["code"]) == ("refused", "job-roster")
    with pytest.raises(MinutesSplitError) as refused:
        next(pool_rows(jobs(1), {}, workers=workers))
    assert str(refused.value) == "rosters: should hold at least one [backfile-no-roster]"


def test_a_document_that_kills_its_process_is_a_row_and_the_others_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutant: letting `BrokenProcessPool` through, or blaming every document that waited."""
    real = backfile.rows

    def deadly(splitter: Splitter, job: Job, **more: object) -> list[Row]:
        if job.document_id == "doc-4":
            os._exit(9)
        return real(splitter, job, **more)  # type: ignore[arg-type]  # passed on as they come

    expected = list(pool_rows(jobs(12), ROSTERS, workers=1))
    monkeypatch.setattr(backfile, "rows", deadly)
    found = list(pool_rows(jobs(12), ROSTERS, workers=2))
    assert found[4][0]["code"] == "worker-died"
    assert found[:4] + found[5:] == expected[:4] + expected[5:]


# --- plans --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index() -> AuditIndex:
    return AuditIndex.build([split(read(MINUTES, document_id="m-1"), ROSTER)])


def test_a_plan_that_holds_anothers_text_has_a_row_for_each_finding_without_words(index: AuditIndex) -> None:
    wrong = "Connor hit Alfie with a metal pole at least twice, held a knife to him."
    clean = "The plan will be reviewed in January."
    found = list(audit_rows([PlanJob("p-1", wrong, "A"), PlanJob("p-2", clean, "A"), PlanJob("p-3", b"", "A")], index))
    require_schema(found, AUDIT_SCHEMA)
    (first, second, third) = [row for row in found if row["row"] != "finding"]
    assert (first["plan_id"], first["verdict"]) == ("p-1", "findings")
    assert (second["plan_id"], second["verdict"], second["findings"]) == ("p-2", "nothing_found", 0)
    assert (third["plan_id"], third["row"], third["code"]) == ("p-3", "refused", "document-empty")
    findings = [row for row in found if row["row"] == "finding"]
    assert len(findings) == first["findings"]
    assert {"m-1"} == {row["source_document_id"] for row in findings if row["code"] == "copied"}
    assert not any(name in str(found) for name in ("Connor", "Alfie", "pole"))


def test_a_plan_of_ours_knows_its_own_family(index: AuditIndex) -> None:
    view = split(read(MINUTES, document_id="m-1"), ROSTER).view("A")
    plan = Plan("A", purpose="plan").paste(view.excerpts[0], field="Health")
    assert next(audit_rows([PlanJob("p-4", plan)], index))["family"] == "A"


def test_a_plan_of_nobody_is_refused_and_the_next_is_looked_through(index: AuditIndex) -> None:
    found = list(audit_rows([PlanJob("p-5", "Words."), PlanJob("p-6", "Words.", "A")], index))
    assert [row["row"] for row in found] == ["refused", "plan"]


# --- Arrow, Spark, the page ---------------------------------------------------------------------


def test_the_page_names_every_column_of_both_schemas() -> None:
    page = (gold.ROOT / "docs" / "backfile.md").read_text(encoding="utf-8")
    for name, kind in (*SCHEMA, *AUDIT_SCHEMA):
        assert f"| `{name}` | {kind} |" in page


def test_the_column_list_for_spark_has_every_column() -> None:
    assert backfile.spark_schema().startswith("`document_id` string, `row` string, `number` bigint")
    assert backfile.spark_schema().count(", ") == len(SCHEMA) - 1


def test_pyarrow_is_imported_by_those_who_ask_for_arrow_alone() -> None:
    tree = ast.parse(Path(backfile.__file__).read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert not any(name.startswith(("pyarrow", "pyspark")) for name in names)


@needs_arrow
def test_batches_of_documents_become_batches_of_rows() -> None:
    import pyarrow as pa

    batch = pa.RecordBatch.from_pylist([
        {"document_id": job.document_id, "roster": job.roster, "minutes": _bytes(job)} for job in jobs(7)
    ])  # fmt: skip
    made = list(backfile.in_arrow(ROSTERS, rows_a_batch=4)(iter([batch, batch])))
    assert all(one.schema == backfile.arrow_schema() for one in made)
    assert all(one.num_rows >= 4 for one in made[:-1])
    found = [row for one in made for row in one.to_pylist()]
    expected = [row for job in (*jobs(7), *jobs(7)) for row in rows(SPLITTER, _as_bytes(job))]
    assert found == expected


@needs_arrow
def test_a_batch_with_nothing_in_a_column_is_a_refused_row() -> None:
    import pyarrow as pa

    batch = pa.RecordBatch.from_pylist([{"document_id": "m", "minutes": None, "roster": "neighbours"}])
    (made,) = backfile.in_arrow(ROSTERS)(iter([batch]))
    assert [row["code"] for row in made.to_pylist()] == ["document-empty"]


@needs_arrow
@pytest.mark.parametrize("schema", [SCHEMA, AUDIT_SCHEMA])
def test_the_arrow_schema_has_the_columns_of_the_schema(schema: tuple[tuple[str, str], ...]) -> None:
    assert [(field.name, str(field.type)) for field in backfile.arrow_schema(schema)] == list(schema)


def recipe(title: str) -> str:
    """The code of a recipe in the page, by its heading."""
    page = (gold.ROOT / "docs" / "backfile.md").read_text(encoding="utf-8")
    return page.partition(f"## {title}\n")[2].partition("```py\n")[2].partition("```")[0]


@needs_arrow
def test_the_recipe_for_parquet_runs_and_runs_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet as pq

    monkeypatch.chdir(tmp_path)
    _laid_out(tmp_path)
    code = compile(recipe("One machine, Parquet out"), "backfile.md", "exec")
    exec(code, {"__name__": "recipe"})
    first = pq.read_table(tmp_path / "rows").to_pylist()
    assert {row["document_id"] for row in first} == {"conference.docx", "minutes.docx"}
    exec(code, {"__name__": "recipe"})
    assert pq.read_table(tmp_path / "rows").to_pylist() == first


@needs_arrow
@needs_spark
def test_the_recipe_for_spark_runs_on_a_local_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import warnings

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(gold.ROOT))  # where Spark's own Python processes find the library
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    _laid_out(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names: dict[str, Any] = {"__name__": "recipe"}
        exec(compile(recipe("Spark"), "backfile.md", "exec"), names)
        table = names["spark"].read.parquet("rows").toPandas()
        names["spark"].stop()
    expected = sum(len(rows(SPLITTER, Job(n, (FOLDER / n).read_bytes()))) for n in ("minutes.docx", "conference.docx"))
    assert len(table) == expected


def _laid_out(folder: Path) -> None:
    (folder / "minutes").mkdir()
    for name in ("minutes.docx", "conference.docx"):
        (folder / "minutes" / name).write_bytes((FOLDER / name).read_bytes())
    (folder / "roster.json").write_bytes((FOLDER / "roster.json").read_bytes())


def _bytes(job: Job) -> bytes:
    return job.minutes.encode() if isinstance(job.minutes, str) else job.minutes


def _as_bytes(job: Job) -> Job:
    return Job(job.document_id, _bytes(job), job.roster)


def test_a_reader_that_refuses_gives_its_own_code() -> None:
    """The code of the row is that of the exception, not one of ours around it."""
    with pytest.raises(ReadError) as refused:
        read(b"%PDF-1.7 broken")
    (row,) = rows(SPLITTER, Job("m-5", b"%PDF-1.7 broken"))
    assert (row["code"], row["where"], row["message"]) == (
        refused.value.code,
        refused.value.where,
        refused.value.message,
    )
