-- Where commands came from: personal data, so apart from the history and erasable.
create table command_source (
  command_id  text        primary key,
  address     text        not null,
  user_agent  text        not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index command_source_age on command_source (recorded_at);

-- When running workspaces were last started, and when they are to be stopped by themselves. Kept by a follower of the
-- ledger; whoever locks a row that is due, on whichever server, carries it out.
create table auto_stop_timer (
  workspace  text        primary key,
  generation bigint      not null,
  started_at timestamptz not null,
  -- null: never
  due_at     timestamptz
);
create index auto_stop_timer_due on auto_stop_timer (due_at) where due_at is not null;
