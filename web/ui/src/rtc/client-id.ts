/** One id per tab. It outlives a reload, so that the reloaded page replaces its own older connection. */

import { randomId } from './random-id'

const KEY = 'coach.client'
const LETTING_GO_MS = 200

/** Hold a lock named after the id for the life of this page; false when another live tab already holds it. */
async function claim(id: string): Promise<boolean> {
  // Web Locks exist on secure origins only; without them a duplicated tab is told apart by the server alone.
  if (!('locks' in navigator)) return true
  return new Promise((resolve) => {
    const holdForever = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise(() => undefined)
    }
    navigator.locks.request(`${KEY}.${id}`, { ifAvailable: true }, holdForever).catch(() => resolve(true))
  })
}

/** Claim, allowing the page that is being reloaded a moment to let go. */
async function claimSoon(id: string): Promise<boolean> {
  if (await claim(id)) return true
  await new Promise((resolve) => setTimeout(resolve, LETTING_GO_MS))
  return claim(id)
}

async function choose(): Promise<string> {
  const stored = sessionStorage.getItem(KEY)
  // A duplicated tab is born with a copy of the session storage, and must not fight its original for the room.
  const id = stored !== null && (await claimSoon(stored)) ? stored : randomId()
  if (id !== stored) await claim(id)
  sessionStorage.setItem(KEY, id)
  return id
}

let chosen: Promise<string> | null = null

export function clientId(): Promise<string> {
  chosen ??= choose()
  return chosen
}
