-- Trails in stretches: what one transaction lays on a trail is written once. The picture is built
-- anew from the ledger.
DROP TABLE trails;
CREATE TABLE trails (
    trail INTEGER NOT NULL,
    first INTEGER NOT NULL,  -- position of its first spot
    spots BLOB NOT NULL,     -- up to 128, in order of arrival; see picture/stretch.rs
    PRIMARY KEY (trail, first)
) STRICT, WITHOUT ROWID;
DELETE FROM trail_lengths;
DELETE FROM spots;
DELETE FROM rows;
DELETE FROM items;
INSERT INTO words (words) VALUES ('delete-all');
UPDATE follower SET position = 0;
