-- A journal as the first version of the command wrote it, with an attempt of every kind. Never changed.
CREATE TABLE attempts (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL UNIQUE,
    process TEXT NOT NULL,
    vendor  TEXT NOT NULL,
    address TEXT NOT NULL,
    line    TEXT,
    at      INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('accepted', 'rejected', 'unknown')),
    handle  TEXT,
    job     TEXT,
    ending  TEXT CHECK (ending IN ('done', 'failed', 'canceled')),
    file    TEXT
) STRICT;
CREATE INDEX attempts_of_line ON attempts (line) WHERE line IS NOT NULL;
CREATE INDEX attempts_of_job ON attempts (vendor, job) WHERE job IS NOT NULL;
CREATE TABLE lines (
    key     TEXT PRIMARY KEY,
    batch   TEXT NOT NULL,
    number  INTEGER NOT NULL,
    process TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO lines VALUES ('0123456789abcdef-1', '/a.jsonl', 17, NULL);
INSERT INTO attempts VALUES
    (1, 'a1', '9-0', 'fal', '', NULL, 1764300000000, 'unknown', NULL, NULL, NULL, NULL),
    (2, 'a2', '9-0', 'fal', '', NULL, 1764300000000, 'rejected', NULL, NULL, NULL, NULL),
    (3, 'a3', '9-0', 'fal', '', NULL, 1764300000000, 'accepted', 'hailuo1.fal.eyJpZCI6IjMiLCJhdCI6MX0', '3', NULL, NULL),
    (4, 'a4', '9-0', 'fal', '', '0123456789abcdef-1', 1764300000000, 'accepted', 'hailuo1.fal.eyJpZCI6IjQiLCJhdCI6MX0', '4',
     'done', '/videos/4.mp4'),
    (5, 'a5', '9-0', 'fal', '', NULL, 1764300000000, 'accepted', 'hailuo1.fal.eyJpZCI6IjUiLCJhdCI6MX0', '5', 'failed', NULL),
    (6, 'a6', '9-0', 'fal', '', NULL, 1764300000000, 'accepted', 'hailuo1.fal.eyJpZCI6IjYiLCJhdCI6MX0', '6', 'canceled', NULL),
    (7, 'a7', '9-0', 'seaart', 'sandbox:9-0', NULL, 1764300000000, 'accepted',
     'hailuo1.seaart.eyJpZCI6IjciLCJhdCI6MX0', '7', NULL, NULL),
    (8, 'a8', '9-0', 'fal', 'http://127.0.0.1:1', NULL, 1764300000000, NULL, NULL, NULL, NULL, NULL);
PRAGMA user_version = 1;
