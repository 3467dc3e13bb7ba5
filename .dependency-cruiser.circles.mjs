import config from './.dependency-cruiser.mjs';

/** Circles of what is there when the code runs: dependency-cruiser looks at one circle of each import, so it must not see those of types here. */
export default {
  forbidden: [{ name: 'circles', severity: 'error', from: { path: '^packages/' }, to: { circular: true } }],
  options: { ...config.options, tsPreCompilationDeps: false },
};
