-- The ledger: every event in one order. Written by the committers only, one transaction at a time: each locks the
-- head row first, so positions are dense and in commit order over any number of servers.

create table ledger_head (
  one         boolean     primary key default true check (one),
  position    bigint      not null,
  chain       bytea       not null,
  recorded_at timestamptz not null,
  install     text        not null,
  timeline    text        not null
);
insert into ledger_head
values (true, 0, decode(repeat('00', 32), 'hex'), '-infinity', gen_random_uuid()::text, gen_random_uuid()::text);

create table ledger_event (
  position       bigint      primary key,
  event_id       uuid        not null,
  aggregate_kind text        not null,
  aggregate_id   text        not null,
  sequence       bigint      not null,
  type           text        not null,
  revision       int         not null,
  recorded_at    timestamptz not null,
  metadata       bytea       not null,
  payload        bytea       not null,
  salt           bytea       not null,
  -- salted hash of metadata and payload: stays when a payload is one day redacted, so that the chain still verifies
  digest         bytea       not null,
  -- hash over position, event id, the other columns and digest
  leaf           bytea       not null,
  -- hash over the row before's chain and leaf
  chain          bytea       not null,
  unique (aggregate_id, sequence)
);

-- Claims: what commands hold beside their events, written in the same transaction.

create table name_claim (
  kind   text not null,
  scope  text not null,
  name   text not null,
  holder text not null,
  primary key (kind, scope, name)
);

create table capacity_pool (
  pool                  text    primary key,
  open                  boolean not null,
  cpu_millis            bigint  not null,
  memory_bytes          bigint  not null,
  gpus                  int     not null,
  -- the sums over its placements, kept with each change, so that nobody has to add them up
  promised_cpu_millis   bigint  not null,
  promised_memory_bytes bigint  not null,
  promised_gpus         int     not null,
  holders               int     not null
);

create table capacity_placement (
  holder       text   primary key,
  pool         text   not null references capacity_pool,
  cpu_millis   bigint not null,
  memory_bytes bigint not null,
  gpus         int    not null
);
create index capacity_placement_pool on capacity_placement (pool);

create table idempotency_record (
  principal    text        not null,
  key          text        not null,
  request_hash bytea       not null,
  status       int         not null,
  headers      bytea       not null,
  body         bytea       not null,
  position     bigint      not null,
  recorded_at  timestamptz not null,
  primary key (principal, key)
);
create index idempotency_record_age on idempotency_record (recorded_at);

-- How far each follower of the ledger has come; its row is locked while it works.
create table follower (
  name     text   primary key,
  version  int    not null,
  position bigint not null
);
