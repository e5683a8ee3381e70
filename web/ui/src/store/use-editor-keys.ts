/** Keys of the editor, wherever the focus is: Ctrl/Cmd+S saves, F8 and Shift+F8 go through the problems. */

import { onBeforeUnmount, onMounted } from 'vue'

/** Inside the text CodeMirror goes to the next problem by itself. */
const isInText = (event: KeyboardEvent): boolean => event.target instanceof Element && event.target.closest('.cm-editor') !== null
const isSave = (event: KeyboardEvent): boolean => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's'

export function useEditorKeys(save: () => void, nextProblem: (by: -1 | 1) => void): void {
  function onKey(event: KeyboardEvent): void {
    if (isSave(event)) {
      event.preventDefault()
      save()
    } else if (event.key === 'F8' && !isInText(event)) {
      event.preventDefault()
      nextProblem(event.shiftKey ? -1 : 1)
    }
  }
  onMounted(() => addEventListener('keydown', onKey))
  onBeforeUnmount(() => removeEventListener('keydown', onKey))
}
