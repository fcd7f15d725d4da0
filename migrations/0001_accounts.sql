-- Why: people who can sign in, and their sessions. Of a session only a hash of its token is kept.
-- Locks: creates tables only; nothing that exists is locked.

create table users (
  id uuid primary key,
  -- Lower case, so that the unique key ignores case.
  email text not null unique check (email = lower(email)),
  name text not null,
  role text not null check (role in ('customer', 'driver', 'merchant', 'dispatcher', 'admin')),
  -- argon2id in PHC form; null: there is no password that fits.
  password_hash text,
  -- With the role merchant: whose staff. The key to merchants follows with that table.
  merchant_id uuid,
  -- With the role driver: the profile, which the drivers table holds.
  driver_id uuid unique,
  -- With the role dispatcher: limited to these zones; null for all.
  zone_ids uuid[],
  -- Signs in without a password, in demo mode only.
  is_demo boolean not null default false,
  created_at timestamptz not null,
  check ((role = 'merchant') = (merchant_id is not null)),
  check (role = 'driver' or driver_id is null)
);
create index users_demo on users (role, created_at) where is_demo;
create index users_merchant on users (merchant_id) where merchant_id is not null;

create table sessions (
  -- SHA-256 of the token.
  token_hash bytea primary key,
  user_id uuid not null references users (id),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);
