-- Leases: which node does what only one may do at a time (dispatch of a zone, for instance).
-- Locks: none, the table is new.

create table leases (
  name text primary key,
  holder text,
  token bigint not null default 0,
  beat bigint not null default 0
);
