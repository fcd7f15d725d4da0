import type { LatLon } from '@doorstep/shared/domain'
import timeZoneAt from 'tz-lookup'

/** How a place keeps time and money. */
export interface PlaceCustoms {
  /** IANA name. */
  timeZone: string
  /** ISO 4217; null where it is not known and has to be named. */
  currency: string | null
  /** ISO 3166; XX where the time zone belongs to no country. */
  country: string
  /** BCP 47. */
  locale: string
}

/** Countries by currency (ISO 4217, 2026); where a country is missing the currency has to be named. */
const CURRENCIES: Record<string, string> = {
  EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK GP MQ RE GF YT BL MF PM',
  USD: 'US PR GU VI AS MP EC SV PA TL ZW BQ VG TC FM MH PW',
  GBP: 'GB IM JE GG',
  CHF: 'CH LI',
  AUD: 'AU KI NR TV NF CX CC',
  NZD: 'NZ CK NU TK PN',
  DKK: 'DK FO GL',
  NOK: 'NO SJ',
  XOF: 'BF BJ CI GW ML NE SN TG',
  XAF: 'CF CG CM GA GQ TD',
  XCD: 'AG DM GD KN LC VC AI MS',
  XPF: 'NC PF WF',
  ...{ SEK: 'SE', ISK: 'IS', PLN: 'PL', CZK: 'CZ', HUF: 'HU', RON: 'RO', RSD: 'RS', BAM: 'BA', MKD: 'MK', ALL: 'AL' },
  ...{ MDL: 'MD', UAH: 'UA', BYN: 'BY', RUB: 'RU', TRY: 'TR', GEL: 'GE', AMD: 'AM', AZN: 'AZ', KZT: 'KZ', UZS: 'UZ' },
  ...{ KGS: 'KG', TJS: 'TJ', TMT: 'TM', MNT: 'MN', CNY: 'CN', HKD: 'HK', MOP: 'MO', TWD: 'TW', JPY: 'JP', KRW: 'KR' },
  ...{ KPW: 'KP', SGD: 'SG', MYR: 'MY', THB: 'TH', VND: 'VN', IDR: 'ID', PHP: 'PH', KHR: 'KH', LAK: 'LA', MMK: 'MM' },
  ...{ BND: 'BN', INR: 'IN BT', PKR: 'PK', BDT: 'BD', LKR: 'LK', NPR: 'NP', MVR: 'MV', AFN: 'AF', IRR: 'IR', IQD: 'IQ' },
  ...{ ILS: 'IL PS', JOD: 'JO', LBP: 'LB', SYP: 'SY', SAR: 'SA', AED: 'AE', QAR: 'QA', KWD: 'KW', BHD: 'BH', OMR: 'OM' },
  ...{ YER: 'YE', EGP: 'EG', MAD: 'MA EH', DZD: 'DZ', TND: 'TN', LYD: 'LY', SDG: 'SD', SSP: 'SS', ETB: 'ET', ERN: 'ER' },
  ...{ DJF: 'DJ', SOS: 'SO', KES: 'KE', UGX: 'UG', TZS: 'TZ', RWF: 'RW', BIF: 'BI', CDF: 'CD', AOA: 'AO', ZMW: 'ZM' },
  ...{ MWK: 'MW', MZN: 'MZ', MGA: 'MG', MUR: 'MU', SCR: 'SC', KMF: 'KM', ZAR: 'ZA', NAD: 'NA', BWP: 'BW', SZL: 'SZ' },
  ...{ LSL: 'LS', GHS: 'GH', NGN: 'NG', GMD: 'GM', GNF: 'GN', SLE: 'SL', LRD: 'LR', MRU: 'MR', CVE: 'CV', STN: 'ST' },
  ...{ CAD: 'CA', MXN: 'MX', GTQ: 'GT', HNL: 'HN', NIO: 'NI', CRC: 'CR', BZD: 'BZ', CUP: 'CU', DOP: 'DO', HTG: 'HT' },
  ...{ JMD: 'JM', TTD: 'TT', BBD: 'BB', BSD: 'BS', BMD: 'BM', KYD: 'KY', AWG: 'AW', XCG: 'CW SX', COP: 'CO', VES: 'VE' },
  ...{ PEN: 'PE', BOB: 'BO', BRL: 'BR', PYG: 'PY', UYU: 'UY', ARS: 'AR', CLP: 'CL', GYD: 'GY', SRD: 'SR', FKP: 'FK' },
  ...{ FJD: 'FJ', PGK: 'PG', SBD: 'SB', VUV: 'VU', WST: 'WS', TOP: 'TO' },
}
const CURRENCY_OF_COUNTRY = new Map(
  Object.entries(CURRENCIES).flatMap(([currency, countries]) => countries.split(' ').map((country) => [country, currency])),
)

/** Spoken there first, for writing numbers; Intl guesses it from the country. */
const localeOf = (country: string) => `${new Intl.Locale(`und-${country}`).maximize().language}-${country}`

/** Time zone, currency, country and language of a place; what is given wins. */
export function customsOf(
  place: LatLon,
  given: { timeZone?: string | undefined; country?: string | undefined; currency?: string | undefined },
): PlaceCustoms {
  const timeZone = given.timeZone ?? timeZoneAt(place.lat, place.lon)
  const country = given.country ?? countryOf(timeZone)
  const currency = given.currency ?? (country === null ? undefined : CURRENCY_OF_COUNTRY.get(country)) ?? null
  return { timeZone, country: country ?? 'XX', currency, locale: country === null ? 'en' : localeOf(country) }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')

/** The country whose time zone it is, by the table that Intl carries; null for seas. */
function countryOf(timeZone: string): string | null {
  const name = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const region = new Intl.Locale(`und-${first}${second}`) as Intl.Locale & { getTimeZones(): string[] | undefined }
      if (region.getTimeZones()?.includes(name)) return first + second
    }
  }
  return null
}

/** Whether Intl knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Whether a code is a currency in use. */
export const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code)
