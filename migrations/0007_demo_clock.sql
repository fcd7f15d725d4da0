-- Why: the demo's clock starts at dinner time and may run fast; nodes that run at the same time must all show the same time.
-- Locks: none, the table is new.

create table demo_clock (
  -- One row at most.
  is_only boolean primary key default true check (is_only),
  -- At this moment of the wall it was that time in the city.
  wall_at timestamptz not null,
  city_at timestamptz not null,
  -- Seconds of the city in one second of the wall.
  speed double precision not null check (speed > 0),
  -- When a node last said that it runs by this clock, on the wall.
  seen_at timestamptz not null
);
