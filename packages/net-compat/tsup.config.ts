import { library, wrapForNode } from '@netstrata/config/tsup';

// Node loads one copy whichever way it is asked: `import` gets a wrapper over the CommonJS build.
export default library({ index: 'src/index.ts', core: 'src/core.ts' }, { onSuccess: () => wrapForNode('index', 'core') });
