import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Where `run_coach.py` listens while the page is developed with `npm run dev`. */
const SERVER = 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: false,
  },
  build: {
    target: 'es2022',
    // Inlined assets become data: URIs, which the content security policy of the room forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    proxy: { '/api': SERVER },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
  },
})
