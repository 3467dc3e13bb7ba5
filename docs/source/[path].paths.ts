import { shown, sources } from '../.vitepress/sources.js';

export default { paths: () => sources().map((path) => ({ params: { path }, content: shown(path) })) };
