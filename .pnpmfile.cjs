const withoutSource = ({ source, ...conditions }) => conditions;
/** pnpm writes them in the order in which it has found their versions, which is another each time. */
const sorted = (ranges) => Object.fromEntries(Object.entries(ranges).sort(([one], [other]) => (one < other ? -1 : 1)));

/** What is of use in the workspace alone does not get into a tarball. */
function beforePacking(manifest) {
  const { scripts, devDependencies, ...published } = manifest;
  const exports = Object.entries(manifest.exports).map(([name, entry]) => [name, typeof entry === 'string' ? entry : withoutSource(entry)]);
  const dependencies = published.dependencies && { dependencies: sorted(published.dependencies) };
  return { ...published, exports: Object.fromEntries(exports), ...dependencies };
}

module.exports = { hooks: { beforePacking } };
