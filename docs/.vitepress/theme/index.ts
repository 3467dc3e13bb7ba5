// Without the fonts that VitePress brings: 300 kB, where every system has fonts of its own.
import theme from 'vitepress/theme-without-fonts';
import type { Theme } from 'vitepress';
import { Layout } from './layout.js';
import { showTypes } from './types.js';
import './colours.css';
import './pages.css';
import './landing.css';
import './types.css';

export default {
  extends: theme,
  Layout,
  enhanceApp: () => { if (typeof document !== 'undefined') showTypes(); },
} satisfies Theme;
