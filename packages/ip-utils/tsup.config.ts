import { library } from '@netstrata/config/tsup';

export default library({
  index: 'src/index.ts',
  address: 'src/address.ts',
  'block-list': 'src/block-list.ts',
  classify: 'src/classify.ts',
  cidr: 'src/cidr.ts',
  'socket-address': 'src/socket-address.ts',
});
