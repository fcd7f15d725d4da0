-- Why: offers and who answered how, assignments, the planner's decisions with their reasons, staff commands.
-- Locks: creates tables only; nothing that exists is locked.

create table decisions (
  id uuid primary key,
  zone_id uuid not null references zones (id),
  order_id uuid not null references orders (id),
  at timestamptz not null,
  policy text not null,
  kind text not null,
  driver_id uuid references drivers (id),
  snapshot_hash text not null,
  explanation jsonb not null
);
create index decisions_order on decisions (order_id, at desc);

create table offers (
  id uuid primary key,
  order_id uuid not null references orders (id),
  driver_id uuid not null references drivers (id),
  zone_id uuid not null,
  decision_id uuid references decisions (id),
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  to_pickup_m integer not null,
  to_pickup_s integer not null,
  outcome text not null default 'open' check (outcome in ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
  answered_at timestamptz,
  reason text
);
create unique index offers_one_open on offers (order_id, driver_id) where outcome = 'open';
create index offers_open_in_zone on offers (zone_id) where outcome = 'open';
create index offers_order on offers (order_id);
create index offers_driver on offers (driver_id, offered_at desc);

create table assignments (
  id uuid primary key,
  order_id uuid not null references orders (id),
  driver_id uuid not null references drivers (id),
  decision_id uuid references decisions (id),
  assigned_by text not null,
  assigned_by_id uuid,
  assigned_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
-- No order with two drivers.
create unique index assignments_one_open on assignments (order_id) where ended_at is null;
create index assignments_driver on assignments (driver_id, assigned_at desc);

create table dispatch_commands (
  id uuid primary key,
  zone_id uuid not null references zones (id),
  order_id uuid not null references orders (id),
  kind text not null check (kind in ('assign', 'reassign', 'unassign')),
  actor_id uuid not null references users (id),
  at timestamptz not null,
  reason text,
  driver_before uuid references drivers (id),
  driver_after uuid references drivers (id),
  was_pinned boolean not null,
  version_after integer not null,
  undone_at timestamptz,
  undoes uuid references dispatch_commands (id)
);
create index dispatch_commands_order on dispatch_commands (order_id, at desc);
