declare module 'tz-lookup' {
  /** The IANA time zone of a place. */
  export default function timeZoneAt(lat: number, lon: number): string
}
