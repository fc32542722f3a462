// How the screens are built into web/dist, which the program embeds.
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// The program's build watches this one file instead of every asset.
function stamp(): Plugin {
  return {
    name: "diwan-stamp",
    apply: "build",
    closeBundle() {
      const dist = resolve(import.meta.dirname, "dist");
      mkdirSync(dist, { recursive: true });
      writeFileSync(resolve(dist, ".stamp"), `${new Date().toISOString()}\n`);
    },
  };
}

// A running node to work against; the exercise prints the addresses of five.
const node = process.env.DIWAN_NODE ?? "http://127.0.0.1:8401";

export default defineConfig({
  plugins: [react(), stamp()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    // Inline assets would need data: for fonts and scripts, which the page's policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: {
    fs: { allow: [resolve(import.meta.dirname, "..")] },
    // The node refuses what comes from another site, so the origin is told as its own.
    proxy: { "/api": { target: node, changeOrigin: true, headers: { origin: node } } },
  },
});
