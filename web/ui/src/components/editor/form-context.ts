/** What a form gives to its fields. */

import type { InjectionKey, Ref } from 'vue'
import type { Spec } from '../../authoring/schema'
import type { Node, Path } from '../../authoring/yaml-tree'
import type { CheckFinding } from '../../wire/editor'

export interface FormContext {
  root: Readonly<Ref<Node | null>>
  findings: Readonly<Ref<readonly CheckFinding[]>>
  readOnly: Readonly<Ref<boolean>>
  spec: (path: Path) => Spec | null
  isNeeded: (path: Path) => boolean
  /** What a value may refer to, where it refers to something in the file. */
  references: (path: Path) => { value: string; label: string }[] | null
  set: (path: Path, value: string | number | boolean) => void
  setTexts: (path: Path, words: readonly string[]) => void
  remove: (path: Path) => void
  rename: (path: Path, name: string) => void
  addItem: (path: Path, value: { [key: string]: string | number | boolean }) => void
  removeItem: (path: Path, at: number) => void
  moveItem: (path: Path, at: number, by: -1 | 1) => void
  fix: (finding: CheckFinding) => void
}

export const FORM: InjectionKey<FormContext> = Symbol('form')
