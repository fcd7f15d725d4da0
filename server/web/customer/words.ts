import { chooseLanguage } from '../kit/index.ts'
import { en } from './words-en.ts'

const catalogues = { en }
/** The reader's language among those there is a catalogue for. */
export const language = chooseLanguage(['en'], navigator.languages)
/** Every text of the customer's view, in the reader's language. */
export const words = catalogues[language]
