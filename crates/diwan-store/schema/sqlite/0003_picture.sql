-- An item's spots stand in its own row: whoever looks at an item needs them at once. The picture
-- is built anew from the ledger.
DROP TABLE spots;
DROP TABLE items;
CREATE TABLE items (
    item_no INTEGER PRIMARY KEY,  -- the position of the row it began with
    id      BLOB NOT NULL UNIQUE,
    kinds   INTEGER NOT NULL,
    places  BLOB NOT NULL,
    held    INTEGER NOT NULL,  -- how many rows it has
    spots   BLOB NOT NULL      -- the newest row under each label; see picture/rows.rs
) STRICT;
DELETE FROM trails;
DELETE FROM trail_lengths;
DELETE FROM rows;
INSERT INTO words (words) VALUES ('delete-all');
UPDATE follower SET position = 0;
