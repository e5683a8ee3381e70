/** One sentence for the person at the page about a request that failed. */

import { pick, t } from '../i18n'
import { ApiError } from '../wire/http'

export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return t('app.failed', { code: String(error) })
  if (error.status === 0) return t('app.unreachable')
  if (error.text) return pick(error.text)
  if (error.status === 503) return t('setup.full', { n: error.retryAfterSec ?? 30 })
  return t('app.failed', { code: error.code })
}
