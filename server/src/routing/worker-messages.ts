/** What the pool sends to a thread: the text of a request to Valhalla's `route`. */
export interface WorkerRequest {
  id: number
  body: string
}

/** What a thread sends back: Valhalla's answer as text, or its complaint. */
export type WorkerAnswer = { id: number; answer: string } | { id: number; error: string }
