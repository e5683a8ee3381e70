import { watch } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import LandingPage from './pages/LandingPage.vue'
import NotFoundPage from './pages/NotFoundPage.vue'
import RoomPage from './pages/RoomPage.vue'
import ScorecardPage from './pages/ScorecardPage.vue'
import SetupPage from './pages/SetupPage.vue'
import { answers } from './wire/answering'

/**
 * Pages that are opened later are loaded later: history, comparison, scenarios, editor, review. The way from the start
 * through the room to the scorecard is in the first file, because nothing may be missing when a rehearsal ends.
 */
export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'landing', component: LandingPage },
    { path: '/setup/:scenarioId', name: 'setup', component: SetupPage, props: true },
    { path: '/room/:id', name: 'room', component: RoomPage, props: true, meta: { immersive: true } },
    { path: '/rehearsals/:id', name: 'scorecard', component: ScorecardPage, props: true },
    { path: '/history', name: 'history', component: () => import('./pages/HistoryPage.vue') },
    { path: '/compare/:id/:other', name: 'compare', component: () => import('./pages/ComparePage.vue'), props: true },
    { path: '/privacy', name: 'privacy', component: () => import('./pages/PrivacyPage.vue') },
    { path: '/review', name: 'review', component: () => import('./pages/ReviewPage.vue') },
    { path: '/review/:id', name: 'review-one', component: () => import('./pages/ReviewRehearsalPage.vue'), props: true },
    { path: '/scenarios', name: 'scenarios', component: () => import('./pages/ScenariosPage.vue') },
    { path: '/scenarios/new', name: 'new-scenario', component: () => import('./pages/EditorPage.vue') },
    { path: '/scenarios/:id/edit', name: 'editor', component: () => import('./pages/EditorPage.vue'), props: true },
    { path: '/:rest(.*)*', name: 'unknown', component: NotFoundPage },
  ],
})

/** Where somebody wanted to go while the server did not answer; null where nobody waits. */
let wanted: string | null = null

function openAfresh(path: string): void {
  if (sessionStorage.getItem('coach.reloaded') === path) return
  sessionStorage.setItem('coach.reloaded', path)
  location.assign(path)
}

// Where the server is there, the page was built anew meanwhile: the part asked for has another name now, and only a
// fresh page knows it. Where it is not, a fresh page would be the browser's own error: this one says so and goes on.
router.onError(async (_error, to) => {
  if (await answers.confirm()) openAfresh(to.fullPath)
  else wanted = to.fullPath
})
watch(answers.state, (state) => {
  if (state !== 'silent' && wanted !== null) openAfresh(wanted)
})
router.beforeEach(() => {
  wanted = null
})
router.afterEach(() => sessionStorage.removeItem('coach.reloaded'))
