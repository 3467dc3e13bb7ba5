import { library } from '@netstrata/config/tsup';

export default library();
