-- The ledger: everything kept, in order of arrival.

CREATE TABLE docs (
    shelf INTEGER NOT NULL,
    key   BLOB NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (shelf, key)
) STRICT, WITHOUT ROWID;

-- Every distinct label has a number. Numbers are never given up.
CREATE TABLE labels (
    label_no INTEGER PRIMARY KEY,
    label    BLOB NOT NULL UNIQUE
) STRICT;

-- A purged record keeps its position and digest, all else is NULL. If it is given again it is a
-- new arrival, and the digest moves there: a position never means two things.
CREATE TABLE records (
    position   INTEGER PRIMARY KEY,
    digest_key INTEGER,
    item_key   INTEGER,
    digest     BLOB,
    item       BLOB,
    originator TEXT,
    version    INTEGER,
    variant    INTEGER,
    label_no   INTEGER,
    source     TEXT,    -- the partner it came from; NULL for our own
    onward     TEXT,    -- partner codes with blanks between; NULL for nobody
    precedence INTEGER,
    received   INTEGER,
    standing   TEXT,    -- the reason code of a parked record; NULL for a kept one
    bytes      BLOB     -- last, so that the columns before it are read without it
) STRICT;
-- Digests and items come in random order, so every record touches a page of its own in these two
-- indexes: keys of eight bytes keep them small. Whoever looks something up compares all of it.
CREATE INDEX records_digest ON records (digest_key) WHERE digest_key IS NOT NULL;
CREATE INDEX records_item ON records (item_key) WHERE item_key IS NOT NULL;
CREATE INDEX records_parked ON records (position) WHERE standing IS NOT NULL;

-- What followers of the ledger must look at again: a record was kept, purged or changed standing.
CREATE TABLE changes (
    no       INTEGER PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE tray (
    partner    TEXT NOT NULL,
    urgency    INTEGER NOT NULL,  -- 0 for the highest precedence
    no         INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    digest     BLOB NOT NULL,
    onward     TEXT,
    tighten    BLOB NOT NULL,
    reason     TEXT,
    size       INTEGER NOT NULL,
    PRIMARY KEY (partner, urgency, no)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tray_digest ON tray (digest, partner, kind);

CREATE TABLE streams (
    stream_no INTEGER PRIMARY KEY,
    partner   TEXT NOT NULL,
    way       INTEGER NOT NULL,   -- 0 from us, 1 to us
    UNIQUE (partner, way)
) STRICT;

-- `about` is the position of the record it is about, so that its index grows at its end instead
-- of at random places; papers that are no record here are found by digest in `other`.
CREATE TABLE entries (
    stream_no   INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    incarnation INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    about       INTEGER,
    other       BLOB,
    hash        BLOB NOT NULL,
    bytes       BLOB NOT NULL,
    signed_head BLOB,
    PRIMARY KEY (stream_no, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_about ON entries (about, stream_no, kind) WHERE about IS NOT NULL;
CREATE INDEX entries_other ON entries (other, stream_no, kind) WHERE other IS NOT NULL;

CREATE TABLE log (
    no     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    who    TEXT,
    what   TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
