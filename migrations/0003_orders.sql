-- Why: orders with captured prices, their log, the drivers who carry them, their shifts and earnings.
-- Locks: creates tables only; nothing that exists is locked.

create sequence order_numbers start 1001;

create table drivers (
  id uuid primary key,
  user_id uuid not null unique references users (id),
  zone_id uuid not null references zones (id),
  name text not null,
  vehicle text not null check (vehicle in ('bicycle', 'motorcycle', 'car', 'van')),
  rating real not null default 5 check (rating between 0 and 5),
  rating_count integer not null default 0,
  max_orders integer not null default 3 check (max_orders between 1 and 20),
  offers_answered integer not null default 0,
  offers_accepted integer not null default 0,
  -- The ordered stops ahead: [{"orderId": uuid, "kind": "pickup" | "drop"}].
  stops jsonb not null default '[]'
);
create index drivers_zone on drivers (zone_id);

create table shifts (
  id uuid primary key,
  driver_id uuid not null references drivers (id),
  zone_id uuid not null references zones (id),
  started_at timestamptz not null,
  ends_at timestamptz,
  ended_at timestamptz
);
create unique index shifts_one_open on shifts (driver_id) where ended_at is null;
create index shifts_driver on shifts (driver_id, started_at desc);

create table orders (
  id uuid primary key,
  number integer not null unique default nextval('order_numbers'),
  version integer not null default 1,
  zone_id uuid not null references zones (id),
  merchant_id uuid not null references merchants (id),
  customer_id uuid not null references users (id),
  driver_id uuid references drivers (id),
  kitchen text not null,
  delivery text not null,
  currency text not null,
  subtotal_minor integer not null check (subtotal_minor >= 0),
  delivery_fee_minor integer not null check (delivery_fee_minor >= 0),
  service_fee_minor integer not null check (service_fee_minor >= 0),
  tip_minor integer not null check (tip_minor >= 0),
  total_minor integer not null check (total_minor = subtotal_minor + delivery_fee_minor + service_fee_minor + tip_minor),
  pay_minor integer not null check (pay_minor >= 0),
  item_count integer not null,
  drop_lat double precision not null,
  drop_lon double precision not null,
  drop_address text not null,
  drop_details text,
  instructions text,
  -- Merchant to door along the streets, as it was known when the order was placed.
  leg_m integer not null,
  leg_s integer not null,
  placed_at timestamptz not null,
  promised_at timestamptz not null,
  -- When the kitchen says it will be ready; until it accepts, placed_at plus its usual time.
  kitchen_ready_at timestamptz not null,
  accepted_at timestamptz,
  preparing_at timestamptz,
  ready_at timestamptz,
  assigned_at timestamptz,
  at_merchant_at timestamptz,
  picked_up_at timestamptz,
  departed_at timestamptz,
  at_customer_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  ended_reason text,
  -- Staff chose the driver; the planner leaves it.
  is_pinned boolean not null default false,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  no_driver_at timestamptz,
  merchant_rating smallint check (merchant_rating between 1 and 5),
  driver_rating smallint check (driver_rating between 1 and 5),
  check ((delivery in ('assigned', 'at_merchant', 'picked_up', 'in_transit', 'at_customer', 'delivered')) <= (driver_id is not null))
);
create index orders_open_in_zone on orders (zone_id, placed_at) where ended_at is null;
create index orders_open_of_driver on orders (driver_id) where ended_at is null;
create index orders_of_customer on orders (customer_id, placed_at desc, id desc);
create index orders_of_merchant on orders (merchant_id, placed_at desc, id desc);
create index orders_of_driver on orders (driver_id, placed_at desc, id desc);
create index orders_of_zone on orders (zone_id, placed_at desc, id desc);

create table order_lines (
  order_id uuid not null references orders (id),
  line smallint not null,
  item_id uuid not null,
  name text not null,
  unit_price_minor integer not null,
  quantity smallint not null check (quantity between 1 and 20),
  note text,
  primary key (order_id, line)
);

-- The one log. `xid` lets a reader that follows it stop short of transactions still open, so that it never
-- skips an event whose transaction commits later than one with a higher position.
create table order_events (
  position bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  order_id uuid not null references orders (id),
  seq integer not null,
  zone_id uuid not null,
  type text not null,
  at timestamptz not null,
  actor text not null,
  actor_id uuid,
  data jsonb not null default '{}',
  unique (order_id, seq)
);
create index order_events_to_follow on order_events (xid, position);

-- How far a reader of the log has come.
create table event_cursors (
  reader text primary key,
  xid xid8 not null,
  position bigint not null
);

create table idempotency_keys (
  user_id uuid not null references users (id),
  key text not null,
  route text not null,
  request_hash text not null,
  status smallint not null,
  reply jsonb not null,
  created_at timestamptz not null,
  primary key (user_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

create table driver_earnings (
  id uuid primary key,
  driver_id uuid not null references drivers (id),
  order_id uuid not null references orders (id),
  kind text not null check (kind in ('delivery', 'tip')),
  amount_minor integer not null,
  currency text not null,
  earned_at timestamptz not null,
  unique (order_id, driver_id, kind)
);
create index driver_earnings_driver on driver_earnings (driver_id, earned_at desc);
