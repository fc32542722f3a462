-- The open-source desk: articles as they came, what people decided about them, feeds and rules.
-- Nothing of this is exchanged; an article that is kept becomes a record in the ledger.

CREATE TABLE articles (
    id        BLOB PRIMARY KEY,     -- also the item of the record, once it is kept
    digest    BLOB NOT NULL UNIQUE, -- of state, outlet, address and text: what decisions name
    state     TEXT NOT NULL,        -- actual, exercise or test
    outlet    TEXT NOT NULL,
    title     TEXT NOT NULL,
    address   TEXT,
    stamp     TEXT,                 -- when its feed says it was changed, as written
    published TEXT,                 -- a day
    html      INTEGER NOT NULL,
    raw       TEXT NOT NULL,
    came      INTEGER NOT NULL,
    by_person TEXT,                 -- who pasted it
    feed      BLOB,                 -- or which feed brought it
    touched   INTEGER NOT NULL,     -- retention counts from here
    aside     INTEGER NOT NULL,     -- put aside by a person
    record    BLOB                  -- digest of the record it was kept as
) STRICT, WITHOUT ROWID;

CREATE INDEX articles_by_arrival ON articles (state, came);
CREATE INDEX articles_by_address ON articles (address, stamp);

-- Never changed: the newest line about a claim counts, and an undone decision is a line too.
CREATE TABLE decisions (
    seq        INTEGER PRIMARY KEY,
    article    BLOB NOT NULL,
    sort       TEXT NOT NULL,
    start      INTEGER NOT NULL,    -- bytes of the raw text
    end        INTEGER NOT NULL,
    rule       TEXT NOT NULL,
    verdict    TEXT NOT NULL,       -- accepted, corrected, rejected or undone
    correction TEXT,
    person     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    draft_kind TEXT,
    draft_id   TEXT
) STRICT;

CREATE INDEX decisions_by_claim ON decisions (article, sort, start, end, rule, seq);

CREATE TABLE rules (
    rule   TEXT PRIMARY KEY,
    muted  INTEGER NOT NULL,
    person TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE feeds (
    id         BLOB PRIMARY KEY,
    address    TEXT NOT NULL,
    outlet     TEXT NOT NULL,
    state      TEXT NOT NULL,
    person     TEXT NOT NULL,
    added      INTEGER NOT NULL,
    etag       TEXT,
    modified   TEXT,
    polled     INTEGER,
    brought    INTEGER,             -- when it last brought something
    fault_code TEXT,
    fault      TEXT,
    UNIQUE (address, state)
) STRICT, WITHOUT ROWID;
