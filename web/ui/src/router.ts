import { createRouter, createWebHistory } from 'vue-router'
import LandingPage from './pages/LandingPage.vue'
import NotFoundPage from './pages/NotFoundPage.vue'
import RoomPage from './pages/RoomPage.vue'
import ScorecardPage from './pages/ScorecardPage.vue'
import SetupPage from './pages/SetupPage.vue'

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'landing', component: LandingPage },
    { path: '/setup/:scenarioId', name: 'setup', component: SetupPage, props: true },
    { path: '/room/:id', name: 'room', component: RoomPage, props: true, meta: { immersive: true } },
    // Not loaded later on purpose: a page rebuilt during a rehearsal would no longer have the part asked for.
    { path: '/rehearsals/:id', name: 'scorecard', component: ScorecardPage, props: true },
    { path: '/:rest(.*)*', name: 'unknown', component: NotFoundPage },
  ],
})
