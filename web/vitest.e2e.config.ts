// Stories in a real browser against running nodes (DIWAN_E2E names them).
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["e2e/**/*.story.ts"],
    environment: "node",
    // Stories share the nodes, and two browsers at once are too much for a small machine.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    reporters: ["default", "./e2e/closing-line.ts"],
  },
});
