-- The versions of images that each host's agent built and that are there, as it last said, and how long it keeps them. Seen,
-- not recorded; that one is gone is an event, and its row goes in that event's transaction.

create table host_image_policy (
  host          text        primary key,
  kept_versions integer     not null,
  kept_seconds  bigint      not null,
  at            timestamptz not null
);

create table host_image (
  host       text    not null,
  image      text    not null,
  version    integer not null,
  size_bytes bigint  not null,
  -- in-use, needed, kept or going
  standing   text    not null,
  -- by its agent's clock; null unless it is going
  goes_at    timestamptz,
  primary key (host, image, version)
);

create index host_image_by_image on host_image (image);
