/** A task and when it is due. */
export interface Task {
  atMs: number
  run(): void
  isCancelled: boolean
}

/** Tasks in order of time, in a binary heap: thousands waiting cost nothing until they are due. */
export interface TaskQueue {
  add(atMs: number, run: () => void): Task
  /** The next task that is not cancelled, left in the queue. */
  peek(): Task | undefined
  /** Takes out the next task. */
  pop(): Task | undefined
}

/** Makes an empty queue. */
export function createTaskQueue(): TaskQueue {
  const heap: Task[] = []

  const up = (from: number) => {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1
      if (heap[parent]!.atMs <= heap[i]!.atMs) return
      swap(heap, i, parent)
      i = parent
    }
  }
  const down = () => {
    for (let i = 0; ; ) {
      const left = 2 * i + 1
      const right = left + 1
      let least = i
      if (left < heap.length && heap[left]!.atMs < heap[least]!.atMs) least = left
      if (right < heap.length && heap[right]!.atMs < heap[least]!.atMs) least = right
      if (least === i) return
      swap(heap, i, least)
      i = least
    }
  }
  const pop = (): Task | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (first !== last && last) {
      heap[0] = last
      down()
    }
    return first
  }

  return {
    add(atMs, run) {
      const task = { atMs, run, isCancelled: false }
      heap.push(task)
      up(heap.length - 1)
      return task
    },
    peek() {
      while (heap[0]?.isCancelled) pop()
      return heap[0]
    },
    pop,
  }
}

function swap(heap: Task[], a: number, b: number): void {
  const kept = heap[a]!
  heap[a] = heap[b]!
  heap[b] = kept
}
