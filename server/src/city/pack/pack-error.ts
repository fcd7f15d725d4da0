/** Why no pack was made or opened. */
export type CityPackErrorKind = 'bad_option' | 'lacks_streets' | 'lacks_places' | 'tiles_failed' | 'not_found' | 'unreadable'

/** Thrown where a pack cannot be made or opened; the message is for whoever named the file or the city. */
export class CityPackError extends Error {
  readonly kind: CityPackErrorKind

  constructor(kind: CityPackErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CityPackError'
    this.kind = kind
  }
}
