export { default } from '@netstrata/config/eslint';
