-- Values of secrets, sealed under a key that is nowhere in this database. Written and erased in the transactions that
-- record the commands; not made from the ledger, so part of a backup.

-- The latest value of each; the one before is gone once it is renewed.
create table secret_value (
  secret  text   primary key,
  version bigint not null,
  -- which line of the key file opens it
  key_id  text   not null,
  nonce   bytea  not null,
  sealed  bytea  not null
);
create index secret_value_key on secret_value (key_id);

-- Something known, sealed under each key there ever was: tells a wrong key from a damaged value.
create table secret_key (
  key_id text  primary key,
  nonce  bytea not null,
  sealed bytea not null
);

-- When a value was last given to an agent.
create table secret_use (
  secret  text        primary key,
  used_at timestamptz not null
) with (fillfactor = 50);
