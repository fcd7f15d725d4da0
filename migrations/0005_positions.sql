-- Why: where drivers were (packed by driver and minute, a partition a day, dropped when old) and where they were last,
-- so that a restart does not forget them.
-- Locks: creates tables only.

-- No foreign key to drivers: a partition is dropped whole, and what is written by COPY in batches must not wait for other tables.
create table breadcrumbs (
  driver_id uuid not null,
  zone_id uuid not null,
  -- When the first fix of the chunk was made; the others follow within a minute.
  started_at timestamptz not null,
  fix_count smallint not null check (fix_count > 0),
  -- 14 bytes a fix: milliseconds since started_at, latitude and longitude · 10^7, speed in cm/s, course in hundredths of a degree.
  fixes bytea not null
) partition by range (started_at);

create index breadcrumbs_driver on breadcrumbs (driver_id, started_at);
create index breadcrumbs_zone on breadcrumbs (zone_id, started_at);

create table last_positions (
  driver_id uuid primary key,
  lat double precision not null check (lat between -90 and 90),
  lon double precision not null check (lon between -180 and 180),
  course_deg real,
  speed_mps real,
  fix_at timestamptz not null,
  fix_seq bigint not null
) with (fillfactor = 70);
