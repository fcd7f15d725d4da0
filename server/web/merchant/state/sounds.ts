/** The tablet's voice; browsers allow it only after somebody has touched the page. */
export interface Sounds {
  /** To be called from a touch. Answers whether sound is allowed now. */
  unlock(): Promise<boolean>
  isOn(): boolean
  play(sound: SoundName): void
}
export type SoundName = 'new' | 'cancelled' | 'changed'

type Note = readonly [hertz: number, atS: number, lengthS: number]

/** Three that cannot be mistaken for each other: rising and bright, falling and low, one plain knock. */
const NOTES: Record<SoundName, readonly Note[]> = {
  new: [
    [784, 0, 0.16],
    [988, 0.18, 0.16],
    [1319, 0.36, 0.32],
  ],
  cancelled: [
    [440, 0, 0.25],
    [330, 0.28, 0.25],
    [247, 0.56, 0.4],
  ],
  changed: [
    [587, 0, 0.12],
    [587, 0.2, 0.12],
  ],
}

/** Makes the tablet's sounds. */
export function createSounds(): Sounds {
  let audio: AudioContext | undefined
  return {
    async unlock() {
      audio ??= new AudioContext()
      await audio.resume()
      return audio.state === 'running'
    },
    isOn: () => audio?.state === 'running',
    play(sound) {
      if (audio?.state !== 'running') return
      for (const note of NOTES[sound]) beep(audio, note)
    },
  }
}

function beep(audio: AudioContext, [hertz, atS, lengthS]: Note): void {
  const startS = audio.currentTime + atS
  const tone = audio.createOscillator()
  const gain = audio.createGain()
  tone.type = 'triangle'
  tone.frequency.value = hertz
  gain.gain.setValueAtTime(0.0001, startS)
  gain.gain.exponentialRampToValueAtTime(0.6, startS + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.0001, startS + lengthS)
  tone.connect(gain).connect(audio.destination)
  tone.start(startS)
  tone.stop(startS + lengthS + 0.02)
}
