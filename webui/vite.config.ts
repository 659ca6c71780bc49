import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Where a server (or `dev/mock`) answers while the client is served by Vite. */
const server = process.env['TRAILER_SERVER'] ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // Nothing is inlined as data: URLs, so the content security policy may stay at 'self'.
    assetsInlineLimit: 0,
    // One file on purpose, see app/router.tsx; a quarter of this when compressed.
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/api': { target: server } } },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost:8080' } },
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // Machines that do much else at the same time are slow; waiting ends as soon as the state is there.
    testTimeout: 30_000,
  },
})
