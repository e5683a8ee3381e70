/** Copies of scenarios. Apart from the rest, because it brings the YAML parser along. */

import { applied, setValue } from './yaml-edit'
import { readTree, textAt } from './yaml-tree'

/** The same scenario under another id and title; all else stays as it was. */
export function copied(text: string, id: string, title: (old: string) => string): string {
  const renamed = applied(text, setValue(text, ['id'], id))
  const old = textAt(readTree(renamed), ['title'])
  return old === null ? renamed : applied(renamed, setValue(renamed, ['title'], title(old)))
}
