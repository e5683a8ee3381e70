/** Every text of the page in English, a file an area. The Chinese ones must have the same keys. */

import { app } from './en/app'
import { start } from './en/start'
import { room } from './en/room'
import { score } from './en/score'
import { history } from './en/history'
import { editor } from './en/editor'
import { editorForm } from './en/editor-form'
import { review } from './en/review'
import { listen } from './en/listen'
import { privacy } from './en/privacy'

export const en = {
  ...app,
  ...start,
  ...room,
  ...score,
  ...history,
  ...editor,
  ...editorForm,
  ...review,
  ...listen,
  ...privacy,
}
