-- Why: service areas, merchants and their menus, and search over both that forgives typing mistakes.
-- Locks: creates tables; users is locked for a moment to get a key to merchants.

create extension if not exists pg_trgm;

create table zones (
  id uuid primary key,
  -- What it was made from, for instance the name of a city pack; importing the same again updates it.
  source text not null unique,
  name text not null,
  -- Rings of [lon, lat] as in GeoJSON.
  polygon jsonb not null,
  time_zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  delivery_fee_minor integer not null default 299 check (delivery_fee_minor >= 0),
  service_fee_share numeric(5, 4) not null default 0.15 check (service_fee_share between 0 and 1),
  pay_base_minor integer not null default 350 check (pay_base_minor >= 0),
  pay_per_km_minor integer not null default 60 check (pay_per_km_minor >= 0),
  usual_delivery_minutes integer not null default 20 check (usual_delivery_minutes between 1 and 240),
  -- What differs from the default dispatch policy.
  policy jsonb not null default '{}',
  policy_version integer not null default 1,
  -- Of what was imported last; the same again is not imported twice.
  import_hash text
);

create table merchants (
  id uuid primary key,
  zone_id uuid not null references zones (id),
  -- What it was made from, for instance an OpenStreetMap element.
  source text not null,
  name text not null,
  category text not null,
  lat double precision not null check (lat between -90 and 90),
  lon double precision not null check (lon between -180 and 180),
  address text not null,
  -- OpenStreetMap opening_hours in the zone's time; null: 08:00 to 23:00 every day.
  opening_hours text,
  rating real check (rating between 0 and 5),
  rating_count integer not null default 0,
  prep_minutes integer not null default 15 check (prep_minutes between 1 and 240),
  busy_extra_minutes integer not null default 0 check (busy_extra_minutes between 0 and 120),
  paused_until timestamptz,
  is_demo boolean not null default false,
  created_at timestamptz not null,
  unique (zone_id, source)
);
create index merchants_place on merchants using gist (point(lon, lat));
create index merchants_category on merchants (zone_id, category);

create table menu_items (
  id uuid primary key,
  merchant_id uuid not null references merchants (id),
  section text not null,
  -- Order in the menu, over all sections.
  position integer not null,
  name text not null,
  description text,
  price_minor integer not null check (price_minor >= 0),
  is_available boolean not null default true,
  -- With is_available false: when it comes back by itself.
  unavailable_until timestamptz,
  -- Still in old orders, no longer on the menu.
  removed_at timestamptz,
  unique (merchant_id, section, name)
);
create index menu_items_menu on menu_items (merchant_id, position) where removed_at is null;
create index menu_items_name on menu_items using gin (name gin_trgm_ops) where removed_at is null;

alter table users add foreign key (merchant_id) references merchants (id);
