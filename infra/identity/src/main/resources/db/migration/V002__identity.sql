-- Who people are and how they show it. Apart from the ledger, because all of it must be erasable. Every secret is kept as
-- its SHA-256 only: they are 32 random bytes each, so there is nothing to guess and nothing to salt.

create table account (
  id         text        primary key,
  handle     text        not null unique,
  role       text        not null,
  created_at timestamptz not null
);

create table session (
  token_hash   bytea       primary key,
  account      text        not null references account on delete cascade,
  created_at   timestamptz not null,
  last_used_at timestamptz not null,
  expires_at   timestamptz not null
);
create index session_account on session (account);
create index session_expiry on session (expires_at);

create table sign_in_link (
  token_hash bytea       primary key,
  account    text        not null references account on delete cascade,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index sign_in_link_account on sign_in_link (account);

create table api_token (
  token_hash   bytea       primary key,
  account      text        not null references account on delete cascade,
  name         text        not null,
  created_at   timestamptz not null,
  last_used_at timestamptz
);
create index api_token_account on api_token (account);
