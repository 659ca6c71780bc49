-- What each volume takes, as its host last measured it. No facts: they may be lost.

create table volume_size (
  volume      text        primary key,
  host        text        not null,
  bytes       bigint      not null,
  measured_at timestamptz not null
) with (fillfactor = 50); -- written every few minutes: rows are to be replaced within their page
