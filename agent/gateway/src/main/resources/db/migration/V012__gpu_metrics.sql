-- How GPUs fared, beside hosts and workspaces: their subject is the host's id, a slash, and the GPU's UUID.

-- of the last moments in which something ran on it, 0 to 100
alter table metric_raw add gpu_percent double precision, add gpu_percent_max double precision,
  add memory_total_bytes bigint, add celsius double precision, add watts double precision;
alter table metric_minute add gpu_percent double precision, add gpu_percent_max double precision,
  add memory_total_bytes bigint, add celsius double precision, add watts double precision;
alter table metric_hour add gpu_percent double precision, add gpu_percent_max double precision,
  add memory_total_bytes bigint, add celsius double precision, add watts double precision;

-- A GPU need not tell how much of its memory is used.
alter table metric_raw alter memory_bytes drop not null, alter memory_bytes_max drop not null;
alter table metric_minute alter memory_bytes drop not null, alter memory_bytes_max drop not null;
alter table metric_hour alter memory_bytes drop not null, alter memory_bytes_max drop not null;
