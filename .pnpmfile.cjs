/** What is of use in the workspace alone does not get into a tarball. */
function beforePacking(manifest) {
  const { scripts, devDependencies, ...published } = manifest;
  const exports = Object.entries(manifest.exports).map(([entry, { source, ...conditions }]) => [entry, typeof manifest.exports[entry] === 'string' ? manifest.exports[entry] : conditions]);
  return { ...published, exports: Object.fromEntries(exports) };
}

module.exports = { hooks: { beforePacking } };
