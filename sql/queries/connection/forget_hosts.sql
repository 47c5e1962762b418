-- Those that are not set up any more. $1 hosts that are
DELETE FROM connection WHERE host <> ALL ($1::text[])
