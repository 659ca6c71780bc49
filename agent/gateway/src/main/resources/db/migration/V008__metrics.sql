-- How hosts and workspaces fared: samples for hours, means of minutes for days, means of hours for a year. No facts: they
-- may be lost, and a restore may leave them out. Partitions come and go with MetricUpkeep.

create table metric_raw (
  -- the id of a host or a workspace
  subject          text             not null,
  at               timestamptz      not null,
  -- of all cores, 0 to 100; hosts only
  cpu_percent      double precision,
  cpu_percent_max  double precision,
  -- thousandths of a core; workspaces only
  cpu_millis       double precision,
  cpu_millis_max   double precision,
  memory_bytes     bigint           not null,
  memory_bytes_max bigint           not null,
  load1            double precision,
  disk_used_bytes  bigint,
  -- bytes a second
  disk_read        double precision,
  disk_write       double precision,
  network_in       double precision,
  network_out      double precision,
  pids             bigint,
  primary key (subject, at)
) partition by range (at);
create index on metric_raw using brin (at);

create table metric_minute (like metric_raw, primary key (subject, at)) partition by range (at);
create index on metric_minute using brin (at);
create table metric_hour (like metric_raw, primary key (subject, at)) partition by range (at);

-- Up to where the means of each kind have been taken.
create table metric_rolled (
  kind text        primary key,
  upto timestamptz not null
);
insert into metric_rolled values
  ('minute', date_trunc('minute', clock_timestamp())), ('hour', date_trunc('hour', clock_timestamp()));
