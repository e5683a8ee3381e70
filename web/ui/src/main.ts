import { createApp } from 'vue'
import App from './App.vue'
import { startLanguage } from './i18n'
import { router } from './router'
import { startTheme } from './theme'
import './styles/tokens.css'
import './styles/base.css'

startLanguage()
startTheme()
createApp(App).use(router).mount('#app')
