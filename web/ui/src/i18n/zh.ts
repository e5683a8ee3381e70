/** Every text of the page in Chinese; the keys are those of the English ones. */

import type { Messages } from './index'
import { app } from './zh/app'
import { start } from './zh/start'
import { room } from './zh/room'
import { score } from './zh/score'
import { history } from './zh/history'
import { editor } from './zh/editor'
import { editorForm } from './zh/editor-form'
import { review } from './zh/review'
import { listen } from './zh/listen'
import { privacy } from './zh/privacy'

export const zh: Messages = {
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
