/** A way's nodes in order. */
export interface NodeLine {
  refs: readonly number[]
  /** Never turned round. */
  isOneWay: boolean
}

interface Joint {
  line: number
  atStart: boolean
}

/** Joins lines that meet end to end, where exactly two do; all of them must be alike in everything that is drawn. */
export function joinAlong(lines: readonly NodeLine[]): number[][] {
  const joints = jointsOf(lines)
  const used = new Uint8Array(lines.length)
  const walk = (from: Joint): number[] => {
    const chain: number[] = []
    for (let at: Joint | null = from; at !== null && !used[at.line]; ) {
      used[at.line] = 1
      const { refs } = lines[at.line]!
      const forwards = at.atStart ? refs : refs.toReversed()
      for (let i = chain.length === 0 ? 0 : 1; i < forwards.length; i++) chain.push(forwards[i]!)
      at = partner(joints, lines, { line: at.line, atStart: !at.atStart })
    }
    return chain
  }
  const chains: number[][] = []
  lines.forEach(({ isOneWay }, line) => {
    const startsHere = partner(joints, lines, { line, atStart: true }) === null
    const endsHere = partner(joints, lines, { line, atStart: false }) === null
    if (!used[line] && startsHere) chains.push(walk({ line, atStart: true }))
    else if (!used[line] && endsHere && !isOneWay) chains.push(walk({ line, atStart: false }))
  })
  // What is left goes round in a circle.
  lines.forEach((_, line) => {
    if (!used[line]) chains.push(walk({ line, atStart: true }))
  })
  return chains
}

function jointsOf(lines: readonly NodeLine[]): Map<number, Joint[]> {
  const joints = new Map<number, Joint[]>()
  const add = (node: number, joint: Joint) => {
    const there = joints.get(node)
    if (there) there.push(joint)
    else joints.set(node, [joint])
  }
  lines.forEach(({ refs }, line) => {
    add(refs[0]!, { line, atStart: true })
    add(refs.at(-1)!, { line, atStart: false })
  })
  return joints
}

/** The one other end that meets this one and may follow it; null at a fork, an end, or where directions clash. */
function partner(joints: Map<number, Joint[]>, lines: readonly NodeLine[], { line, atStart }: Joint): Joint | null {
  const { refs, isOneWay } = lines[line]!
  const there = joints.get(atStart ? refs[0]! : refs.at(-1)!)!
  if (there.length !== 2) return null
  const other = there.find((joint) => joint.line !== line)
  if (!other || (isOneWay && other.atStart === atStart)) return null
  return other
}
