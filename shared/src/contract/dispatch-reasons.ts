import { z } from 'zod'
import { decisionId } from './orders.ts'
import { driverId, money, orderId, timeMs, zoneId } from './primitives.ts'

/** One driver weighed for one order: each term named with its unit, so that any policy can be shown. */
export const candidate = z.object({
  driverId,
  driverName: z.string(),
  rank: z.int(),
  score: z.number().describe('Higher is better; comparable within one ranking only'),
  toPickupS: z.number(),
  toPickupM: z.number(),
  waitS: z.number().describe('Waiting at the merchant'),
  detourS: z.number().describe('Added to the orders the driver already has, summed'),
  slackAfterS: z.number().nullable(),
  activeOrders: z.int(),
  maxOrders: z.int(),
  terms: z.array(
    z.object({
      code: z.string(),
      amount: z.number(),
      unit: z.string(),
      points: z.number().describe('What it adds to the score'),
    }),
  ),
})
export type Candidate = z.infer<typeof candidate>

/** Who was left out of a ranking, and by which rule. */
export const leftOut = z.object({ driverId, driverName: z.string(), rule: z.string(), detail: z.string().nullable() })

/** What the planner chose for an order, and why. */
export const decision = z.object({
  id: decisionId,
  orderId,
  atMs: timeMs,
  policy: z.string(),
  kind: z.string().describe('offer, assign, wait, give_up …'),
  driverId: driverId.nullable(),
  driverName: z.string().nullable(),
  snapshotHash: z.string(),
  candidates: z.array(candidate),
  leftOut: z.array(leftOut),
  runnerUp: z.string().nullable().describe('Who was second and by how much, in words'),
  wouldChange: z
    .array(
      z.object({ driverId, driverName: z.string(), code: z.string(), amount: z.number(), needed: z.number(), unit: z.string() }),
    )
    .describe('The smallest changes of one term that would have made another choice'),
})
export type Decision = z.infer<typeof decision>

/** What giving an order to a driver would cost, before it is done. */
export const whatIf = z.object({
  atMs: timeMs,
  impact: z
    .object({
      toPickupS: z.number(),
      waitS: z.number(),
      pickupMs: timeMs,
      dropMs: timeMs,
      slackAfterS: z.number(),
      ordersAfter: z.int(),
      detours: z
        .array(z.object({ orderId, number: z.int(), addedS: z.number(), slackAfterS: z.number() }))
        .describe('Orders the driver has already that come later'),
    })
    .nullable()
    .describe('Null when no route can hold it'),
  terms: candidate.shape.terms,
  costMinor: z
    .number()
    .nullable()
    .describe('By the planner’s own cost; null where a rule speaks against it or the policy has scores'),
  excludedBy: leftOut.nullable().describe('The rule that speaks against it; staff may overrule it'),
})
export type WhatIf = z.infer<typeof whatIf>

/** How often staff chose as the planner would have: what shadow mode is for. */
export const agreement = z.object({
  zoneId,
  sinceMs: timeMs,
  choices: z.int().describe('Drivers chosen by staff while the planner had a choice of its own'),
  same: z.int(),
  dearerByMinor: money.describe('What the others cost more by the planner’s own cost, summed'),
  differing: z.array(
    z.object({
      orderId,
      number: z.int(),
      atMs: timeMs,
      actorName: z.string(),
      driverName: z.string(),
      plannedDriverName: z.string(),
      dearerByMinor: z.number().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export type Agreement = z.infer<typeof agreement>
