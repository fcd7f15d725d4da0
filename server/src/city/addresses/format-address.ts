/** Countries that write the number before the street (Universal Postal Union, addressing systems). */
const NUMBER_FIRST = new Set('US CA GB IE AU NZ FR MC LU IN ZA SG HK MY TH PH IL NG KE GH EG MA TN DZ LK PK BD'.split(' '))

/** Street and number in the order people of the country write them. */
export function formatAddress(street: string, number: string | undefined, country: string): string {
  if (number === undefined || number === '') return street
  if (street === '') return number
  return NUMBER_FIRST.has(country) ? `${number} ${street}` : `${street} ${number}`
}
