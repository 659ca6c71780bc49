-- Followers in groups, and views that are made anew beside the ones that are read.

-- Set by hand: make this view anew. Taken back when the new one is in its place.
alter table follower add column rebuild boolean not null default false;
-- Written with every batch: rows are to be replaced within their page.
alter table follower set (fillfactor = 50);

-- Views that are being made anew. Until they are swapped, their tables are in the schema <schema>_next.
create table follower_build (
  name       text        primary key,
  version    int         not null,
  position   bigint      not null,
  -- whether its indexes are there: they are made when it is nearly full
  indexed    boolean     not null default false,
  started_at timestamptz not null default clock_timestamp()
) with (fillfactor = 50);

-- What, who, which and when of every event, for views that need no more: they copy it inside the database.
create view ledger_fact as
select position, aggregate_id as resource, convert_from(metadata, 'UTF8')::json #>> '{actor,id}' as actor, type, recorded_at
from ledger_event;
