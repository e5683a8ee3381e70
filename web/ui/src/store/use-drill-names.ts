/** What drills are called, and where one on a rehearsal's product starts. */

import { onMounted, shallowRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { pick } from '../i18n'
import { fetchDrills } from '../wire/http'
import type { Drill } from '../wire/types'

export function useDrillNames(scenarioId = '', rehearsalId = '') {
  const drills = shallowRef<Drill[]>([])

  onMounted(async () => {
    drills.value = await fetchDrills().catch(() => [])
  })

  function nameOf(id: string): string {
    const drill = drills.value.find((one) => one.id === id)
    return drill ? pick(drill.name) : id
  }

  function routeOf(id: string): RouteLocationRaw {
    return { name: 'setup', params: { scenarioId }, query: { drill: id, of: rehearsalId } }
  }

  return { drills, nameOf, routeOf }
}
