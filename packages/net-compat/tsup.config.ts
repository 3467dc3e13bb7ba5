import { library, plainExports, wrapForNode } from '@netstrata/config/tsup';

// Node loads one copy whichever way it is asked: `import` gets a wrapper over the CommonJS build.
export default library(
  { index: 'src/index.ts', core: 'src/core.ts', register: 'src/register.ts' },
  {
    onSuccess: async () => {
      plainExports('index', 'core');
      wrapForNode('index', 'core', 'register');
    },
  },
);
