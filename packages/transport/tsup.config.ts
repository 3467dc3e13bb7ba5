import { library } from '@netstrata/config/tsup';

export default library({
  index: 'src/index.ts',
  adapters: 'src/adapters/index.ts',
  compliance: 'src/compliance/index.ts',
});
