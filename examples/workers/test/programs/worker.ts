import { cloudflareSocket } from '../../src/cloudflare.js';
import { answer } from './checks.js';

export default { fetch: (request: Request): Promise<Response> => answer(request, cloudflareSocket) };
