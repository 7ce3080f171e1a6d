"""Fills a database of Sameboat with letters of about a kilobyte, of which zstd can make half: FILE ROWS."""

import random
import sqlite3
import sys

file, rows = sys.argv[1], int(sys.argv[2])
random.seed(7)
words = [random.randbytes(random.randint(2, 6)).hex() for _ in range(2000)]


def letters():
    for number in range(rows):
        body = random.randbytes(256).hex() + " " + " ".join(random.choices(words, k=50))
        moment = f"2026-01-{1 + number % 28:02}T03:04:05.{number % 1_000_000:06}+00:00"
        yield number.to_bytes(16), "someone@people.example", "A subject", body, moment, moment, 1


database = sqlite3.connect(file)
database.execute("pragma synchronous = off")
database.executemany(
    "insert into outbox (id, mail, subject, body, made_at, due_at, tries) values (?, ?, ?, ?, ?, ?, ?)",
    letters(),
)
database.commit()
database.execute("pragma wal_checkpoint(truncate)")
