/** What drills are called. */

import { onMounted, shallowRef } from 'vue'
import { pick } from '../i18n'
import { fetchDrills } from '../wire/http'
import type { Drill } from '../wire/types'

export function useDrillNames() {
  const drills = shallowRef<Drill[]>([])

  onMounted(async () => {
    drills.value = await fetchDrills().catch(() => [])
  })

  function nameOf(id: string): string {
    const drill = drills.value.find((one) => one.id === id)
    return drill ? pick(drill.name) : id
  }

  return { drills, nameOf }
}
