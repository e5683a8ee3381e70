import { createApp } from 'vue'
import App from './App.vue'
import { startLanguage } from './i18n'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'

startLanguage()
createApp(App).use(router).mount('#app')
