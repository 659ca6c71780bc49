-- What the agent of a host last named as carrying its labels though nobody asked for it. Seen, not recorded: the next
-- report replaces it.
create table host_stray (
  host  text        primary key,
  -- how many there are; names has the first of them
  total integer     not null,
  names text[]      not null,
  at    timestamptz not null
);
