/** Why a file could not be read as an OpenStreetMap extract. */
export type ExtractErrorKind = 'unreadable' | 'not_osm_pbf' | 'damaged' | 'unsupported'

/** Thrown for a file that is no extract, or a broken one; the message is one clear sentence for whoever named the file. */
export class ExtractError extends Error {
  readonly kind: ExtractErrorKind
  readonly file: string

  constructor(kind: ExtractErrorKind, file: string, why: string, options?: ErrorOptions) {
    super(`${file} cannot be read as an OpenStreetMap extract: ${why}.`, options)
    this.name = 'ExtractError'
    this.kind = kind
    this.file = file
  }
}
