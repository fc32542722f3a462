-- What belongs to this machine's screens alone: no evidence, never exchanged.

CREATE TABLE sessions (
    id      BLOB PRIMARY KEY,      -- digest of the cookie's token, never the token
    person  TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    key     BLOB NOT NULL          -- the person's key, sealed under the token
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    person   TEXT NOT NULL,
    id       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    json     TEXT NOT NULL,
    PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;
