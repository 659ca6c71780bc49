-- The servers that work on this database, each under an id that lies in its data directory. Who is there now holds the
-- advisory lock of its id; these rows are for people.
create table server (
  id         uuid        primary key,
  version    text        not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null
);
