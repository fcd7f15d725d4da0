import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const postgresSetup = 'tests/setup/postgres.ts'
const beside = ['shared', 'server', 'desktop', 'bench', 'scripts'].map((folder) => `${folder}/**/*.test.{ts,tsx}`)
const exclude = ['**/node_modules/**', '**/dist/**', '**/.doorstep/**']
const minute = 60_000

/** Two cores: two files at a time beside the code; what starts whole servers and browsers comes after, one file at a time. */
export default defineConfig({
  test: {
    globalSetup: existsSync(postgresSetup) ? [postgresSetup] : [],
    reporters: ['default', './tests/setup/summary-reporter.ts'],
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: beside,
          exclude,
          maxWorkers: 2,
          testTimeout: minute / 2,
          hookTimeout: minute,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...exclude, 'tests/e2e/**', 'tests/chaos/**'],
          maxWorkers: 2,
          testTimeout: minute,
          hookTimeout: minute,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.{ts,tsx}'],
          exclude,
          fileParallelism: false,
          testTimeout: 3 * minute,
          hookTimeout: 2 * minute,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['tests/chaos/**/*.test.{ts,tsx}'],
          exclude,
          fileParallelism: false,
          testTimeout: 5 * minute,
          hookTimeout: 2 * minute,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
