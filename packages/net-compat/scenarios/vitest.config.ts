import { defineConfig } from 'vitest/config';
import { scenarios } from './projects.mjs';

export default defineConfig({ test: { projects: scenarios } });
