/** The text view: CodeMirror with the schema's completion and the linter's findings. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from '@codemirror/autocomplete'
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { Compartment, EditorState, type Extension, type Text as CodeText } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, hoverTooltip, keymap, lineNumbers, type Tooltip } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { Text } from '../wire/types'
import type { CheckFinding } from '../wire/editor'
import { meaning, offersAt, specAt, type Offer, type Schema } from './schema'
import { cursorAt } from './yaml-path'

export interface Words {
  language: 'zh' | 'en'
  pick: (text: Text) => string
  fix: (suggestion: string) => string
  name: string
}

const LOOK = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: 'var(--text-m)', height: '100%' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: "ui-monospace, 'SF Mono', 'JetBrains Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace", lineHeight: '1.65' },
  '.cm-content': { caretColor: 'var(--ink)', paddingBlock: 'var(--s3)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-soft)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--sunken) 60%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-wash)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--good-wash) !important', outline: '1px solid var(--good-text)' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--line-strong)', borderRadius: 'var(--radius-s)', boxShadow: 'var(--shadow)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--sans)', maxHeight: '16rem' },
  '.cm-tooltip-autocomplete ul li': { padding: '4px 10px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal', marginLeft: '1em' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionInfo': { padding: 'var(--s2) var(--s3)', maxWidth: '20rem' },
  '.cm-hint': { padding: 'var(--s2) var(--s3)', maxWidth: '24rem' },
  '.cm-diagnostic': { padding: 'var(--s2) var(--s3)', borderLeftWidth: '4px' },
  '.cm-diagnosticAction': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)', borderRadius: '999px', padding: '2px 10px', font: 'inherit', fontSize: 'var(--text-s)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--sunken)', border: '0', color: 'var(--ink-soft)' },
})

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent-text)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good-text)' },
  { tag: [tags.comment, tags.lineComment, tags.meta], color: 'var(--ink-soft)' },
  { tag: [tags.bracket, tags.squareBracket, tags.brace, tags.separator, tags.punctuation], color: 'var(--ink-soft)' },
])

function completion(offer: Offer, indent: string, inFlow: boolean, language: Words['language']): Completion {
  const about = meaning(offer.spec, language)
  const opened = inFlow || !offer.opens ? ' ' : `\n${indent}  ${offer.opens === 'list' ? '- ' : ''}`
  return {
    label: offer.label,
    type: offer.kind === 'key' ? 'property' : offer.kind === 'id' ? 'variable' : 'enum',
    boost: offer.isNeeded ? 50 : 0,
    ...(offer.detail ? { detail: offer.detail } : {}),
    ...(about ? { info: about } : {}),
    ...(offer.kind === 'key'
      ? {
          apply: (view: EditorView, _completion: Completion, from: number, to: number) => {
            const insert = `${offer.label}:${opened}`
            view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.complete' })
            startCompletion(view)
          },
        }
      : {}),
  }
}

function completionFrom(schema: Schema, words: () => Words) {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString()
    const cursor = cursorAt(text, context.pos)
    const offers = offersAt(schema, text, cursor)
    const isBlank = context.pos === cursor.from
    const wantsNothingYet = isBlank && cursor.typing === 'key' && !cursor.inFlow
    if (offers.length === 0 || (wantsNothingYet && !context.explicit)) return null
    const line = context.state.doc.lineAt(cursor.from)
    const indent = ' '.repeat(cursor.from - line.from)
    const options = offers.map((offer) => completion(offer, indent, cursor.inFlow, words().language))
    return { from: cursor.from, options, validFor: /^[\w-]*$/ }
  }
}

/** What a key means, shown when the pointer rests on it. */
function hints(schema: Schema, words: () => Words): Extension {
  return hoverTooltip((view, pos): Tooltip | null => {
    const line = view.state.doc.lineAt(pos)
    const found = [...line.text.matchAll(/[\w\u4e00-\u9fff-]+(?=\s*:)/g)].find(
      (key) => line.from + key.index <= pos && pos <= line.from + key.index + key[0].length,
    )
    if (!found) return null
    const from = line.from + found.index
    const cursor = cursorAt(view.state.doc.toString(), from)
    const about = meaning(specAt(schema, [...cursor.path, found[0]]), words().language)
    if (!about) return null
    const create = (): { dom: HTMLElement } => {
      const dom = document.createElement('div')
      dom.className = 'cm-hint'
      dom.textContent = about
      return { dom }
    }
    return { pos: from, end: from + found[0].length, above: true, create }
  })
}

/** Findings as marks in a text; what puts one right works as long as the text is the one that was checked. */
export function diagnostics(findings: readonly CheckFinding[], checked: CodeText, words: Words): Diagnostic[] {
  const within = (at: number): number => Math.min(Math.max(0, at), checked.length)
  return findings.map((one) => {
    const edit = one.edit
    const apply = (view: EditorView): void => {
      if (edit && view.state.doc.eq(checked)) view.dispatch({ changes: { from: edit.start, to: edit.end, insert: edit.new }, userEvent: 'input.fix' })
    }
    return {
      from: within(one.start),
      to: within(one.end),
      severity: one.severity,
      message: `${words.pick(one.message)}${words.language === 'zh' ? '。' : '; '}${words.pick(one.suggestion)}`,
      ...(edit ? { actions: [{ name: words.fix(''), apply }] } : {}),
    }
  })
}

export interface TextView {
  view: EditorView
  setSchema: (schema: Schema) => void
  setReadOnly: (isReadOnly: boolean) => void
  show: (findings: readonly CheckFinding[]) => void
  destroy: () => void
}

/** Open the text view in an element; `changed` gets the whole text. */
export function openTextView(parent: HTMLElement, text: string, words: () => Words, changed: (text: string) => void): TextView {
  const [schemaPart, readOnlyPart] = [new Compartment(), new Compartment()]
  const readOnly = (on: boolean): Extension => [EditorState.readOnly.of(on), EditorView.editable.of(!on)]
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), highlightActiveLine(),
      indentOnInput(), indentUnit.of('  '), bracketMatching(), closeBrackets(), yaml(),
      syntaxHighlighting(COLOURS), LOOK, schemaPart.of([]), readOnlyPart.of(readOnly(false)),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': words().name, 'data-testid': 'yaml', spellcheck: 'false', tabindex: '0' }),
      EditorState.phrases.of({}),
      keymap.of([
        { key: 'F8', run: nextDiagnostic },
        { key: 'Shift-F8', run: previousDiagnostic },
        ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, indentWithTab,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.doc.toString())
      }),
    ],
  })
  const view = new EditorView({ state, parent })
  return {
    view,
    setSchema: (schema) =>
      view.dispatch({
        effects: schemaPart.reconfigure([autocompletion({ override: [completionFrom(schema, words)], icons: false }), hints(schema, words)]),
      }),
    setReadOnly: (on) => view.dispatch({ effects: readOnlyPart.reconfigure(readOnly(on)) }),
    show: (findings) => view.dispatch(setDiagnostics(view.state, diagnostics(findings, view.state.doc, words()))),
    destroy: () => view.destroy(),
  }
}
