-- The server's side of agents. Nothing here is a fact worth keeping: heartbeats and samples are not events. Whether a host
-- has been heard from is told by the database's clock alone, so that no two servers can differ about it.

create table enrolment_token (
  token_hash  bytea       primary key,
  host        text        not null,
  host_name   text        not null,
  expires_at  timestamptz not null,
  -- the first secret shown with this token: no other is taken afterwards
  secret_hash bytea,
  -- set in the transaction that stored the credential and recorded the enrolment
  used_at     timestamptz
);
create index enrolment_token_host on enrolment_token (host);

create table host_credential (
  host        text        primary key,
  secret_hash bytea       not null,
  created_at  timestamptz not null
);
-- Not unique: written beside commands, where nothing may fail. A secret that two hosts share opens neither.
create index host_credential_secret on host_credential (secret_hash);

create table agent_session (
  host          text             primary key,
  epoch         bigint           not null,
  opened_at     timestamptz      not null,
  last_seen_at  timestamptz      not null,
  last_sequence bigint           not null,
  agent_version text             not null,
  engine_up     boolean          not null,
  -- how often this agent was told to report; three of these unheard of and the host is lost
  pace_millis   bigint           not null,
  -- whether the ledger has the host online: written in the transactions that record that it was lost or returned
  online        boolean          not null
) with (fillfactor = 50); -- written with every heartbeat: rows are to be replaced within their page, hence no more indexes

-- Tokens of superseded sessions stay a while, so that an agent that was overtaken is told so and not just refused.
create table agent_token (
  token_hash bytea  primary key,
  host       text   not null,
  epoch      bigint not null,
  unique (host, epoch)
);

create table host_sample (
  host               text             primary key,
  cpu_percent        double precision not null,
  memory_used_bytes  bigint           not null,
  memory_total_bytes bigint           not null,
  load1              double precision not null,
  disk_used_bytes    bigint           not null,
  disk_total_bytes   bigint           not null,
  at                 timestamptz      not null
) with (fillfactor = 50);

-- The engine's own words about a failed attempt. Events hold the attempt's id only; the words may be erased.
create table attempt_note (
  attempt     text        primary key,
  host        text        not null,
  subject     text        not null,
  detail      text        not null,
  recorded_at timestamptz not null
);
create index attempt_note_age on attempt_note (recorded_at);
