/** Rings and shakes for a new offer; browsers allow sound only after the person touched the page. */
export interface Attention {
  /** To be called from a touch, so that sound is allowed later. */
  unlock(): void
  /** Rings again and again until the answer is called. */
  ring(): () => void
}

const RING_EVERY_MS = 2_400
/** Two rising pairs: heard through traffic, not mistaken for a message. */
const NOTES = [
  { hertz: 880, atS: 0 },
  { hertz: 1175, atS: 0.14 },
  { hertz: 880, atS: 0.4 },
  { hertz: 1175, atS: 0.54 },
]

/** Makes the phone's attention. */
export function createAttention(): Attention {
  let audio: AudioContext | undefined
  const play = () => {
    navigator.vibrate?.([300, 120, 300])
    if (audio?.state !== 'running') return
    for (const { hertz, atS } of NOTES) beep(audio, hertz, audio.currentTime + atS)
  }
  return {
    unlock() {
      audio ??= new AudioContext()
      void audio.resume()
    },
    ring() {
      play()
      const timer = setInterval(play, RING_EVERY_MS)
      return () => {
        clearInterval(timer)
        navigator.vibrate?.(0)
      }
    },
  }
}

function beep(audio: AudioContext, hertz: number, atS: number): void {
  const tone = audio.createOscillator()
  const gain = audio.createGain()
  tone.type = 'triangle'
  tone.frequency.value = hertz
  gain.gain.setValueAtTime(0.0001, atS)
  gain.gain.exponentialRampToValueAtTime(0.5, atS + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.0001, atS + 0.13)
  tone.connect(gain).connect(audio.destination)
  tone.start(atS)
  tone.stop(atS + 0.14)
}
