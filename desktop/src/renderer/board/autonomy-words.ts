import type { DispatchPolicy } from '@doorstep/shared/contract'

export type Autonomy = DispatchPolicy['autonomy']

/** How far the planner may act by itself, least first: the word of the switch, and what it means. */
export const AUTONOMY: Record<Autonomy, { word: string; means: string }> = {
  shadow: { word: 'Shadow', means: 'The planner only compares itself with you. Nobody is asked unless you do it.' },
  suggest: { word: 'Suggest', means: 'The planner proposes a driver; nothing happens until you accept.' },
  veto: { word: 'Auto, veto', means: 'The planner proposes and acts by itself when you do not object in time.' },
  auto: { word: 'Full auto', means: 'The planner acts at once.' },
}

const ORDER = Object.keys(AUTONOMY) as Autonomy[]

/** Whether the planner may do more by itself after a change. */
export const isRaised = (from: Autonomy, to: Autonomy) => ORDER.indexOf(to) > ORDER.indexOf(from)

/** The switch's word, with the seconds where they matter. */
export const autonomyWord = (autonomy: Autonomy, vetoWindowS: number | undefined) =>
  autonomy === 'veto' && vetoWindowS !== undefined ? `Auto, veto ${vetoWindowS} s` : AUTONOMY[autonomy].word
