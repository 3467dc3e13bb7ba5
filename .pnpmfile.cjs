const withoutSource = ({ source, ...conditions }) => conditions;

/** What is of use in the workspace alone does not get into a tarball. */
function beforePacking(manifest) {
  const { scripts, devDependencies, ...published } = manifest;
  const exports = Object.entries(manifest.exports).map(([name, entry]) => [name, typeof entry === 'string' ? entry : withoutSource(entry)]);
  return { ...published, exports: Object.fromEntries(exports) };
}

module.exports = { hooks: { beforePacking } };
