/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,test,data,scripts}/**/*.spec.ts'],
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  // Packages that ship ES modules only; Jest loads CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(jose|d3-[a-z-]+|internmap|delaunator|robust-predicates)/)'],
  setupFiles: ['reflect-metadata'],
  setupFilesAfterEnv: ['<rootDir>/test/published.ts'],
  globalSetup: '<rootDir>/test/cluster/start.ts',
  globalTeardown: '<rootDir>/test/cluster/stop.ts',
  maxWorkers: 2,
  testSequencer: '<rootDir>/jest-sequencer.config.js',
  // Nothing here is a matter of time: a busy machine is no failure.
  testTimeout: 120_000,
};
