/** What was typed in a room that was gone before it arrived: the scorecard says so, as it is not in it. */

import { shallowRef } from 'vue'

export const unsent = shallowRef<{ rehearsalId: string; lines: string[] } | null>(null)
