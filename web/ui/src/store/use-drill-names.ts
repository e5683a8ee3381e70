/** What drills are called. */

import { onMounted, shallowRef } from 'vue'
import { pick } from '../i18n'
import { fetchDrills } from '../wire/http'
import type { Drill } from '../wire/types'

/** Asked once for all who name drills on a page; again after a failure. */
let known: Promise<Drill[]> | null = null

function knownDrills(): Promise<Drill[]> {
  known ??= fetchDrills().catch(() => {
    known = null
    return []
  })
  return known
}

export function useDrillNames() {
  const drills = shallowRef<Drill[]>([])

  onMounted(async () => {
    drills.value = await knownDrills()
  })

  function nameOf(id: string): string {
    const drill = drills.value.find((one) => one.id === id)
    return drill ? pick(drill.name) : id
  }

  return { drills, nameOf }
}
