-- The picture: derived from the ledger, and rebuilt from it at any time.

-- How far the ledger's changes have been followed.
CREATE TABLE follower (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
) STRICT;
INSERT INTO follower VALUES (1, 0);

-- Items by a short number that stays inside. `kinds` is a set of bits and `places` a list of
-- longitudes and latitudes: what the faces of the item have, for all viewers together. They only
-- rule candidates out early; what a viewer is shown is folded from the rows.
CREATE TABLE items (
    item_no INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    kinds   INTEGER NOT NULL,
    places  BLOB NOT NULL
) STRICT;

CREATE TABLE rows (
    position    INTEGER PRIMARY KEY,
    item_no     INTEGER NOT NULL,
    label_no    INTEGER NOT NULL,
    past        INTEGER NOT NULL,  -- 1 when a newer version is held under the same label
    digest      BLOB NOT NULL,
    own_item    BLOB,              -- NULL for the item itself
    originator  TEXT NOT NULL,
    kind        TEXT NOT NULL,
    version     INTEGER NOT NULL,
    variant     INTEGER NOT NULL,
    precedence  INTEGER NOT NULL,
    made        INTEGER NOT NULL,
    received    INTEGER NOT NULL,
    title       TEXT,              -- NULL for a row without a face
    category    TEXT,
    at          INTEGER,
    lon         REAL,
    lat         REAL,
    radius      REAL,
    place       TEXT,
    status      TEXT,
    as_of       INTEGER,
    stale_after INTEGER,
    disputes    INTEGER NOT NULL
) STRICT;
CREATE INDEX rows_item ON rows (item_no, past, own_item);

-- The newest row of each item under each label.
CREATE TABLE spots (
    item_no  INTEGER NOT NULL,
    label_no INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (item_no, label_no)
) STRICT, WITHOUT ROWID;

-- The same spots once more as trails in order of arrival: one of all, and one for each label,
-- each kind and each cell of the map. A question walks the trails that are shortest for it.
CREATE TABLE trails (
    trail    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    item_no  INTEGER NOT NULL,
    label_no INTEGER NOT NULL,
    PRIMARY KEY (trail, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE trail_lengths (
    trail INTEGER PRIMARY KEY,
    spots INTEGER NOT NULL
) STRICT;

-- Folded words of current rows. The words come already folded and separated by blanks, so the
-- plainest tokenizer is the right one; tokens that start with a character of private use name the
-- label, kind and cells of a row, so that words and a window are looked up together.
CREATE VIRTUAL TABLE words USING fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
