import { t, type Key } from '../i18n'

/** A key that has a sister `.one` for a single thing. */
type Countable = { [K in Key]: `${K}.one` extends Key ? K : never }[Key]

/** "1 rehearsal", "3 rehearsals": the text for a number of things. */
export function counted(key: Countable, n: number, values: { readonly [name: string]: string | number } = {}): string {
  return t(n === 1 ? (`${key}.one` as Key) : key, { n, ...values })
}
