"""Fills a database of Sameboat with rows of an import, of about a kilobyte each, of which zstd can make half: FILE ROWS."""

import random
import sqlite3
import sys

file, rows = sys.argv[1], int(sys.argv[2])
random.seed(7)
words = [random.randbytes(random.randint(2, 6)).hex() for _ in range(2000)]
moment = "2026-01-02T03:04:05.678901+00:00"


def of_import(run):
    for number in range(rows):
        said = random.randbytes(256).hex() + " " + " ".join(random.choices(words, k=50))
        yield number.to_bytes(16), run, number, f"group {number}", "held", "[]", said


database = sqlite3.connect(file)
database.execute("pragma synchronous = off")
source, run = b"s" * 16, b"r" * 16
database.execute("insert into source (id, programme, format) values (?, 'Large', 'csv')", [source])
database.execute(
    "insert into import_run (id, source_id, state, begun_at, touched_at, ended_at) values (?, ?, 'complete', ?, ?, ?)",
    [run, source, moment, moment, moment],
)
database.executemany(
    "insert into import_row (id, run_id, number, external_id, outcome, notes, said) values (?, ?, ?, ?, ?, ?, ?)",
    of_import(run),
)
database.commit()
database.execute("pragma wal_checkpoint(truncate)")
