import type { Clock } from '../platform/index.ts'

/** A round is cut into so many turns, so that many thousand members are never looked at in one go. */
const TURNS = 80

/** Who can be on a wheel; the number is the wheel's to write. */
export interface WheelMember {
  turn: number
}

/** Visits each of many members once a round, a few at a time. */
export interface Wheel<Member extends WheelMember> {
  add(member: Member): void
  remove(member: WheelMember): void
  all(): Iterable<Member>
  size(): number
  stop(): void
}

/** A wheel on one timer; a round takes `everyMs` of the wall. Members are spread over it whenever they come. */
export function createWheel<Member extends WheelMember>(
  clock: Clock,
  everyMs: number,
  visit: (member: Member) => void,
): Wheel<Member> {
  const turns = Array.from({ length: TURNS }, () => new Set<Member>())
  let at = 0
  let next = 0
  let size = 0
  let cancel = () => {}
  const wait = () => {
    cancel = clock.after((everyMs / TURNS) * clock.speed, turn)
  }
  const turn = () => {
    at = (at + 1) % TURNS
    for (const member of turns[at]!) visit(member)
    wait()
  }
  wait()
  return {
    add(member) {
      member.turn = next
      next = (next + 1) % TURNS
      turns[member.turn]!.add(member)
      size++
    },
    remove(member) {
      if (turns[member.turn]?.delete(member as Member)) size--
    },
    *all() {
      for (const members of turns) yield* members
    },
    size: () => size,
    stop: () => cancel(),
  }
}
