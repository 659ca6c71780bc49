-- What agents did, step by step, and what it said. Not facts: events hold an attempt's id only, and all of this may be erased.
-- Partitions come and go with AttemptUpkeep.

create table attempt (
  -- given by the agent; unique, though no index can say so of a partitioned table
  id         text        not null,
  host       text        not null,
  -- of the session that told of it: one that was worked on in an earlier session is worked on no more
  epoch      bigint      not null,
  -- a workspace's id, image:ID/VERSION, volume:ID
  subject    text        not null,
  generation bigint      not null,
  change     bigint      not null,
  outcome    text        not null,
  started_at timestamptz not null,
  ended_at   timestamptz,
  steps      jsonb       not null
) partition by range (started_at);
create index attempt_id on attempt (id);
create index attempt_subject on attempt (subject, started_at);

-- Several lines a row, as they came.
create table attempt_output (
  attempt    text        not null,
  -- the numbers of the first and the last line within the attempt, from 1
  first_line bigint      not null,
  last_line  bigint      not null,
  lines      text        not null,
  at         timestamptz not null
) partition by range (at);
create index attempt_output_line on attempt_output (attempt, last_line);
