import { library } from '@netstrata/config/tsup';

export default library({
  index: 'src/index.ts',
  address: 'src/address/index.ts',
  'block-list': 'src/block-list/index.ts',
  classify: 'src/classify/index.ts',
  cidr: 'src/cidr/index.ts',
  'socket-address': 'src/socket-address/index.ts',
});
