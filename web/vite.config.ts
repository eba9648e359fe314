import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` serves the page itself and passes everything else on to a gateway that is already running.
const gateway = 'http://localhost:8065';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The gateway's content security policy allows no inline script, style or data: script, so nothing is inlined.
    assetsInlineLimit: 0,
    // The names of all emoji are one chunk of 570 kB (90 compressed), loaded by those who open the picker.
    chunkSizeWarningLimit: 650,
  },
  server: {
    // The help page is a page of the documentation.
    fs: { allow: ['..'] },
    proxy: {
      '/api': gateway,
      '/hubs': { target: gateway, ws: true },
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
  },
});
