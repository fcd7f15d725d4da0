-- Why: what staff may set of an order besides its driver (pin, hold, priority), what the planner proposes where it may not act
-- by itself, who may not have an order any more, and the input of past decisions, so that they can be computed again.
-- Locks: orders, shifts and dispatch_commands exclusively while columns are added (no rewrite) and while the open orders,
-- the open shifts and the commands are filled in.

alter table orders
  -- Only this driver, until it is released.
  add column pinned_driver_id uuid references drivers (id),
  -- Offered to nobody until it is released.
  add column is_held boolean not null default false,
  add column priority smallint not null default 0 check (priority between 0 and 3),
  -- Who may not have it any more: [{"driverId": uuid, "why": "declined" | "expired" | "excluded"}].
  add column exclusions jsonb not null default '[]',
  -- Whom the planner would ask or send, where that needs staff; null acts_at: not before staff say so.
  add column proposed_driver_id uuid references drivers (id),
  add column proposal_decision_id uuid references decisions (id),
  add column proposal_acts_at timestamptz;

update orders set pinned_driver_id = driver_id where is_pinned and ended_at is null;
update orders o set exclusions = refused.list
from (
  select order_id, jsonb_agg(distinct jsonb_build_object('driverId', driver_id, 'why', outcome)) as list
  from offers where outcome in ('declined', 'expired') group by order_id
) refused
where refused.order_id = o.id and o.ended_at is null;
alter table orders drop column is_pinned;

-- Earned in the shift, so that fairness reads no ledger.
alter table shifts add column earned_minor integer not null default 0;
update shifts s set earned_minor = coalesce((
  select sum(e.amount_minor) from driver_earnings e where e.driver_id = s.driver_id and e.earned_at >= s.started_at
), 0)
where s.ended_at is null;

alter table dispatch_commands
  drop constraint dispatch_commands_kind_check,
  -- What staff may set of the order, before and after: {"driverId", "pinnedDriverId", "isHeld", "priority", "promisedAtMs"}.
  add column before jsonb,
  add column after jsonb,
  -- Whom the planner would have chosen at that moment, and how much dearer the choice is by its own cost, in minor units.
  add column planned_driver_id uuid references drivers (id),
  add column dearer_by_minor real;
update dispatch_commands c set
  before = jsonb_build_object('driverId', c.driver_before, 'pinnedDriverId', case when c.was_pinned then c.driver_before end,
    'isHeld', false, 'priority', 0, 'promisedAtMs', extract(epoch from o.promised_at) * 1000),
  after = jsonb_build_object('driverId', c.driver_after, 'pinnedDriverId', c.driver_after,
    'isHeld', false, 'priority', 0, 'promisedAtMs', extract(epoch from o.promised_at) * 1000)
from orders o where o.id = c.order_id;
alter table dispatch_commands
  alter column before set not null,
  alter column after set not null,
  drop column driver_before,
  drop column driver_after,
  drop column was_pinned,
  add constraint dispatch_commands_kind_check check (kind in (
    'assign', 'reassign', 'unassign', 'pin', 'hold', 'release', 'prioritise', 'extend', 'accept_proposal', 'veto_proposal'
  ));
create index dispatch_commands_zone on dispatch_commands (zone_id, at desc);

-- What the planner saw in a round that decided something: the snapshot with the travel times it read, compressed. Kept by day.
create table decision_snapshots (
  hash text not null,
  zone_id uuid not null,
  at timestamptz not null,
  body bytea not null
) partition by range (at);
create index decision_snapshots_hash on decision_snapshots (hash, at);
